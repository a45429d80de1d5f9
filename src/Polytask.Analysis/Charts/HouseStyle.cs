using Plotly.NET;
using Plotly.NET.CSharp;
using Plotly.NET.LayoutObjects;

namespace Polytask.Analysis;

/// <summary>One look for all charts: white ground, thin grid, dark axes, the colours of <see cref="Palette"/>, letters that stay readable in a
/// printed column.</summary>
public static class HouseStyle
{
    /// <summary>The template; plotly applies it wherever a chart sets nothing itself.</summary>
    public static Template Template { get; } = Made();

    /// <summary>The chart in the house style, with titles on both axes.</summary>
    /// <param name="chart">Any chart.</param>
    /// <param name="x">What the x axis shows, with its unit.</param>
    /// <param name="y">What the y axis shows, with its unit.</param>
    public static GenericChart Styled(this GenericChart chart, string x, string y) => chart
        .WithTemplate(Template)
        .WithSize(Width: 720, Height: 420)
        .WithXAxisStyle<double, double, string>(TitleText: x, TitleStandoff: 12)
        .WithYAxisStyle<double, double, string>(TitleText: y, TitleStandoff: 12);

    /// <summary>The colour of the n-th series.</summary>
    internal static Color ColourAt(int index) => Color.fromHex(Palette.At(index));

    /// <summary>The same colour, thin enough to lie over another band.</summary>
    internal static Color BandAt(int index)
    {
        var hex = Convert.ToInt32(Palette.At(index)[1..], 16);
        return Color.fromARGB(45, hex >> 16, (hex >> 8) & 0xFF, hex & 0xFF);
    }

    private static Template Made()
    {
        var axis = LinearAxis.init(ShowLine: true, LineColor: Color.fromHex("#444444"), ShowGrid: true, GridColor: Color.fromHex("#E5E5E5"),
            ZeroLine: false, AutoMargin: true);
        var layout = Layout.init(
            Font: Font.init(Family: StyleParam.FontFamily.Arial, Size: 14.0, Color: Color.fromHex("#222222")),
            Margin: Margin.init(Left: 70, Right: 30, Top: 30, Bottom: 60),
            PaperBGColor: Color.fromString("white"),
            PlotBGColor: Color.fromString("white"),
            Colorway: Color.fromColors(Palette.Colours.Select(Color.fromHex)));
        layout = Layout.setLinearAxis(StyleParam.SubPlotId.NewXAxis(1), axis).Invoke(layout);
        layout = Layout.setLinearAxis(StyleParam.SubPlotId.NewYAxis(1), axis).Invoke(layout);
        return Template.init(layout);
    }
}
