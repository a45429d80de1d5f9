using Plotly.NET;
using Plotly.NET.CSharp;
using Plotly.NET.LayoutObjects;

namespace Polytask.Analysis;

/// <summary>One look for all charts: an explicit white ground, so that a figure reads the same in print, on a light and on a dark page; thin grid,
/// dark axes, the colours of <see cref="Palette"/>, letters that stay readable in a printed column.</summary>
public static class HouseStyle
{
    /// <summary>Letters and marks in cells.</summary>
    internal const string Ink = "#222222";

    /// <summary>Lines of axes.</summary>
    internal const string AxisLine = "#444444";

    private const string Grid = "#E5E5E5";

    /// <summary>The template; plotly applies it wherever a chart sets nothing itself.</summary>
    public static Template Template { get; } = Made();

    /// <summary>The styles of methods (a study's variants), by name.</summary>
    public static SeriesStyles Methods { get; } = new();

    /// <summary>The styles of tasks, by name.</summary>
    public static SeriesStyles Tasks { get; } = new();

    /// <summary>The chart in the house style, with titles on both axes.</summary>
    /// <param name="chart">Any chart.</param>
    /// <param name="x">What the x axis shows, with its unit.</param>
    /// <param name="y">What the y axis shows, with its unit.</param>
    public static GenericChart Styled(this GenericChart chart, string x, string y) => chart
        .WithTemplate(Template)
        .WithSize(Width: 720, Height: 420)
        .WithXAxisStyle<double, double, string>(TitleText: x, TitleStandoff: 12)
        .WithYAxisStyle<double, double, string>(TitleText: y, TitleStandoff: 12);

    /// <summary>A name as plotly should draw it: its texts are HTML of a kind, so that "&lt;b&gt;" in a name would make it bold.</summary>
    internal static string Plain(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    /// <summary>A remark below the plot, at its right end.</summary>
    internal static GenericChart Noted(this GenericChart chart, string text) => chart.WithAnnotation(
        Annotation.init<double, double, int, string, int, string, double, string, double, string>(
        X: 1.0, Y: 1.0, XRef: "paper", YRef: "paper", XAnchor: StyleParam.XAnchorPosition.Right, YAnchor: StyleParam.YAnchorPosition.Bottom,
        Text: Plain(text), ShowArrow: false, Font: Font.init(Size: 11.0, Color: Color.fromHex(Palette.Muted))));

    private static Template Made()
    {
        var axis = LinearAxis.init<double, double, double, double, double, string, string, string>(
            ShowLine: true, LineColor: Color.fromHex(AxisLine), ShowGrid: true, GridColor: Color.fromHex(Grid), ZeroLine: false,
            AutoMargin: StyleParam.TickAutoMargin.All);
        var layout = Layout.init<string>(
            Font: Font.init(Family: StyleParam.FontFamily.Arial, Size: 14.0, Color: Color.fromHex(Ink)),
            // Room for a title of one line, whole in the page as well as in print.
            Title: Title.init(Font: Font.init(Size: 17.0)),
            Margin: Margin.init<int, int, int, int, int, bool>(Left: 70, Right: 30, Top: 46, Bottom: 60),
            PaperBGColor: Color.fromString("white"),
            PlotBGColor: Color.fromString("white"),
            Colorway: Color.fromColors(Palette.Colours.Select(Color.fromHex)));
        layout = Layout.setLinearAxis(StyleParam.SubPlotId.NewXAxis(1), axis).Invoke(layout);
        layout = Layout.setLinearAxis(StyleParam.SubPlotId.NewYAxis(1), axis).Invoke(layout);
        return Template.init<Trace>(layout);
    }
}
