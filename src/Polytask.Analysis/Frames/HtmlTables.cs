using System.Globalization;
using System.Net;
using Deedle.Internal;

namespace Polytask.Analysis;

/// <summary>Frames and series as HTML tables, long and wide ones elided in the middle. Everything that comes from the data is escaped.</summary>
public static class HtmlTables
{
    private const int MaximalRows = 30;
    private const int MaximalColumns = 30;
    private const string FlushRight = " style=\"text-align:right\"";

    /// <summary>A frame with its size and the number of its missing values below.</summary>
    public static string Of(IFrameFormattable frame)
    {
        var (levels, headings) = (frame.GetRowLevels(), frame.GetColLevels());
        var grid = frame.InteractiveFormat(MaximalRows, MaximalColumns, false);
        var numeric = Enumerable.Range(0, grid[0].Length - levels - 1).Select(column => IsNumeric(grid[headings..], levels + 1 + column)).ToArray();
        var head = grid[..headings].Select(cells => Row(cells, levels, "th", numeric));
        var body = grid[headings..].Select(cells => Row(cells, levels, "td", numeric));
        var (rows, columns) = frame.GetDimensions();
        var missing = frame.GetMissingValueCount() switch { 0 => "", 1 => ", 1 missing value", var n => $", {n} missing values" };
        return $"<table class=\"dataframe\">\n<thead>\n{Lines(head)}\n</thead>\n<tbody>\n{Lines(body)}\n</tbody>\n</table>\n"
            + $"<p>{rows} rows x {columns} columns{missing}</p>";
    }

    /// <summary>A series with the number of its items and of its missing values below.</summary>
    public static string Of(ISeriesFormattable series)
    {
        var (count, levels) = (series.GetKeyCount(), series.GetKeyLevels());
        var grid = count == 0 ? [] : series.InteractiveFormat(MaximalRows);
        bool[] numeric = [grid.Length > 0 && IsNumeric(grid, levels + 1)];
        var body = grid.Select(cells => Row(cells, levels, "td", numeric));
        return $"<table class=\"series\">\n<tbody>\n{Lines(body)}\n</tbody>\n</table>\n"
            + $"<p>series of {count} items, {count - series.GetValueCount()} missing</p>";
    }

    /// <summary>Keys as headings, then values; the arrow between them is for text output only.</summary>
    private static string Row(string[] cells, int levels, string tag, bool[] numeric)
    {
        var keys = cells[..levels].Select(key => $"<th>{WebUtility.HtmlEncode(key)}</th>");
        var values = cells[(levels + 1)..].Select((value, i) => $"<{tag}{(numeric[i] ? FlushRight : "")}>{WebUtility.HtmlEncode(value)}</{tag}>");
        return $"<tr>{string.Concat(keys.Concat(values))}</tr>";
    }

    private static bool IsNumeric(string[][] rows, int column) => rows.Length > 0 && rows.All(cells =>
        cells[column] is "<missing>" or "..." || double.TryParse(cells[column], NumberStyles.Float, CultureInfo.InvariantCulture, out _));

    private static string Lines(IEnumerable<string> rows) => string.Join("\n", rows);
}
