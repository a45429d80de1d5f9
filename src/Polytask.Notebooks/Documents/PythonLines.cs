namespace Polytask.Notebooks.Documents;

/// <summary>Line splitting as Python's <c>str.splitlines(keepends=True)</c> does it, which is how notebooks store text.</summary>
public static class PythonLines
{
    /// <summary>The lines of a text, each with its own line end. An empty text has no lines.</summary>
    public static IEnumerable<string> Split(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsLineEnd(text[i]))
                continue;
            if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                i++;
            yield return text[start..(i + 1)];
            start = i + 1;
        }
        if (start < text.Length)
            yield return text[start..];
    }

    private static bool IsLineEnd(char c) => c switch
    {
        '\n' or '\r' or '\v' or '\f' or '\x1c' or '\x1d' or '\x1e' or '\x85' or '\u2028' or '\u2029' => true,
        _ => false,
    };
}
