using Plotly.NET;
using Plotly.NET.LayoutObjects;
using Plotly.NET.TraceObjects;

namespace PlotlyTests;

using Plotly.NET.CSharp;

/// <summary>One chart of every kind that the stand-in draws, with every style that it offers used somewhere.</summary>
internal static class Charts
{
    private static readonly double[] X = [1, 2, 3];
    private static readonly double[] Y = [0.5, double.NaN, 2.5];
    private static readonly string[] Keys = ["shared \"bottom\"", "<b>mmoe</b>", "a & b"];

    public static GenericChart Line() =>
        Chart.Line<double, double, string>(X, Y, Name: "loss", ShowMarkers: true, LineColor: Color.fromHex("#0072b2"), LineWidth: 2.5,
                LineDash: StyleParam.DrawingStyle.Dash, MarkerSymbol: StyleParam.MarkerSymbol.Diamond, MultiText: Keys, TextPosition: StyleParam.TextPosition.TopCenter)
            .WithTitle("Loss by <step>")
            .WithXAxisStyle<double, double, string>(TitleText: "step", AxisType: StyleParam.AxisType.Linear, MinMax: Tuple.Create(0.0, 4.0), ShowGrid: false)
            .WithYAxisStyle<double, double, string>(Title: Title.init(Text: "loss (nats)", Font: Font.init(Size: 14)), AxisType: StyleParam.AxisType.Log, ZeroLine: false)
            .WithLegendStyle(Orientation: StyleParam.Orientation.Horizontal, X: 0.5, XAnchor: StyleParam.XAnchorPosition.Center, Y: -0.2)
            .WithSize(Width: 700, Height: 400);

    public static GenericChart Spline() => Chart.Spline<double, double, string>(X, Y, Smoothing: 0.8, Fill: StyleParam.Fill.ToZero_y, FillColor: Color.fromARGB(64, 0, 114, 178));

    public static GenericChart PointWithErrors() =>
        Chart.Point<string, double, string>(Keys, [1, 2, 3], Name: "mean")
            .WithYErrorStyle<double, double>(Array: new[] { 0.1, 0.2, 0.3 }, Color: Color.fromString("black"), Thickness: 1.5, Width: 4)
            .WithXError(Error.init<double, double>(Type: StyleParam.ErrorType.Constant, Value: 0.2))
            .WithMarkerStyle(Size: 9, Symbol: StyleParam.MarkerSymbol.Square, Outline: Line_(), Opacity: 0.8);

    private static Line Line_() => Plotly.NET.Line.init(Color: Color.fromRGB(0, 0, 0), Width: 1);

    public static GenericChart Scatter() =>
        Chart.Scatter<int, float, string>([1, 2], [3f, float.PositiveInfinity], StyleParam.Mode.Lines_Markers_Text, MultiText: new[] { "a", "b" }, Opacity: 0.5, StackGroup: "one");

    public static GenericChart Bar() => Chart.Bar<double, string, string>([1, 2, 3], Keys: Keys, MarkerColor: Color.fromColors([Color.fromString("red"), Color.fromHex("#00ff00"), Color.fromRGB(0, 0, 255)]));

    public static GenericChart Column() =>
        Chart.Column<double, string, string>([1, 2, 3], Keys: Keys, Name: "auc", MultiText: new[] { "1", "2", "3" }, TextPosition: StyleParam.TextPosition.Outside)
            .WithYErrorStyle<double, double>(Array: new[] { 0.1, 0.2, 0.3 }, Arrayminus: new[] { 0.2, 0.2, 0.2 }, Symmetric: false)
            .WithLayout(Layout.init(BarMode: StyleParam.BarMode.Group, BarGap: 0.2, BarGroupGap: 0.1));

    public static GenericChart StackedColumn() => Chart.Combine([Chart.StackedColumn<int, string, string>([1, 2], Keys: new[] { "a", "b" }), Chart.StackedColumn<int, string, string>([3, 4], Keys: new[] { "a", "b" })]);

