using Plotly.NET;
using Plotly.NET.LayoutObjects;
using Plotly.NET.TraceObjects;

namespace PlotlyTests;

using Plotly.NET.CSharp;

/// <summary>Charts of every kind that the stand-in draws; <see cref="Styles"/> uses every style that it offers.</summary>
internal static partial class Charts
{
    private static readonly double[] X = [1, 2, 3];
    private static readonly double[] Y = [0.5, double.NaN, 2.5];
    private static readonly string[] Keys = ["shared \"bottom\"", "<b>mmoe</b>", "a & b"];
    private static readonly double[][] Matrix = [[1, 0.5, 2], [double.NaN, 1, 3]];

    private static readonly Color Blue = Color.fromHex("#0072b2");

    public static GenericChart Line() =>
        Chart.Line<double, double, string>(X, Y, Name: "loss", ShowMarkers: true, LineColor: Blue, LineWidth: 2.5,
            LineDash: StyleParam.DrawingStyle.Dash,
                MarkerSymbol: StyleParam.MarkerSymbol.Diamond, MultiText: Keys, TextPosition: StyleParam.TextPosition.TopCenter)
            .WithTitle("Loss by <step>")
            .WithXAxisStyle<double, double, string>(TitleText: "step", AxisType: StyleParam.AxisType.Linear, MinMax: Tuple.Create(0.0, 4.0),
                ShowGrid: false)
            .WithYAxisStyle<double, double, string>(Title: Title.init(Text: "loss (nats)", Font: Font.init(Size: 14)),
                AxisType: StyleParam.AxisType.Log, ZeroLine: false)
            .WithSize(Width: 700, Height: 400);

    public static GenericChart Spline() =>
        Chart.Spline<double, double, string>(X, Y, Smoothing: 0.8, Fill: StyleParam.Fill.ToZero_y, FillColor: Color.fromARGB(64, 0, 114, 178));

    public static GenericChart PointWithErrors() =>
        Chart.Point<string, double, string>(Keys, [1, 2, 3], Name: "mean")
            .WithYErrorStyle<double, double>(Array: new[] { 0.1, 0.2, 0.3 }, Color: Color.fromString("black"), Thickness: 1.5, Width: 4)
            .WithXError(Error.init<double, double>(Type: StyleParam.ErrorType.Constant, Value: 0.2))
            .WithMarkerStyle(Size: 9, Symbol: StyleParam.MarkerSymbol.Square, Outline: Edge(), Opacity: 0.8);

    public static GenericChart Scatter() =>
        Chart.Scatter<int, float, string>([1, 2], [3f, float.PositiveInfinity], StyleParam.Mode.Lines_Markers_Text, MultiText: new[] { "a", "b" },
            Opacity: 0.5, StackGroup: "one");

    public static GenericChart Bubble() => Chart.Bubble<double, double, string>(X, [1, 2, 1], [10, 20, 30],
        MarkerColor: Color.fromColorScaleValues(new[] { 1.0, 2, 3 }), MarkerColorScale: StyleParam.Colorscale.Cividis);

    public static GenericChart Area() => Chart.Area<double, double, string>(X, [1, 2, 1], Name: "area", FillColor: Color.fromARGB(255, 200, 210,
        220));

    public static GenericChart SplineArea() => Chart.SplineArea<double, double, string>(X, [1, 2, 1], Smoothing: 1.1, LineColor: Blue);

    public static GenericChart StackedArea() => Chart.Combine([Chart.StackedArea<double, double, string>(X, [1, 2, 1]), Chart.StackedArea<double,
        double, string>(X, [2, 2, 3], GroupNorm: StyleParam.GroupNorm.Percent)]);

    public static GenericChart Range() =>
        Chart.Range<double, double, string>(X, [1, 2, 3], [1.5, 2.5, 3.5], [0.5, 1.5, 2.5], StyleParam.Mode.Lines, Name: "mean",
            GroupName: "five seeds", ShowMarkers: true, RangeColor: Color.fromString("lightblue"),
            LineColor: Blue, LowerLine: Plotly.NET.Line.init(Width: 0), UpperLine: Plotly.NET.Line.init(Width: 0), MultiUpperText: Keys,
                ShowLegend: false);

