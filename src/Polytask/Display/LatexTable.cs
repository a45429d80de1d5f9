using System.Text;

namespace Polytask;

/// <summary>A table in LaTeX, for the packages booktabs and (its arrows and signs) nothing else.</summary>
internal static class LatexTable
{
    /// <summary>A tabular; title and note stand above it as comments, because a paper writes its own caption.</summary>
    public static string Of(TableView table, IReadOnlyList<bool> isNumber)
    {
        var lines = new List<string>();
        lines.AddRange(new[] { table.Title, table.Note }.OfType<string>().Select(text => "% " + text.ReplaceLineEndings(" ")));
        lines.Add($$"""\begin{tabular}{{{string.Concat(isNumber.Select(right => right ? 'r' : 'l'))}}}""");
        lines.Add(@"\toprule");
        lines.Add(Row(table.Columns.Select(Escaped)));
        lines.Add(@"\midrule");
        lines.AddRange(table.Rows.Select(row => Row(row.Select(cell => cell.Bold ? $$"""\textbf{{{Escaped(cell.Text)}}}""" : Escaped(cell.Text)))));
        lines.AddRange([@"\bottomrule", @"\end{tabular}"]);
        return string.Join("\n", lines);
    }

    private static string Row(IEnumerable<string> cells) => string.Join(" & ", cells) + @" \\";

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (var letter in text.ReplaceLineEndings(" "))
            escaped.Append(letter switch
            {
                '&' or '%' or '$' or '#' or '_' or '{' or '}' => $@"\{letter}",
                '\\' => @"\textbackslash{}",
                '~' => @"\textasciitilde{}",
                '^' => @"\textasciicircum{}",
                '<' or '>' or '|' or '=' => $"${letter}$",
                '±' => @"$\pm$",
                '↑' => @"$\uparrow$",
                '↓' => @"$\downarrow$",
                '–' => "--",
                '−' => "$-$",
                _ => letter.ToString(),
            });
        return escaped.ToString();
    }
}
