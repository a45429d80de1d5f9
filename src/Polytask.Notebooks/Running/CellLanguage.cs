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

    public static string OfCell(Cell cell, string notebookLanguage) => OfMetadata(cell.Metadata, notebookLanguage);

    /// <summary>The language that the metadata of a cell give it, as .NET Interactive, VS Code and Jupyter's own requests write them.</summary>
    public static string OfMetadata(JsonObject metadata, string notebookLanguage)
    {
        if (Text((metadata["polyglot_notebook"] as JsonObject)?["kernelName"]) is { } kernel)
            return Known(kernel) ?? kernel;
        var interactive = metadata["dotnet_interactive"] as JsonObject;
        if ((Text(interactive?["language"]) ?? Text(interactive?["kernelName"])) is { } language)
            return Known(language) ?? language;

        // Only where it is one of ours: editors write their own guesses there.
        return Text((metadata["vscode"] as JsonObject)?["languageId"]) is { } guess && Known(guess) is { } known ? known : notebookLanguage;
    }

    /// <summary>Gives a notebook that names no kernel the metadata of the one that runs it.</summary>
    public static void Describe(Notebook notebook, string language = "csharp")
    {
        var info = Info(language);
        notebook.Metadata["kernelspec"] ??= new JsonObject
        {
            ["display_name"] = $"Polytask ({info["name"]})",
            ["language"] = (string)info["name"]!,
            ["name"] = $"polytask-{language}",
        };
        notebook.Metadata["language_info"] ??= info;
    }

    /// <summary>What readers of a notebook need to know of csharp or fsharp to colour its cells.</summary>
    public static JsonObject Info(string language) => new()
    {
        ["file_extension"] = language == "fsharp" ? ".fs" : ".cs",
        ["mimetype"] = $"text/x-{language}",
        ["name"] = language == "fsharp" ? "F#" : "C#",
        ["pygments_lexer"] = language,
    };

    private static string? Known(string name) => name.ToLowerInvariant() switch
    {
        ".net-csharp" or "polytask-csharp" => "csharp",
        ".net-fsharp" or "polytask-fsharp" => "fsharp",
        var other => LanguageNames.Of(other) is { } language && LanguageNames.TextMimeType(language) is null ? language : null,
    };

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
