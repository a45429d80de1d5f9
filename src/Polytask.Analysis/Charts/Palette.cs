namespace Polytask.Analysis;

/// <summary>
/// Colours that stay apart for colour-blind readers (Okabe and Ito, "Color universal design", 2008), in the order in which they are used: those
/// with a contrast of at least 3 : 1 on white first (WCAG 2.1, success criterion 1.4.11), the two light ones last.
/// </summary>
public static class Palette
{
    /// <summary>Blue, vermilion, green, purple, grey, orange, sky; grey in place of black, so that error bars show on it.</summary>
    public static IReadOnlyList<string> Colours { get; } = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#444444", "#E69F00", "#56B4E9"];

    /// <summary>What stands back: dominated points, references, grids of a diagram.</summary>
    public const string Muted = "#767676";

    /// <summary>The colour of the n-th series, from the start again when there are more.</summary>
    public static string At(int index) => Colours[index % Colours.Count];
}