    public static GenericChart Bar() =>
        Chart.Bar<double, string, string>([1, 2, 3], Keys: Keys, MarkerColor: Color.fromColors([Color.fromString("red"), Color.fromHex("#00ff00"),
            Color.fromRGB(0, 0, 255)]));

    public static GenericChart StackedBar() => Chart.Combine([Chart.StackedBar<int, string, string>([1, 2], Keys: new[] { "a", "b" }),
        Chart.StackedBar<int, string, string>([3, 4], Keys: new[] { "a", "b" })]);

    public static GenericChart Column() =>
        Chart.Column<double, string, string>([1, 2, 3], Keys: Keys, Name: "auc", MultiText: new[] { "1", "2", "3" },
            TextPosition: StyleParam.TextPosition.Outside, Base: 0.5, MultiWidth: new[] { 0.5, 0.6, 0.7 })
            .WithYErrorStyle<double, double>(Array: new[] { 0.1, 0.2, 0.3 }, Arrayminus: new[] { 0.2, 0.2, 0.2 }, Symmetric: false)
            .WithLayout(Layout.init<string>(BarMode: StyleParam.BarMode.Group, BarGap: 0.2, BarGroupGap: 0.1));

    public static GenericChart StackedColumn() => Chart.Combine([Chart.StackedColumn<int, string, string>([1, 2], Keys: new[] { "a", "b" }),
        Chart.StackedColumn<int, string, string>([3, 4], Keys: new[] { "a", "b" })]);

    public static GenericChart Histogram() =>
        Chart.Histogram<double, double, string>(X: new[] { 1.0, 1, 2 }, HistNorm: StyleParam.HistNorm.Probability, XBins: Bins.init(Start: 0,
            End: 3, Size: 1), MarkerColor: Blue);

    public static GenericChart Histogram2D() =>
        Chart.Histogram2D<double, double, double>([1.0, 1, 2], [2.0, 3, 3], NBinsX: 2, NBinsY: 2, ColorScale: StyleParam.Colorscale.Hot,
            HistNorm: StyleParam.HistNorm.Percent);

    public static GenericChart BoxPlot() =>
        Chart.BoxPlot<string, double, string>(X: new[] { "a", "a", "b" }, Y: new[] { 1.0, 2, 3 }, BoxPoints: StyleParam.BoxPoints.All,
            BoxMean: StyleParam.BoxMean.SD, Jitter: 0.3, FillColor: Color.fromString("lightgrey"), OutlineColor: Blue, OutlineWidth: 2);

    public static GenericChart Violin() =>
        Chart.Violin<string, double, string>(X: new[] { "a", "a", "a", "b", "b", "b" }, Y: new[] { 1.0, 2, 3, 3, 4, 6 }, ShowBox: true,
            BoxWidth: 0.2, MeanLine: MeanLine.init(Visible: true), Points: StyleParam.BoxPoints.All,
            Side: StyleParam.ViolinSide.Positive, BandWidth: 0.4, OutlineWidth: 1.5);

    public static GenericChart Heatmap() =>
        Chart.Heatmap<double, string, string, string>(Matrix, X: new[] { "t1", "t2", "t3" }, Y: new[] { "e1", "e2" },
            ColorScale: StyleParam.Colorscale.Viridis,
            ReverseYAxis: true, XGap: 2, YGap: 2, ColorBar: ColorBar.init<double, string>(Title: Title.init(Text: "weight"), TickFormat: ".2f"));

    public static GenericChart AnnotatedHeatmap() =>
        Chart.AnnotatedHeatmap<double, string, string, string>([[1, 2], [3, 4]], [["1.0", "2.0"], ["3.0", "4.0"]],
            ColorScale: StyleParam.Colorscale.NewCustom([Tuple.Create(0.0, Color.fromString("white")), Tuple.Create(1.0, Blue)]));

    public static GenericChart Image() => Chart.Image<string>(Z: new[] { new[] { new[] { 255, 0, 0 }, new[] { 0, 255, 0 } }, [[0, 0, 255], [255,
        255, 255]] }, Name: "pixels");

