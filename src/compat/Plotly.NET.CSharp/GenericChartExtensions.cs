using Plotly.NET.LayoutObjects;

namespace Plotly.NET.CSharp;

/// <summary>The style functions that take many optional arguments, for C#.</summary>
public static class GenericChartExtensions
{
    public static Layout GetLayout(this GenericChart gChart) => GenericChart.getLayout(gChart);

    public static Trace[] GetTraces(this GenericChart gChart) => [.. GenericChart.getTraces(gChart)];

    /// <summary>Writes a page of its own for the chart, and opens it in the browser where OpenInBrowser.</summary>
    public static void SaveHtml(this GenericChart gChart, string path, Optional<bool> OpenInBrowser = default) =>
        Plotly.NET.Chart.SaveHtml(path: path, OpenInBrowser: OpenInBrowser.ToOption()).Invoke(gChart);

    /// <summary>Writes a page for the chart into the folder for temporary files and opens it in the browser.</summary>
    public static void Show(this GenericChart gChart) =>
        Plotly.NET.Chart.Show(gChart);

    /// <summary>Name and legend entry of the chart's traces.</summary>
    public static GenericChart WithTraceInfo(
        this GenericChart gChart, Optional<string> Name = default, Optional<StyleParam.Visible> Visible = default,
        Optional<bool> ShowLegend = default, Optional<int> LegendRank = default, Optional<string> LegendGroup = default,
        Optional<Title> LegendGroupTitle = default) =>
        Plotly.NET.Chart.WithTraceInfo(
            Name: Name.ToOption(), Visible: Visible.ToOption(), ShowLegend: ShowLegend.ToOption(), LegendRank: LegendRank.ToOption(),
            LegendGroup: LegendGroup.ToOption(), LegendGroupTitle: LegendGroupTitle.ToOption()).Invoke(gChart);

    /// <summary>The size in pixels.</summary>
    public static GenericChart WithSize(this GenericChart gChart, Optional<int> Width = default, Optional<int> Height = default) =>
        Plotly.NET.Chart.WithSize(Width: Width.ToOption(), Height: Height.ToOption()).Invoke(gChart);

    /// <summary>The x axis: title, type, range, lines. On a logarithmic axis the range is in exponents of ten.</summary>
    public static GenericChart WithXAxisStyle<MinType, MaxType, CategoryArrayType>(
        this GenericChart gChart, Optional<string> TitleText = default, Optional<Font> TitleFont = default,
        Optional<int> TitleStandoff = default, Optional<Title> Title = default, Optional<Color> Color = default,
        Optional<StyleParam.AxisType> AxisType = default, Optional<Tuple<MinType, MaxType>> MinMax = default,
        Optional<StyleParam.Mirror> Mirror = default, Optional<bool> ShowLine = default, Optional<Color> LineColor = default,
        Optional<bool> ShowGrid = default, Optional<Color> GridColor = default, Optional<bool> ZeroLine = default,
        Optional<Color> ZeroLineColor = default, Optional<StyleParam.LinearAxisId> Anchor = default,
        Optional<StyleParam.Side> Side = default, Optional<StyleParam.LinearAxisId> Overlaying = default,
        Optional<Tuple<double, double>> Domain = default, Optional<double> Position = default,
        Optional<StyleParam.CategoryOrder> CategoryOrder = default, Optional<IEnumerable<CategoryArrayType>> CategoryArray = default,
        Optional<Color> BackgroundColor = default, Optional<bool> ShowBackground = default, Optional<StyleParam.SubPlotId> Id = default)
        where MinType : IConvertible where MaxType : IConvertible where CategoryArrayType : IConvertible =>
        Plotly.NET.Chart.WithXAxisStyle<MinType, MaxType, CategoryArrayType>(
            TitleText: TitleText.ToOption(), TitleFont: TitleFont.ToOption(), TitleStandoff: TitleStandoff.ToOption(),
            Title: Title.ToOption(), Color: Color.ToOption(), AxisType: AxisType.ToOption(), MinMax: MinMax.ToOption(),
            Mirror: Mirror.ToOption(), ShowLine: ShowLine.ToOption(), LineColor: LineColor.ToOption(), ShowGrid: ShowGrid.ToOption(),
            GridColor: GridColor.ToOption(), ZeroLine: ZeroLine.ToOption(), ZeroLineColor: ZeroLineColor.ToOption(),
            Anchor: Anchor.ToOption(), Side: Side.ToOption(), Overlaying: Overlaying.ToOption(), Domain: Domain.ToOption(),
            Position: Position.ToOption(), CategoryOrder: CategoryOrder.ToOption(), CategoryArray: CategoryArray.ToOption(),
            BackgroundColor: BackgroundColor.ToOption(), ShowBackground: ShowBackground.ToOption(), Id: Id.ToOption()).Invoke(gChart);

