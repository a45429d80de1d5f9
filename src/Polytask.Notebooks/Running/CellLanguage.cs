using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Kernels;

namespace Polytask.Notebooks.Running;

/// <summary>Which language a cell is in: its own metadata (as .NET Interactive's editors write it), else the notebook's kernel.</summary>
internal static class CellLanguage
{
    /// <exception cref="NotebookFormatException">The notebook is for another kernel.</exception>
    public static string OfNotebook(Notebook notebook, string path)
    {
        var kernel = notebook.Metadata["kernelspec"] as JsonObject;
        string?[] names = kernel is null ? [Text((notebook.Metadata["language_info"] as JsonObject)?["name"])]
            : [Text(kernel["language"]), Text(kernel["name"])];
        foreach (var name in names.OfType<string>())
            if (Known(name) is { } language)
                return language;
        if (names.OfType<string>().FirstOrDefault() is { } other)
            throw new NotebookFormatException($"{path} is for the kernel '{Text(kernel?["display_name"]) ?? other}'; C# and F# notebooks can be run");
        return "csharp";
    }

    public static string OfCell(Cell cell, string notebookLanguage)
    {
        var own = Text((cell.Metadata["polyglot_notebook"] as JsonObject)?["kernelName"]) ?? Text((cell.Metadata["dotnet_interactive"] as JsonObject)?["language"]);
        return own is null ? notebookLanguage : Known(own) ?? own;
    }

    /// <summary>Gives a notebook that names no kernel the metadata of the one that runs it.</summary>
    public static void Describe(Notebook notebook, string language = "csharp")
    {
        var (name, letter, extension) = language == "fsharp" ? ("F#", "f", ".fs") : ("C#", "c", ".cs");
        notebook.Metadata["kernelspec"] ??= new JsonObject
        {
            ["display_name"] = $"{name} (Polytask)",
            ["language"] = name,
            ["name"] = $"polytask-{letter}sharp"
        };
        notebook.Metadata["language_info"] ??= new JsonObject
        {
            ["file_extension"] = extension,
            ["mimetype"] = $"text/x-{letter}sharp",
            ["name"] = name,
            ["pygments_lexer"] = $"{letter}sharp",
        };
    }

    private static string? Known(string name) => name.ToLowerInvariant() switch
    {
        ".net-csharp" or "polytask-csharp" => "csharp",
        ".net-fsharp" or "polytask-fsharp" => "fsharp",
        var other => LanguageNames.Of(other) is { } language && LanguageNames.TextMimeType(language) is null ? language : null,
    };

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
