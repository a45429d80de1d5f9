using Plotly.NET;
using Plotly.NET.LayoutObjects;
using Plotly.NET.TraceObjects;

namespace PlotlyTests;

using Plotly.NET.CSharp;

/// <summary>Charts that use the styles.</summary>
internal static partial class Charts
{
    public static GenericChart Axes() =>
        Plain()
            .WithXAxis(LinearAxis.init<double, double, double, double, double, string, string, string>(TickVals: X, TickText: Keys, TickAngle: 45,
                Ticks: StyleParam.TickOptions.Outside, Mirror: StyleParam.Mirror.Ticks, AutoMargin: StyleParam.TickAutoMargin.All,
                GridDash: StyleParam.DrawingStyle.Dot, RangeMode: StyleParam.RangeMode.ToZero, TickFont: Font.init(Size: 10,
                    Family: StyleParam.FontFamily.NewCustom("Fira Sans"))))
            .WithXAxisStyle<double, double, string>(TitleText: "x", TitleFont: Font.init(Size: 10), TitleStandoff: 4, ShowLine: true,
                LineColor: Blue, Side: StyleParam.Side.Top)
            .WithYAxis(LinearAxis.init<double, double, double, double, double, string, string,
                string>(ScaleAnchor: StyleParam.ScaleAnchor.NewX(1), ScaleRatio: 1.0, DTick: 0.5, Tick0: 0.0,
                ExponentFormat: StyleParam.ExponentFormat.Power,
                Constrain: StyleParam.AxisConstraint.Domain, ShowTickLabels: true, ZeroLine: true, ZeroLineWidth: 2))
            .WithYAxisStyle<double, double, string>(Domain: Tuple.Create(0.1, 0.9), GridColor: Color.fromString("lightgrey"));

    public static GenericChart Legends() =>
        Plain().WithTraceInfo(Name: "a", LegendGroup: "g", LegendGroupTitle: Title.init(Text: "group"), LegendRank: 1)
            .WithLegend(true)
            .WithLegend(Legend.init(TraceOrder: StyleParam.TraceOrder.Reversed, BorderWidth: 1))
            .WithLegendStyle(Orientation: StyleParam.Orientation.Horizontal, X: 0.5, XAnchor: StyleParam.XAnchorPosition.Center, Y: -0.2,
                YAnchor: StyleParam.YAnchorPosition.Top, BGColor: Color.fromString("white"), Font: Font.init(Size: 11));

    public static GenericChart Markers() =>
        Plain().WithMarker(Marker.init(MultiSize: new[] { 3, 6, 9 }, MultiSymbol: new[] { StyleParam.MarkerSymbol.Star,
            StyleParam.MarkerSymbol.Cross, StyleParam.MarkerSymbol.Hexagram }))
            .WithMarkerStyle(Color: Color.fromColorScaleValues(X), ShowScale: true, ReverseScale: true, Colorscale: StyleParam.Colorscale.YIGnBu,
                MultiOpacity: new[] { 0.1, 0.5, 1 }, CMin: 0, CMax: 4);

    public static GenericChart Lines() => Chart.Line<double, double, string>(X,
        X).WithLine(Edge()).WithLineStyle(Dash: StyleParam.DrawingStyle.LongDashDot, Shape: StyleParam.Shape.Hvh, Width: 3);

    public static GenericChart Errors() =>
        Chart.Scatter3D<double, double, double, string>(X, X, X, StyleParam.Mode.Markers)
            .WithXErrorStyle<double, double>(Array: X).WithYError(Error.init<double, double>(Type: StyleParam.ErrorType.Percent,
                Value: 10)).WithZErrorStyle<double, double>(Array: X, Arrayminus: X, Symmetric: false)
            .WithZError(Error.init<double, double>(Visible: true));

    public static GenericChart Annotated() =>
        Plain().WithAnnotations([Note("one").Item1, Note("two").Item1]).WithAnnotation(Note("three").Item1, Append: true);

    private static (Annotation Item1, int) Note(string text) => (Annotation.init<double, double, int, string, int, string, double, string, double,
        string>(X: 0.5, Y: 1, XRef: "paper", YRef: "paper", Text: text, ShowArrow: true,
        ArrowHead: StyleParam.ArrowHead.Barbed, ArrowSide: StyleParam.ArrowSide.End, AX: 10, AY: -20, Align: StyleParam.AnnotationAlignment.Left,
            VAlign: StyleParam.VerticalAlign.Middle, Height: 20, BGColor: Color.fromString("white"), BorderWidth: 1), 0);

    public static GenericChart Shaped() =>
        Plain().WithShapes([Band()])
            .WithShape(Shape.init<double, double, double, double>(ShapeType: StyleParam.ShapeType.Line, X0: 0, X1: 1, Xref: "paper", Y0: 2, Y1: 2,
                Line: Plotly.NET.Line.init(Dash: StyleParam.DrawingStyle.Dash, Color: Blue), Layer: StyleParam.Layer.Below), Append: true);

