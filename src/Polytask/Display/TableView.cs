using System.Net;
using System.Text;

namespace Polytask;

/// <summary>A cell of a <see cref="TableView"/>: its text, and whether it stands out (the best of its column, say).</summary>
public sealed record TableCell(string Text, bool Bold = false)
{
    /// <summary>A plain cell.</summary>
    public static implicit operator TableCell(string text) => new(text);
}

/// <summary>A table to read: as text for a terminal, as HTML for a notebook, as Markdown for a repository, as LaTeX for a paper.</summary>
public sealed class TableView : IMimeBundle
{
    private readonly bool[] isNumber;

    /// <summary>A table of the given cells; columns whose every cell starts like a number are aligned to the right.</summary>
    /// <param name="title">A line above the table, or null.</param>
    /// <param name="columns">The headings.</param>
    /// <param name="rows">The cells, a row as long as <paramref name="columns"/>.</param>
    /// <param name="note">A line below the table that says what its marks mean, or null.</param>
    /// <exception cref="ArgumentException">A row has another number of cells than there are headings.</exception>
    public TableView(string? title, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<TableCell>> rows, string? note = null)
    {
        (Title, Columns, Rows, Note) = (title, columns, [.. rows], note);
        foreach (var row in Rows)
            if (row.Count != columns.Count)
                throw new ArgumentException($"a table with {columns.Count} columns got a row of {row.Count} cells", nameof(rows));
        isNumber = [.. Enumerable.Range(0, columns.Count).Select(column =>
            Rows.Any(row => row[column].Text.Length > 0) && Rows.All(row => LooksLikeNumber(row[column].Text)))];
    }

    /// <summary>The line above the table.</summary>
    public string? Title { get; }

    /// <summary>The headings.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The cells, row by row.</summary>
    public IReadOnlyList<IReadOnlyList<TableCell>> Rows { get; }

    /// <summary>The line below the table.</summary>
    public string? Note { get; }

    /// <summary>Aligned columns for a terminal; cells that stand out carry a star.</summary>
    public override string ToString()
    {
        string Shown(TableCell cell) => OneLine(cell.Text) + (cell.Bold ? "*" : "");
        var widths = Columns.Select((heading, column) => Rows.Select(row => Shown(row[column]).Length).Append(heading.Length).Max()).ToArray();
        string Line(IEnumerable<string> cells) => string.Join("  ", cells.Select((cell, column) =>
            isNumber[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd();
        var lines = new List<string>();
        if (Title is not null) lines.Add(Title);
        lines.Add(Line(Columns));
        lines.Add(string.Join("  ", widths.Select(width => new string('-', width))));
        lines.AddRange(Rows.Select(row => Line(row.Select(Shown))));
        if (Note is not null) lines.Add(Note);
        return string.Join("\n", lines);
    }

    /// <summary>A plain HTML table, every text escaped.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder("<table>");
        if (Title is not null) html.Append("<caption>").Append(Escaped(Title)).Append("</caption>");
        html.Append("<thead><tr>");
        for (var column = 0; column < Columns.Count; column++) html.Append(Open("th", column)).Append(Escaped(Columns[column])).Append("</th>");
        html.Append("</tr></thead><tbody>");
        foreach (var row in Rows)
        {
            html.Append("<tr>");
            for (var column = 0; column < row.Count; column++)
            {
                var text = Escaped(row[column].Text);
                html.Append(Open("td", column)).Append(row[column].Bold ? $"<b>{text}</b>" : text).Append("</td>");
            }
            html.Append("</tr>");
        }
        html.Append("</tbody></table>");
        if (Note is not null) html.Append("<p><small>").Append(Escaped(Note)).Append("</small></p>");
        return html.ToString();
    }

    /// <summary>A Markdown table. Cells are taken as Markdown (they may hold links), except for line breaks and bars.</summary>
    public string ToMarkdown()
    {
        static string Cell(string text) => OneLine(text).Replace("|", "\\|");
        var lines = new List<string>();
        if (Title is not null) lines.AddRange([Title, ""]);
        lines.Add($"| {string.Join(" | ", Columns.Select(Cell))} |");
        lines.Add($"|{string.Join("|", isNumber.Select(right => right ? "---:" : "---"))}|");
        lines.AddRange(Rows.Select(row => $"| {string.Join(" | ", row.Select(cell => cell.Bold ? $"**{Cell(cell.Text)}**" : Cell(cell.Text)))} |"));
        if (Note is not null) lines.AddRange(["", Note]);
        return string.Join("\n", lines);
    }

    /// <summary>A LaTeX tabular for the package booktabs, every text escaped; title and note stand above it as comments.</summary>
    public string ToLatex() => LatexTable.Of(this, isNumber);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> ToMimeBundle() =>
        new Dictionary<string, string> { ["text/html"] = ToHtml(), ["text/plain"] = ToString() };

    private string Open(string tag, int column) => isNumber[column] ? $"<{tag} align=\"right\">" : $"<{tag} align=\"left\">";

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static bool LooksLikeNumber(string text) => text.Length == 0 || char.IsAsciiDigit(text.TrimStart('-', '+', '−').FirstOrDefault());
}
