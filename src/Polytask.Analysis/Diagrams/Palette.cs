namespace Polytask.Analysis;

/// <summary>Colours that stay apart for colour-blind readers and in grey print (Okabe and Ito, "Color universal design", 2008), in the order in
/// which they are used.</summary>
public static class Palette
{
    /// <summary>Blue, vermilion, green, orange, purple, sky, black.</summary>
    public static IReadOnlyList<string> Colours { get; } = ["#0072B2", "#D55E00", "#009E73", "#E69F00", "#CC79A7", "#56B4E9", "#000000"];

    /// <summary>The colour of the n-th series, from the start again when there are more.</summary>
    public static string At(int index) => Colours[index % Colours.Count];
}
