using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Kernels;
using Polytask.Notebooks.Running;

namespace Polytask.Notebooks.Documents;

/// <summary>
/// The .dib form of a notebook, as .NET Interactive's editors write it: cells under lines that name their language (#!csharp), and a
/// block of JSON under #!meta. It holds no outputs. What it has no place for, metadata of the notebook and of its cells, goes into the
/// block under "polytask"; identifiers of cells are given anew.
/// </summary>
internal static class DibText
{
    private const string Meta = "meta";
    private const string RawKernel = "raw";

    /// <summary>Kernels of .NET Interactive that cells can be in, whether or not there is one here.</summary>
    private static readonly string[] OtherKernels = ["pwsh", "powershell", "sql", "kql", "mermaid", "http", "value", RawKernel];

    /// <exception cref="NotebookFormatException">The metadata cannot be read; the message names the line.</exception>
    public static Notebook Parse(string text, string name)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        var (meta, metaFrom, metaTo) = ReadMeta(lines, name);
        var kernels = KernelNames(meta, metaFrom, name);
        var notebook = Notebook.Empty();
        var own = meta["polytask"] as JsonObject;
        Describe(notebook, meta, own, kernels.Default);
        var language = CellLanguage.OfNotebook(notebook, name);

        var (kernel, from) = (kernels.Default, 0);
        var explicitly = false;
        for (var i = 0; i <= lines.Length; i++)
        {
            if (i == metaFrom)
            {
                Close(i);
                (kernel, from, explicitly, i) = (kernels.Default, metaTo, false, metaTo - 1);
                continue;
            }
            var next = i < lines.Length ? KernelOf(lines[i], kernels.Known) : "";
            if (next is null)
                continue;
            Close(i);
            (kernel, from, explicitly) = (next, i + 1, true);
        }
        Annotate(notebook, own);
        return notebook;