    /// <summary>The y axis: title, type, range, lines. On a logarithmic axis the range is in exponents of ten.</summary>
    public static GenericChart WithYAxisStyle<MinType, MaxType, CategoryArrayType>(
        this GenericChart gChart, Optional<string> TitleText = default, Optional<Font> TitleFont = default,
        Optional<int> TitleStandoff = default, Optional<Title> Title = default, Optional<Color> Color = default,
        Optional<StyleParam.AxisType> AxisType = default, Optional<Tuple<MinType, MaxType>> MinMax = default,
        Optional<StyleParam.Mirror> Mirror = default, Optional<bool> ShowLine = default, Optional<Color> LineColor = default,
        Optional<bool> ShowGrid = default, Optional<Color> GridColor = default, Optional<bool> ZeroLine = default,
        Optional<Color> ZeroLineColor = default, Optional<StyleParam.LinearAxisId> Anchor = default,
        Optional<StyleParam.Side> Side = default, Optional<StyleParam.LinearAxisId> Overlaying = default,
        Optional<Tuple<double, double>> Domain = default, Optional<double> Position = default,
        Optional<StyleParam.CategoryOrder> CategoryOrder = default, Optional<IEnumerable<CategoryArrayType>> CategoryArray = default,
        Optional<Color> BackgroundColor = default, Optional<bool> ShowBackground = default, Optional<StyleParam.SubPlotId> Id = default)
        where MinType : IConvertible where MaxType : IConvertible where CategoryArrayType : IConvertible =>
        Plotly.NET.Chart.WithYAxisStyle<MinType, MaxType, CategoryArrayType>(
            TitleText: TitleText.ToOption(), TitleFont: TitleFont.ToOption(), TitleStandoff: TitleStandoff.ToOption(),
            Title: Title.ToOption(), Color: Color.ToOption(), AxisType: AxisType.ToOption(), MinMax: MinMax.ToOption(),
            Mirror: Mirror.ToOption(), ShowLine: ShowLine.ToOption(), LineColor: LineColor.ToOption(), ShowGrid: ShowGrid.ToOption(),
            GridColor: GridColor.ToOption(), ZeroLine: ZeroLine.ToOption(), ZeroLineColor: ZeroLineColor.ToOption(),
            Anchor: Anchor.ToOption(), Side: Side.ToOption(), Overlaying: Overlaying.ToOption(), Domain: Domain.ToOption(),
            Position: Position.ToOption(), CategoryOrder: CategoryOrder.ToOption(), CategoryArray: CategoryArray.ToOption(),
            BackgroundColor: BackgroundColor.ToOption(), ShowBackground: ShowBackground.ToOption(), Id: Id.ToOption()).Invoke(gChart);

    public static GenericChart WithLegend(this GenericChart gChart, Legend legend) =>
        Plotly.NET.Chart.WithLegend(legend, Id: null).Invoke(gChart);

    /// <summary>Where the legend stands and how it looks.</summary>
    public static GenericChart WithLegendStyle(
        this GenericChart gChart, Optional<Color> BGColor = default, Optional<Color> BorderColor = default,
        Optional<double> BorderWidth = default, Optional<double> EntryWidth = default, Optional<Font> Font = default,
        Optional<int> ItemWidth = default, Optional<StyleParam.Orientation> Orientation = default, Optional<Title> Title = default,
        Optional<double> TraceGroupGap = default, Optional<StyleParam.TraceOrder> TraceOrder = default,
        Optional<StyleParam.VerticalAlign> VerticalAlign = default, Optional<double> X = default,
        Optional<StyleParam.XAnchorPosition> XAnchor = default, Optional<double> Y = default,
        Optional<StyleParam.YAnchorPosition> YAnchor = default) =>
        Plotly.NET.Chart.WithLegendStyle(
            BGColor: BGColor.ToOption(), BorderColor: BorderColor.ToOption(), BorderWidth: BorderWidth.ToOption(),
            EntryWidth: EntryWidth.ToOption(), Font: Font.ToOption(), ItemWidth: ItemWidth.ToOption(), Orientation: Orientation.ToOption(),
            Title: Title.ToOption(), TraceGroupGap: TraceGroupGap.ToOption(), TraceOrder: TraceOrder.ToOption(),
            VerticalAlign: VerticalAlign.ToOption(), X: X.ToOption(), XAnchor: XAnchor.ToOption(), Y: Y.ToOption(),
            YAnchor: YAnchor.ToOption()).Invoke(gChart);
}