    private static Shape Band() => Shape.init<double, double, double, double>(ShapeType: StyleParam.ShapeType.Rectangle, X0: 1.5, X1: 2.5, Y0: 0,
        Y1: 1, Yref: "paper", FillColor: Blue, Opacity: 0.2,
        Label: ShapeLabel.init(Text: "warm-up", TextPosition: StyleParam.TextPosition.TopCenter));

    public static GenericChart Space()
    {
        var chart = Point3D().WithZAxis(LinearAxis.init<double, double, double, double, double, string, string, string>(ShowBackground: true,
            BackgroundColor: Color.fromString("white")));
        chart = Plotly.NET.Chart.WithZAxisStyle<double, double, string>(TitleText: "z", MinMax: Tuple.Create(0.0, 5.0)).Invoke(chart);
        var camera = Camera.init(Center: CameraCenter.init(X: 0, Y: 0, Z: 0), Eye: CameraEye.init(X: 1, Y: 2, Z: 0.5), Up: CameraUp.init(Z: 1),
            Projection: CameraProjection.init(StyleParam.CameraProjectionType.Orthographic));
        return Plotly.NET.Chart.WithSceneStyle(AspectMode: StyleParam.AspectMode.Manual, AspectRatio: AspectRatio.init(X: 1, Y: 1, Z: 0.5),
            Camera: camera).Invoke(chart);
    }

    public static GenericChart Scales()
    {
        var bar = ColorBar.init<string, double>(Len: 0.5, TickVals: X, TickText: Keys, TickMode: StyleParam.TickMode.Array);
        return Plotly.NET.Chart.WithColorbarStyle<string, double>(TitleText: "weight", Orientation: StyleParam.Orientation.Horizontal,
            Thickness: 10).Invoke(Heatmap().WithColorBar(bar));
    }

    public static GenericChart SharedScale()
    {
        var chart = Plotly.NET.Chart.WithColorAxisAnchor(1).Invoke(Chart.Heatmap<double, int, int, string>(Matrix));
        return Plotly.NET.Chart.WithColorAxis(ColorAxis.init(ColorScale: StyleParam.Colorscale.Greens, CMin: 0, CMax: 3),
            Id: StyleParam.SubPlotId.NewColorAxis(1)).Invoke(chart);
    }

    public static GenericChart Whole()
    {
        var chart = Plotly.NET.Chart.WithLayoutStyle<string>(ShowLegend: true, HoverMode: StyleParam.HoverMode.XUnified,
            Hoverlabel: Hoverlabel.init(BgColor: Blue), Font: Font.init(Color: Blue),
            Colorscale: DefaultColorScales.init(Sequential: StyleParam.Colorscale.Viridis)).Invoke(Plain());
        chart = Plotly.NET.Chart.WithConfigStyle(Responsive: false, Displaylogo: false).Invoke(Plotly.NET.Chart.WithSize(300.0,
            200.0).Invoke(chart));
        return chart.WithTitle("whole", TitleFont: Font.init(Size: 20)).WithMarginSize<int, int, int, int, int, bool>(Left: 30, Pad: 2,
            Autoexpand: true).WithAxisAnchor(X: 1, Y: 1)
            .WithConfig(Config.init(StaticPlot: true, DisplayModeBar: false))
            .WithLayout(Layout.init<string>(Title: Title.init(Text: "<b>a</b> & \"b\"", X: 0.5, XAnchor: StyleParam.XAnchorPosition.Center)));
    }

    public static GenericChart HiddenLabel() => Pie().WithLayout(Layout.init<string>(HiddenLabels: new[] { "a & b" }));

    public static GenericChart Parts() =>
        Chart.Combine([
            Chart.Violin<string, double, string>(Y: X, Box: TraceObjectsBox()),
            Chart.Contour<double, double, double, string>(Matrix, Contours: Contours.init<double>(Start: 0, End: 3, Size: 0.5,
                Coloring: StyleParam.ContourColoring.Lines)),
        ]);

    public static GenericChart WithoutTheCSharpNamespace() =>
        Plotly.NET.GenericChartExtensions.WithSize(Plotly.NET.GenericChartExtensions.WithTraceInfo(StackedArea(), Name: "areas"), 300, 200);

    private static Box TraceObjectsBox() => Box.init(Visible: true, FillColor: Blue, LineColor: Blue, LineWidth: 1);

    public static GenericChart TraceTemplate()
    {
        var lines = new Trace("scatter");
        lines.SetValue("line", Plotly.NET.Line.init(Width: 3));
        return Line().WithTemplate(Template.init<Trace>(Layout.init<string>(Font: Font.init(Family: StyleParam.FontFamily.Open_Sans)),
            TraceTemplates: new[] { lines }));
    }

    public static GenericChart Dark() =>
        Chart.Grid([.. new[] { ChartTemplates.dark, ChartTemplates.lightMirrored, ChartTemplates.transparent,
            ChartTemplates.transparentMirrored }.Select(template => Plain().WithTemplate(template))], 2, 2);

    private static GenericChart Plain() => Chart.Point<double, double, string>(X, X);
}