    public static GenericChart Histogram() => Chart.Histogram<double, double, string>(X: new[] { 1.0, 1, 2 }, HistNorm: StyleParam.HistNorm.Probability, XBins: Bins.init(Start: 0, End: 3, Size: 1));

    public static GenericChart BoxPlot() => Chart.BoxPlot<string, double, string>(X: new[] { "a", "a", "b" }, Y: new[] { 1.0, 2, 3 }, BoxPoints: StyleParam.BoxPoints.All, Jitter: 0.3, FillColor: Color.fromString("lightgrey"));

    public static GenericChart Heatmap() =>
        Chart.Heatmap<double, string, string, string>([[1, 0.5], [double.NaN, 1]], X: new[] { "t1", "t2" }, Y: new[] { "e1", "e2" }, ColorScale: StyleParam.Colorscale.Viridis,
            ReverseYAxis: true, XGap: 2, YGap: 2, ColorBar: ColorBar.init(Title: Title.init(Text: "weight"), TickFormat: ".2f"));

    public static GenericChart AnnotatedHeatmap() =>
        Chart.AnnotatedHeatmap<double, string, string, string>([[1, 2], [3, 4]], [["1.0", "2.0"], ["3.0", "4.0"]],
            ColorScale: StyleParam.Colorscale.NewCustom([Tuple.Create(0.0, Color.fromString("white")), Tuple.Create(1.0, Color.fromHex("#0072b2"))]));

    public static GenericChart Grid() =>
        Chart.Grid([Line(), Bar(), Heatmap()], 2, 2, SubPlotTitles: new[] { "a", "b", "c" }, XGap: 0.15, YGap: 0.25).WithSize(Width: 900, Height: 700);

    public static GenericChart CoupledGrid() => Chart.Grid([Line(), PointWithErrors(), Spline(), Column()], 2, 2, Pattern: StyleParam.LayoutGridPattern.Coupled);

    public static GenericChart Combined() =>
        Chart.Combine([Line().WithTraceInfo(Name: "one", LegendGroup: "g"), Spline().WithTraceInfo(Name: "two", ShowLegend: true, Visible: StyleParam.Visible.LegendOnly)])
            .WithTemplate(Template.withColorWay(Color.fromColors([Color.fromHex("#0072b2"), Color.fromHex("#d55e00")]), ChartTemplates.light))
            .WithMargin(Margin.init(Left: 60, Right: 10, Top: 40, Bottom: 60))
            .WithAnnotation(Annotation.init<double, double>(X: 0.5, Y: 1, XRef: "paper", YRef: "paper", Text: "note", ShowArrow: false))
            .WithLayout(Layout.init(PlotBGColor: Color.fromString("white")));

    public static GenericChart TraceTemplate()
    {
        var lines = new Trace("scatter");
        lines.SetProperty("line", Plotly.NET.Line.init(Width: 3));
        return Line().WithTemplate(Template.init(Layout.init(Font: Font.init(Family: StyleParam.FontFamily.Open_Sans)), TraceTemplates: new[] { lines }));
    }

    public static readonly IReadOnlyDictionary<string, Func<GenericChart>> All = new Dictionary<string, Func<GenericChart>>
    {
        [nameof(Line)] = Line,
        [nameof(Spline)] = Spline,
        [nameof(PointWithErrors)] = PointWithErrors,
        [nameof(Scatter)] = Scatter,
        [nameof(Bar)] = Bar,
        [nameof(Column)] = Column,
        [nameof(StackedColumn)] = StackedColumn,
        [nameof(Histogram)] = Histogram,
        [nameof(BoxPlot)] = BoxPlot,
        [nameof(Heatmap)] = Heatmap,
        [nameof(AnnotatedHeatmap)] = AnnotatedHeatmap,
        [nameof(Grid)] = Grid,
        [nameof(CoupledGrid)] = CoupledGrid,
        [nameof(Combined)] = Combined,
        [nameof(TraceTemplate)] = TraceTemplate,
    };
}
