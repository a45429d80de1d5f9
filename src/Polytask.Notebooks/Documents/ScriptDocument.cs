using Polytask.Notebooks.Running;

namespace Polytask.Notebooks.Documents;

/// <summary>Scripts: files of code alone, each a notebook of one cell, so that a line of the file is that line of the cell.</summary>
internal static class ScriptDocument
{
    /// <summary>The language of a script by its name; null where it is none.</summary>
    public static string? LanguageOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csx" => "csharp",
        ".fsx" => "fsharp",
        _ => null,
    };

    /// <summary>The notebook of a script's text.</summary>
    public static Notebook Parse(string text, string language)
    {
        var notebook = Notebook.Empty();
        CellLanguage.Describe(notebook, language);
        notebook.Insert(0, Cell.Code(text.ReplaceLineEndings("\n").TrimEnd('\n')));
        return notebook;
    }
}
