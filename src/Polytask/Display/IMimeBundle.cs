namespace Polytask;

/// <summary>A value that shows itself in several forms, so that a notebook can keep all of them and every reader picks the one it can draw.</summary>
public interface IMimeBundle
{
    /// <summary>The forms by mime type ("text/plain", "text/html", ...). JSON forms are JSON texts. Text taken from data is escaped.</summary>
    IReadOnlyDictionary<string, string> ToMimeBundle();
}