        void Close(int to)
        {
            var source = string.Join('\n', lines[from..to]).Trim('\n');
            if (explicitly || source.Trim().Length > 0)
                notebook.Add(MakeCell(kernel, source, language));
        }
    }

    /// <exception cref="NotebookFormatException">A cell holds a line that would begin another one; the message names it.</exception>
    public static string Write(Notebook notebook, string name)
    {
        var language = CellLanguage.OfNotebook(notebook, name);
        var meta = (notebook.Metadata["polyglot_notebook"] as JsonObject)?.DeepClone().AsObject() ?? [];
        if (meta["kernelInfo"] is not JsonObject)
            meta["kernelInfo"] = KernelInfo(language);
        var known = KernelNames(meta, -1, name).Known;
        var body = new StringBuilder();
        var annotations = new JsonArray();
        for (var i = 0; i < notebook.Cells.Count; i++)
        {
            var cell = notebook.Cells[i];
            var source = cell.Source.Replace("\r\n", "\n", StringComparison.Ordinal).Trim('\n');
            var kernel = cell.Kind switch { CellKind.Markdown => "markdown", CellKind.Raw => RawKernel, _ => CellLanguage.OfCell(cell, language) };
            if (cell.Kind == CellKind.Code && Head(source) is { } head)
                (kernel, source) = (head, source[(source.IndexOf('\n') + 1)..].Trim('\n'));
            CheckFits(source, kernel, cell.Kind, known, $"{name}: cell {i + 1}");
            if (Annotation(cell, source, i) is { } annotation)
                annotations.Add((JsonNode)annotation);
            body.Append("\n#!").Append(kernel).Append("\n\n").Append(source).Append('\n');
        }
        var own = new JsonObject();
        var split = NotebookJson.Split(notebook.Json, []);
        var metadata = (JsonObject)split["metadata"]!;
        split.Remove("metadata");
        metadata.Remove("polyglot_notebook");
        if (metadata.Count > 0)
            own["metadata"] = metadata;
        if (annotations.Count > 0)
            own["cells"] = annotations;
        meta.Remove("polytask");
        if (own.Count > 0)
            meta["polytask"] = own;
        return $"#!{Meta}\n\n{PythonJson.WriteLine(meta)}\n{body}";
    }

    private static (JsonObject Meta, int From, int To) ReadMeta(string[] lines, string name)
    {
        var from = Array.FindIndex(lines, l => l.TrimEnd() == "#!" + Meta);
        if (from < 0)
            return ([], -1, 0);
        var to = Array.FindIndex(lines, from + 1, l => l.StartsWith("#!", StringComparison.Ordinal));
        to = to < 0 ? lines.Length : to;
        if (Array.FindIndex(lines, to, l => l.TrimEnd() == "#!" + Meta) is >= 0 and var second)
            throw new NotebookFormatException($"{name}: line {second + 1}: a second #!meta block; there can be one");
        try
        {
            // As many lines before it as in the file: the places in messages are the file's.
            var text = new string('\n', from + 1) + string.Join('\n', lines[(from + 1)..to]);
            if (string.IsNullOrWhiteSpace(text))
                return ([], from, to);
            return JsonText.Parse(text) is JsonObject meta
                ? (meta, from, to)
                : throw new NotebookFormatException($"{name}: line {from + 2}: the #!meta block should hold a JSON object");
        }
        catch (FormatException fault)
        {
            throw new NotebookFormatException($"{name}: the #!meta block is not JSON: {fault.Message}", fault);
        }
    }

    private static (string Default, HashSet<string> Known) KernelNames(JsonObject meta, int line, string name)
    {
        var known = new HashSet<string>(OtherKernels, StringComparer.OrdinalIgnoreCase);
        if (meta["kernelInfo"] is not { } node)
            return ("csharp", known);
        if (node is not JsonObject info)
            throw Wrong("'kernelInfo' is not an object");
        foreach (var item in info["items"] as JsonArray ?? [])
        {
            if (item is not JsonObject fields || Text(fields["name"]) is not { } kernel)
                throw Wrong("an entry of 'kernelInfo.items' has no 'name'");
            known.Add(kernel);
            foreach (var alias in fields["aliases"] as JsonArray ?? [])
                known.Add(Text(alias) ?? throw Wrong("an alias in 'kernelInfo.items' is not a text"));
        }
        if (!info.ContainsKey("defaultKernelName"))
            return ("csharp", known);
        var first = Text(info["defaultKernelName"]) ?? throw Wrong("'kernelInfo.defaultKernelName' is not a text");
        return (LanguageNames.Of(first) ?? first, known);

        NotebookFormatException Wrong(string what) => new($"{name}: {(line < 0 ? "metadata" : $"line {line + 2}")}: {what}");
    }

    /// <summary>The kernel that a line begins a cell of, or null.</summary>
    private static string? KernelOf(string line, HashSet<string> known)
    {
        if (!line.StartsWith("#!", StringComparison.Ordinal))
            return null;
        var kernel = line[2..].Trim();
        return LanguageNames.Of(kernel) ?? (known.TryGetValue(kernel, out var other) ? other : null);
    }

    private static string? Head(string source)
    {
        var line = source.Split('\n', 2);
        return line.Length == 2 && line[0].StartsWith("#!", StringComparison.Ordinal) ? LanguageNames.Of(line[0][2..].Trim()) : null;
    }

    /// <summary>
    /// Lines that switch languages inside a code cell come back as cells of their own, which run the same; in a text they would break it.
    /// </summary>
    private static void CheckFits(string source, string kernel, CellKind kind, HashSet<string> known, string place)
    {
        if (kernel.Length == 0 || kernel.Any(char.IsWhiteSpace) || kernel == Meta)
            throw new NotebookFormatException($"{place}: '{kernel}' is not a kernel's name that a .dib can hold");
        if (!known.Contains(kernel) && LanguageNames.Of(kernel) is null)
            throw new NotebookFormatException(
                $"{place}: the kernel '{kernel}' is not one that the notebook's metadata lists; a .dib could not tell its line from the text");
        var lines = source.Split('\n');
        var breaking = Array.FindIndex(lines, l => l.TrimEnd() == "#!" + Meta || kind != CellKind.Code && KernelOf(l, known) is not null);
        if (breaking >= 0)
            throw new NotebookFormatException(
                $"{place}, line {breaking + 1}: '{lines[breaking]}' would begin a new cell in a .dib; indent it by a space");
    }

    private static Cell MakeCell(string kernel, string source, string notebookLanguage)
    {
        if (kernel == "markdown")
            return Cell.Markdown(source);
        if (kernel == RawKernel)
            return new Cell(new JsonObject { ["cell_type"] = "raw", ["metadata"] = new JsonObject(), ["source"] = source });
        var cell = Cell.Code(source);
        if (kernel != notebookLanguage)
            cell.Metadata["polyglot_notebook"] = new JsonObject { ["kernelName"] = kernel };
        return cell;
    }

    private static void Describe(Notebook notebook, JsonObject meta, JsonObject? own, string language)
    {
        foreach (var (key, value) in own?["metadata"] as JsonObject ?? [])
            notebook.Metadata[key] = value?.DeepClone();
        if (!notebook.Metadata.ContainsKey("kernelspec"))
        {
            var shown = language == "fsharp" ? "F#" : "C#";
            notebook.Metadata["kernelspec"] = new JsonObject
            {
                ["display_name"] = $".NET ({shown})",
                ["language"] = shown,
                ["name"] = language == "fsharp" ? ".net-fsharp" : ".net-csharp",
            };
        }
        var kept = (JsonObject)meta.DeepClone();
        kept.Remove("polytask");
        if (kept.Count > 0)
            notebook.Metadata["polyglot_notebook"] = kept;
    }

    /// <summary>What a cell has beyond language and text, with the place and the hash by which it is found again after edits by hand.</summary>
    private static JsonObject? Annotation(Cell cell, string source, int index)
    {
        var metadata = (JsonObject)cell.Metadata.DeepClone();
        metadata.Remove("polyglot_notebook");
        metadata.Remove("dotnet_interactive");
        return metadata.Count == 0 ? null : new JsonObject { ["at"] = (long)index, ["source"] = Hash(source), ["metadata"] = metadata };
    }

    private static void Annotate(Notebook notebook, JsonObject? own)
    {
        foreach (var annotation in (own?["cells"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (annotation["metadata"] is not JsonObject metadata || Text(annotation["source"]) is not { } hash)
                continue;
            var named = annotation["at"] is JsonValue value && value.TryGetValue<long>(out var index) && index >= 0 && index < notebook.Cells.Count
                ? notebook.Cells[(int)index]
                : null;
            var cell = named is not null && Hash(named.Source) == hash ? named : notebook.Cells.FirstOrDefault(c => Hash(c.Source) == hash);
            if (cell is null)
                continue;
            foreach (var (key, item) in metadata)
                cell.Metadata[key] = item?.DeepClone();
        }
    }

    private static JsonObject KernelInfo(string language) => new()
    {
        ["defaultKernelName"] = language,
        ["items"] = new JsonArray(
            new JsonObject { ["aliases"] = new JsonArray("c#", "cs"), ["languageName"] = "C#", ["name"] = "csharp" },
            new JsonObject { ["aliases"] = new JsonArray("f#", "fs"), ["languageName"] = "F#", ["name"] = "fsharp" },
            new JsonObject { ["aliases"] = new JsonArray(), ["languageName"] = "HTML", ["name"] = "html" },
            new JsonObject { ["aliases"] = new JsonArray("js"), ["languageName"] = "JavaScript", ["name"] = "javascript" },
            new JsonObject { ["aliases"] = new JsonArray("md"), ["languageName"] = "Markdown", ["name"] = "markdown" }),
    };

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static string Hash(string source) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)))[..8];
}
