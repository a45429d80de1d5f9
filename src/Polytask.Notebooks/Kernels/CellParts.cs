namespace Polytask.Notebooks.Kernels;

/// <summary>A cell is a sequence of parts: source in a language, text to show, magic commands.</summary>
internal abstract record CellPart(int Line)
{
    /// <summary>Source for a kernel, padded so that its line numbers are the cell's.</summary>
    public sealed record Code(string Language, string Text, int Line) : CellPart(Line);

    /// <summary>Text that is shown as it is: Markdown, HTML or JavaScript.</summary>
    public sealed record Shown(string MimeType, string Text, int Line) : CellPart(Line);

    /// <summary>A magic command, #!who, #!time, #r, #load, and the language in force where it stands.</summary>
    public sealed record Command(string Name, string Arguments, int Line, string Language) : CellPart(Line);
}

/// <summary>Splits a cell at its magic commands.</summary>
internal static class CellParts
{
    /// <param name="source">The cell's text.</param>
    /// <param name="language">The language in force before any magic command.</param>
    /// <param name="languages">The languages that a magic command can switch to.</param>
    public static List<CellPart> Split(string source, string language, IReadOnlyCollection<string> languages)
    {
        var parts = new List<CellPart>();
        var lines = source.ReplaceLineEndings("\n").Split('\n');
        var (mode, from) = (language, 0);
        for (var i = 0; i < lines.Length; i++)
        {
            if (Command(lines[i], mode) is not var (name, arguments))
                continue;
            Close(i);
            from = i + 1;
            if (name.StartsWith("#!", StringComparison.Ordinal) && LanguageNames.Of(name[2..]) is { } named
                && (languages.Contains(named) || IsText(named)))
                mode = named;
            else
                parts.Add(new CellPart.Command(name, arguments, i + 1, mode));
        }
        Close(lines.Length);
        return parts;

        void Close(int to)
        {
            var text = string.Join('\n', lines[from..to]);
            if (string.IsNullOrWhiteSpace(text))
                return;
            parts.Add(IsText(mode)
                ? new CellPart.Shown(LanguageNames.TextMimeType(mode)!, text, from + 1)
                : new CellPart.Code(mode, new string('\n', from) + text, from + 1));
        }
    }

    private static bool IsText(string mode) => LanguageNames.TextMimeType(mode) is not null;

    private static (string Name, string Arguments)? Command(string line, string mode)
    {
        var trimmed = line.Trim();
        var end = trimmed.IndexOfAny([' ', '\t']);
        var name = end < 0 ? trimmed : trimmed[..end];
        var directive = !IsText(mode) && name is "#r" or "#load" or "#i";
        if (!directive && !(name.Length > 2 && name.StartsWith("#!", StringComparison.Ordinal) && char.IsAsciiLetter(name[2])))
            return null;
        return (name, end < 0 ? "" : trimmed[end..].Trim());
    }
}
