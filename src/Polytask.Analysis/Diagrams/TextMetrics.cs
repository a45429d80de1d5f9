namespace Polytask.Analysis;

/// <summary>
/// How wide a text is, so that boxes are made for their texts: the advance widths of DejaVu Sans, the widest of the fonts that a diagram asks for.
/// </summary>
internal static class TextMetrics
{
    // Thousandths of the font size, from ' ' to '~'.
    private static readonly int[] Regular =
    [
        318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337,
        838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989,
        685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521,
        392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
    ];

    private static readonly int[] Bold =
    [
        348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696, 696, 696, 696, 696, 696, 696, 696, 400, 400,
        838, 838, 838, 580, 1000, 774, 762, 734, 830, 683, 683, 821, 837, 372, 372, 775, 637, 995, 837, 850, 733, 850, 770, 720, 682, 812, 774, 1103,
        771, 724, 725, 457, 365, 457, 838, 500, 500, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687, 716, 716, 493, 595,
        478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838,
    ];

    // Letters outside the table are taken to be as wide as they are high, as Chinese ones are.
    private const int Other = 1000;

    /// <summary>The width of a text on one line.</summary>
    public static double Width(string text, double size, bool bold = false) =>
        text.Sum(letter => letter is >= ' ' and <= '~' ? (bold ? Bold : Regular)[letter - ' '] : Other) * size / 1000;

    /// <summary>The text, cut with an ellipsis where it is wider than that.</summary>
    public static string Clipped(string text, double size, double width, bool bold = false)
    {
        if (Width(text, size, bold) <= width) return text;
        var length = text.Length;
        while (length > 0 && Width(text[..length] + "…", size, bold) > width) length--;
        // Half of a surrogate pair is no letter.
        if (length > 0 && char.IsHighSurrogate(text[length - 1])) length--;
        return text[..length].TrimEnd() + "…";
    }

    /// <summary>The text in lines no wider than that, broken at blanks; what does not fit in so many lines is cut.</summary>
    public static IReadOnlyList<string> Wrapped(string text, double size, double width, int mostLines)
    {
        var lines = new List<string> { "" };
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = lines[^1].Length == 0 ? word : $"{lines[^1]} {word}";
            if (lines[^1].Length == 0 || lines.Count == mostLines || Width(longer, size) <= width) lines[^1] = longer;
            else lines.Add(word);
        }
        return [.. lines.Select(line => Clipped(line, size, width))];
    }
}
