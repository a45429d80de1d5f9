using Plotly.NET;

namespace Polytask.Analysis;

/// <summary>How a series looks: a colour, and a dash and a marker that tell it from the others in grey print.</summary>
/// <param name="Hex">The colour, "#RRGGBB".</param>
/// <param name="Dash">How its line is drawn.</param>
/// <param name="Symbol">Its marker.</param>
public sealed record SeriesStyle(string Hex, StyleParam.DrawingStyle Dash, StyleParam.MarkerSymbol Symbol)
{
    private static readonly StyleParam.DrawingStyle[] Dashes =
    [
        StyleParam.DrawingStyle.Solid, StyleParam.DrawingStyle.Dash, StyleParam.DrawingStyle.Dot, StyleParam.DrawingStyle.DashDot,
        StyleParam.DrawingStyle.LongDash, StyleParam.DrawingStyle.LongDashDot,
    ];

    private static readonly StyleParam.MarkerSymbol[] Symbols =
    [
        StyleParam.MarkerSymbol.Circle, StyleParam.MarkerSymbol.Square, StyleParam.MarkerSymbol.Diamond, StyleParam.MarkerSymbol.TriangleUp,
        StyleParam.MarkerSymbol.X, StyleParam.MarkerSymbol.TriangleDown, StyleParam.MarkerSymbol.Cross, StyleParam.MarkerSymbol.Star,
    ];

    /// <summary>The colour.</summary>
    public Color Colour => Color.fromHex(Hex);

    /// <summary>The same colour, thin enough to lie over another band.</summary>
    internal Color Band => Color.fromARGB(45, Channel(0), Channel(1), Channel(2));

    /// <summary>The n-th style. There are 7 colours, 6 dashes and 8 markers, so that the first 42 differ in more than one of them.</summary>
    public static SeriesStyle At(int index) => new(Palette.At(index), Dashes[index % Dashes.Length], Symbols[index % Symbols.Length]);

    private int Channel(int index) => Convert.ToInt32(Hex.Substring(1 + 2 * index, 2), 16);
}
