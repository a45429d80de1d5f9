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

/// <summary>Where a cursor stands in a cell.</summary>
internal abstract record CellPlace
{
    /// <summary>In source or text: the language, its part as <see cref="CellPart.Code"/> has it, and the cursor's index in that.</summary>
    public sealed record InCode(string Language, string Text, int Position) : CellPlace;

    /// <summary>In the line of a magic command, or of what may become one: the line, the cursor's column, and the language in force.</summary>
    public sealed record InCommand(string Line, int Column, string Language) : CellPlace;
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
        var lines = Lines(source);
        foreach (var (mode, from, to, command) in Sections(lines, language, languages))
        {
            if (command is var (name, arguments))
                parts.Add(new CellPart.Command(name, arguments, from + 1, mode));
            else if (string.Join('\n', lines[from..to]) is var text && !string.IsNullOrWhiteSpace(text))
                parts.Add(LanguageNames.TextMimeType(mode) is { } mimeType
                    ? new CellPart.Shown(mimeType, text, from + 1)
                    : new CellPart.Code(mode, new string('\n', from) + text, from + 1));
        }
        return parts;
    }

    /// <summary>The part in which a cursor stands.</summary>
    /// <param name="source">The cell's text.</param>
    /// <param name="position">The cursor, as an index of UTF-16 units.</param>
    /// <param name="language">The language in force before any magic command.</param>
    /// <param name="languages">The languages that a magic command can switch to.</param>
    public static CellPlace At(string source, int position, string language, IReadOnlyCollection<string> languages)
    {
        // Between the two characters of a line's end is before it.
        if (position > 0 && position < source.Length && source[position - 1] == '\r' && source[position] == '\n')
            position--;
        var before = Lines(source[..position]);
        var (lines, line, column) = (Lines(source), before.Length - 1, before[^1].Length);
        var (mode, from, to, _) = Sections(lines, language, languages)
            .LastOrDefault(s => s.From <= line && line < s.To, (language, line, line + 1, null));
        if (lines[line].TrimStart().StartsWith(IsText(mode) ? "#!" : "#", StringComparison.Ordinal))
            return new CellPlace.InCommand(lines[line], column, mode);
        var text = new string('\n', from) + string.Join('\n', lines[from..to]);
        return new CellPlace.InCode(mode, text, from + lines[from..line].Sum(l => l.Length + 1) + column);
    }

    private static string[] Lines(string source) => source.ReplaceLineEndings("\n").Split('\n');

    /// <summary>Runs of lines in one language, and the commands between them that do not only switch it.</summary>
    private static List<(string Mode, int From, int To, (string Name, string Arguments)? Command)> Sections(
        string[] lines, string language, IReadOnlyCollection<string> languages)
    {
        var sections = new List<(string, int, int, (string, string)?)>();
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
                sections.Add((mode, i, i + 1, (name, arguments)));
        }
        Close(lines.Length);
        return sections;

        void Close(int to)
        {
            if (from < to)
                sections.Add((mode, from, to, null));
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
