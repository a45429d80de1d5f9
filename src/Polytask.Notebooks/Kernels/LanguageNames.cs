namespace Polytask.Notebooks.Kernels;

/// <summary>The languages of cells and the names that magic commands and documents have for them.</summary>
internal static class LanguageNames
{
    /// <summary>The one name for a language that has several; null for what is no language here.</summary>
    public static string? Of(string name) => name.ToLowerInvariant() switch
    {
        "csharp" or "c#" or "cs" => "csharp",
        "fsharp" or "f#" or "fs" => "fsharp",
        "markdown" or "md" => "markdown",
        "html" => "html",
        "javascript" or "js" => "javascript",
        _ => null,
    };

    /// <summary>How text in a language that no kernel runs is shown; null for the others.</summary>
    public static string? TextMimeType(string language) => language switch
    {
        "markdown" => "text/markdown",
        "html" => "text/html",
        "javascript" => "application/javascript",
        _ => null,
    };
}
