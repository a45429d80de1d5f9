using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Running;

namespace Polytask.Notebooks.Exporting;

/// <summary>
/// Notebooks as scripts (.cs or .fsx) that editors with cell markers understand and that version control shows well: code as it is after a
/// line <c>// %%</c>, everything else (Markdown, raw text, the other language) as comments after <c>// %% [markdown]</c> and the like. A
/// cell's metadata stands behind its marker as JSON. Outputs are not kept; all else comes back as it was.
/// </summary>
public static partial class ScriptText
{
    private const string Mark = "// %%";
    private const string Comment = "// ";

    /// <summary>Whether a path is that of a script.</summary>
    public static bool IsScript(string path) => Path.GetExtension(path) is ".cs" or ".csx" or ".fsx" or ".fs";

    /// <summary>The script of a notebook.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="language">The language of the script, csharp or fsharp; cells in another are written as comments.</param>
    public static string Write(Notebook notebook, string language)
    {
        var text = new StringBuilder();
        var own = CellLanguage.OfNotebook(notebook, "the notebook");
        foreach (var cell in notebook.Cells)
        {
            var kind = cell.Kind switch
            {
                CellKind.Markdown => "markdown",
                CellKind.Raw => "raw",
                _ => CellLanguage.OfCell(cell, own) is var spoken && spoken == language ? null : spoken,
            };
            text.Append(Mark);
            if (kind is not null)
                text.Append($" [{kind}]");
            if (Kept(cell) is { Count: > 0 } metadata)
                text.Append(' ').Append(PythonJson.WriteLine(metadata));
            text.Append('\n');
            foreach (var line in cell.Source.Split('\n'))
                text.Append(kind is null ? Escaped().Replace(line, @"$1\$2") : line.Length == 0 ? Comment.TrimEnd() : Comment + line).Append('\n');
            text.Append('\n');
        }
        return text.ToString();
    }

    /// <summary>The notebook of a script. What stands before the first marker is a code cell.</summary>
    /// <param name="text">The script.</param>
    /// <param name="language">Its language, csharp or fsharp.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="NotebookFormatException">A marker is not one, or a line of a comment cell is no comment.</exception>
    public static Notebook Read(string text, string language, string name)
    {
        var notebook = Notebook.Empty();
        CellLanguage.Describe(notebook, language);
        var lines = (text.EndsWith('\n') ? text[..^1] : text).Split('\n');
        var starts = Enumerable.Range(0, lines.Length).Where(i => Marker().IsMatch(lines[i])).ToList();
        var head = starts.Count > 0 ? starts[0] : lines.Length;
        if (lines[..head].Any(l => l.Trim().Length > 0))
            notebook.Add(Cell.Code(string.Join('\n', lines[..head]).Trim('\n')));
        for (var i = 0; i < starts.Count; i++)
            notebook.Add(ReadCell(lines, starts[i], i + 1 < starts.Count ? starts[i + 1] : lines.Length, language, name));
        return notebook;
    }

    private static Cell ReadCell(string[] lines, int start, int end, string language, string name)
    {
        var marker = Marker().Match(lines[start]);
        var kind = marker.Groups["kind"].Success ? marker.Groups["kind"].Value : null;
        var body = lines[(start + 1)..end];

        // One empty line separates a cell from the next.
        if (body is [.., ""])
            body = body[..^1];
        var source = string.Join('\n', body.Select((line, i) => kind is null ? Unescaped().Replace(line, "$1$2")
            : Uncommented(line, start + i + 2, name)));
        var cell = kind switch
        {
            "markdown" => Cell.Markdown(source),
            "raw" => Cell.Raw(source),
            _ => Cell.Code(source),
        };
        if (marker.Groups["metadata"].Value.Trim() is { Length: > 0 } json)
            TakeOver(cell, json, start + 1, name);
        if (kind is "csharp" or "fsharp" && kind != language)
            cell.Metadata["polyglot_notebook"] ??= new JsonObject { ["kernelName"] = kind };
        else if (kind is not (null or "markdown" or "raw") && kind != language)
            throw new NotebookFormatException($"{name}, line {start + 1}: [{kind}] is no kind of cell; markdown, raw, csharp and fsharp are");
        return cell;
    }

    private static void TakeOver(Cell cell, string json, int line, string name)
    {
        JsonNode? metadata;
        try
        {
            metadata = JsonText.Parse(json);
        }
        catch (FormatException fault)
        {
            throw new NotebookFormatException($"{name}, line {line}: what follows the marker of a cell should be JSON: {fault.Message}", fault);
        }
        if (metadata is not JsonObject fields)
            throw new NotebookFormatException($"{name}, line {line}: an object in braces should follow the marker of a cell");
        foreach (var (key, value) in fields)
        {
            if (key != "id")
                cell.Metadata[key] = value?.DeepClone();
            else if (value is JsonValue text && text.TryGetValue<string>(out var id) && Notebook.Identifier().IsMatch(id))
                cell.Id = id;
            else
                throw new NotebookFormatException($"{name}, line {line}: an \"id\" is 1 to 64 letters, digits, '-' or '_'");
        }
    }

    /// <summary>The identifier and the metadata without what runs leave in it.</summary>
    private static JsonObject Kept(Cell cell)
    {
        var kept = new JsonObject();
        if (cell.Id is { } id)
            kept["id"] = id;
        foreach (var (key, value) in cell.Metadata)
            if (key != "id")
                kept[key] = value?.DeepClone();
        if (kept["polytask"] is JsonObject own)
        {
            foreach (var figure in (string[])["seconds", "peak_memory_mb", "gpu_memory_mb"])
                own.Remove(figure);
            if (own.Count == 0)
                kept.Remove("polytask");
        }
        return kept;
    }

    private static string Uncommented(string line, int number, string name)
    {
        if (line.StartsWith(Comment, StringComparison.Ordinal))
            return line[Comment.Length..];
        return line.TrimEnd('\r') == Comment.TrimEnd()
            ? line[(Comment.Length - 1)..]
            : throw new NotebookFormatException($"{name}, line {number}: a line of such a cell begins with '// '; a marker '// %%' ends it");
    }

    [GeneratedRegex(@"^// %%(?:[ \t]+\[(?<kind>[^\]\r]*)\])?(?<metadata>[ \t]+\{.*\})?[ \t]*\r?$")]
    private static partial Regex Marker();

    /// <summary>Lines of code that look like a marker get a backslash, and one more if they have some.</summary>
    [GeneratedRegex(@"^(// )(\\*%%)")]
    private static partial Regex Escaped();

    [GeneratedRegex(@"^(// )\\(\\*%%)")]
    private static partial Regex Unescaped();
}
