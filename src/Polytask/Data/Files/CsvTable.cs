using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Polytask;

/// <summary>A CSV file as text, column by column: a header row, then rows of as many cells. Gzipped files are unpacked on the way.</summary>
public sealed class CsvTable
{
    private readonly Dictionary<string, string[]> cells;
    private readonly int[] lines;

    private CsvTable(string path, string[] columns, List<string[]> rows, List<int> lines)
    {
        (Path, Columns, Rows, this.lines) = (path, columns, rows.Count, [.. lines]);
        cells = columns.Index().ToDictionary(column => column.Item, column => rows.Select(row => row[column.Index]).ToArray());
    }

    private CsvTable(CsvTable table, string column, string[] values)
    {
        (Path, Columns, Rows, lines) = (table.Path, [.. table.Columns, column], table.Rows, table.lines);
        cells = new(table.cells) { [column] = values };
    }

    /// <summary>A table that was read in another way.</summary>
    internal static CsvTable Of(string path, string[] columns, List<string[]> rows) => new(path, columns, rows, [.. Enumerable.Range(1, rows.Count)]);

    /// <summary>Where the table was read from.</summary>
    public string Path { get; }

    /// <summary>The names of the columns, in the file's order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The number of rows below the header.</summary>
    public int Rows { get; }

    /// <summary>The cells of a column, from the first row to the last.</summary>
    /// <exception cref="DataException">There is no such column; the message gives the nearest name.</exception>
    public IReadOnlyList<string> this[string column] => cells.TryGetValue(column, out var values)
        ? values
        : throw new DataException($"'{Path}' has no column '{column}'; it has {Names.Listed(Columns)}{Names.DidYouMean(column, Columns)}");

    /// <summary>The line of the file on which a row ends, counted from 1: for messages.</summary>
    public int LineOf(int row) => lines[row];

    /// <summary>The same table with one more column, a cell for each row, such as one derived from others.</summary>
    /// <exception cref="DataException">There is such a column already, or more or fewer cells than rows.</exception>
    public CsvTable With(string column, IEnumerable<string> values)
    {
        string[] all = [.. values];
        if (cells.ContainsKey(column)) throw new DataException($"'{Path}' has a column '{column}' already; choose another name");
        if (all.Length != Rows) throw new DataException($"'{Path}': {all.Length} cells for the new column '{column}', but {Rows} rows");
        return new(this, column, all);
    }

    /// <summary>Reads a comma-separated file (RFC 4180: quotes around cells that hold commas, quotes or line breaks).</summary>
    /// <exception cref="DataException">The file is missing, damaged or empty, a column has no name or another's, or a row has too few or too many
    /// cells.</exception>
    public static CsvTable Read(string path) => DataFile.Reading(path, stream =>
    {
        using var reader = new StreamReader(stream);
        using var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BadDataFound = found => throw new DataException(
                $"'{path}', line {found.Context.Parser!.RawRow}: a quote stands where none may be; "
                + "put quotes around the whole cell and double those within it"),
        });
        if (!parser.Read()) throw new DataException($"'{path}' is empty; a table needs a first line with the names of its columns");
        var columns = parser.Record!;
        RefuseUnclearNames(path, columns);
        var rows = new List<string[]>();
        var lines = new List<int>();
        while (parser.Read())
        {
            var row = parser.Record!;
            if (row.Length != columns.Length)
                throw new DataException(
                    $"'{path}', line {parser.RawRow}: {row.Length} cells, but the header names {columns.Length} columns; "
                    + "complete the line or remove it (a cell that holds a comma needs quotes)");
            rows.Add(row);
            lines.Add(parser.RawRow);
        }
        return new CsvTable(path, columns, rows, lines);
    });

    private static void RefuseUnclearNames(string path, string[] columns)
    {
        for (var index = 0; index < columns.Length; index++)
        {
            if (columns[index].Trim().Length == 0) throw new DataException($"'{path}': column {index + 1} of the header has no name; give it one");
            if (Array.IndexOf(columns, columns[index]) < index)
                throw new DataException($"'{path}': two columns are named '{columns[index]}'; rename one of them");
        }
    }
}