    public static GenericChart ImageSource() => Chart.Image<string>(
        Source: "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public static GenericChart Contour() =>
        Chart.Contour<double, double, double, string>([[1, 2, 3], [2, 4, 5], [3, 5, 9]], X: X, Y: X,
            ContoursColoring: StyleParam.ContourColoring.Heatmap, ShowContourLabels: true, ContourLabelFont: Font.init(Size: 9), NContours: 5,
            ContourLineColor: Color.fromString("black"), ContourLineDash: StyleParam.DrawingStyle.Dot);

    public static GenericChart Scatter3D() => Chart.Scatter3D<double, double, double, string>(X, X, X, StyleParam.Mode.Lines_Markers,
        LineColor: Blue, LineWidth: 3, MarkerSymbol: StyleParam.MarkerSymbol3D.DiamondOpen);

    public static GenericChart Point3D() => Chart.Point3D<double, double, double, string>(X, X, X, Name: "embedding", MultiText: Keys,
        TextPosition: StyleParam.TextPosition.TopCenter);

    public static GenericChart Line3D() => Chart.Line3D<double, double, double, string>(X, X, X, ShowMarkers: true, Opacity: 0.5);

    public static GenericChart Bubble3D() => Chart.Bubble3D<double, double, double, string>(X, X, X, [5, 10, 15]);

    public static GenericChart Surface() => Chart.Surface<double, double, double, string>(Matrix, X: X, ColorScale: StyleParam.Colorscale.Earth,
        ShowScale: false);

    public static GenericChart Pie() =>
        Chart.Pie<int, string, string>([3, 2, 1], Labels: Keys, Name: "share", SectionColors: new[] { Blue, Color.fromString("red"),
            Color.fromString("green") }, SectionOutlineColor: Color.fromString("white"),
            SectionOutlineWidth: 2, TextInfo: StyleParam.TextInfo.Percent, Direction: StyleParam.Direction.Clockwise, Rotation: 30, Sort: false,
                MultiPull: new[] { 0, 0.1, 0 });

    public static GenericChart Doughnut() => Chart.Doughnut<int, string, string>([3, 2, 1], Labels: Keys);

    public static GenericChart Sankey() =>
        Chart.Sankey<string>(
            SankeyNodes.init<string, int[], double, double>(Label: Keys, Pad: 10, Thickness: 15, Color: Color.fromColors([Blue, Blue, Blue])),
            SankeyLinks.init<string, double>(Source: new[] { 0, 0 }, Target: new[] { 1, 2 }, Value: new[] { 2.0, 3 }, Label: new[] { "x", "y" },
                Color: Color.fromString("lightgrey")),
            Orientation: StyleParam.Orientation.Horizontal, Arrangement: StyleParam.CategoryArrangement.Snap, ValueFormat: ".1f",
                ValueSuffix: " rows");

    public static GenericChart SankeyByName() =>
        ChartDomain.Chart.Sankey<double, int[], string>(Keys, [Tuple.Create(0, 1), Tuple.Create(0, 2)], [2.0, 3], NodeColor: Blue,
            NodeThickness: 12, NodeOutlineWidth: 0.5, LinkColor: Color.fromString("lightgrey"), LinkLabels: new[] { "x", "y" });

    public static GenericChart Table() =>
        Chart.Table(
            TableCells.init<string[], string>(Values: new[] { new[] { "model" }, ["<b>auc</b>"] }, Align: StyleParam.HorizontalAlign.Left,
                Fill: TableFill.init(Color: Blue), Font: Font.init(Color: Color.fromString("white"))),
            TableCells.init<string[], string>(Values: new[] { new[] { "mmoe", "ple" }, ["0.9", "0.8"] },
                MultiAlign: new[] { StyleParam.HorizontalAlign.Left, StyleParam.HorizontalAlign.Right }, Height: 30, Line: Edge(),
                MultiSuffix: new[] { "", " %" }),
            MultiColumnWidth: new[] { 2.0, 1 });

    public static GenericChart TableByRows() =>
        ChartDomain.Chart.Table<string[], string, double[], double>([["a"], ["b"]], [[1.0, 2], [3, 4], [5, 6]],
            HeaderAlign: StyleParam.HorizontalAlign.Center, HeaderFillColor: Blue, HeaderOutlineWidth: 2.0,
            CellsAlign: StyleParam.HorizontalAlign.Right,
            CellsFillColor: Color.fromString("white"), CellsOutlineColor: Blue, CellsHeight: 25);

    public static GenericChart ParallelCoord() =>
        Chart.ParallelCoord([Dimension.initParallel<string, string, double, double>(Label: "rate", Values: X,
            Range: StyleParam.Range.ofMinMax(0.0, 4.0)), Dimension.initParallel<string, string, double, double>(Label: "auc", Values: X,
            Tickvals: X, TickText: Keys)],
            LineColor: Color.fromColorScaleValues(X), LineColorScale: StyleParam.Colorscale.Viridis, ShowLineColorScale: true,
                LabelFont: Font.init(Size: 12), LabelAngle: 10);

    public static GenericChart ParallelCoordByName() => ChartDomain.Chart.ParallelCoord<double[], double>([Tuple.Create("rate", X),
        Tuple.Create("auc", X)], LineColor: Blue);

    public static GenericChart Invisible() => Chart.Invisible();

    public static GenericChart Grid() =>
        Chart.Grid([Line(), Bar(), Heatmap()], 2, 2, SubPlotTitles: new[] { "a", "b", "c" }, XGap: 0.15, YGap: 0.25).WithSize(Width: 900,
            Height: 700);

    public static GenericChart CoupledGrid() => Chart.Grid([Line(), PointWithErrors(), Spline(), Column()], 2, 2,
        Pattern: StyleParam.LayoutGridPattern.Coupled);

    public static GenericChart MixedGrid() => Chart.Grid([Pie(), Surface(), Table(), Area(), Invisible(), Point3D()], 2, 3,
        SubPlotTitleFont: Font.init(Size: 11), RowOrder: StyleParam.LayoutGridRowOrder.BottomToTop);

    public static GenericChart RowsGrid() => Plotly.NET.Chart.Grid<string[], GenericChart[][], GenericChart[]>(SubPlotTitles: new[] { "a", "b",
        "c" }).Invoke([[Area(), Bar()], [Column()]]);

    public static GenericChart SingleStack() => Chart.SingleStack([Line(), Spline()], SubPlotTitles: new[] { "above", "below" });

    public static GenericChart Combined() =>
        Chart.Combine([Line().WithTraceInfo(Name: "one", LegendGroup: "g"), Spline().WithTraceInfo(Name: "two", ShowLegend: true,
            Visible: StyleParam.Visible.LegendOnly)])
            .WithTemplate(Template.withColorWay(Color.fromColors([Blue, Color.fromHex("#d55e00")]), ChartTemplates.light))
            .WithMargin(Margin.init<int, int, int, int, int, bool>(Left: 60, Right: 10, Top: 40, Bottom: 60))
            .WithLayout(Layout.init<string>(PlotBGColor: Color.fromString("white")));

    private static Line Edge() => Plotly.NET.Line.init(Color: Color.fromRGB(0, 0, 0), Width: 1);

    public static readonly IReadOnlyDictionary<string, Func<GenericChart>> All = new Func<GenericChart>[]
    {
        Line, Spline, PointWithErrors, Scatter, Bubble, Area, SplineArea, StackedArea, Range, Bar, StackedBar, Column, StackedColumn, Histogram,
            Histogram2D, BoxPlot, Violin, Heatmap, AnnotatedHeatmap, Image, ImageSource, Contour,
        Scatter3D, Point3D, Line3D, Bubble3D, Surface, Pie, Doughnut, Sankey, SankeyByName, Table, TableByRows, ParallelCoord,
            ParallelCoordByName, Invisible, Grid, CoupledGrid, MixedGrid, RowsGrid, SingleStack, Combined,
        Axes, Legends, Markers, Lines, Errors, Annotated, Shaped, Space, Scales, SharedScale, Whole, HiddenLabel, Parts,
            WithoutTheCSharpNamespace, TraceTemplate, Dark,
    }.ToDictionary(chart => chart.Method.Name);
}
