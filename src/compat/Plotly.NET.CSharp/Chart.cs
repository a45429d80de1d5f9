namespace Plotly.NET.CSharp;

/// <summary>The charts for C#: optional arguments are passed by name and without wrapping. Import this namespace inside the one that uses it and
/// Plotly.NET outside, so that this <c>Chart</c> is the nearer one.</summary>
public static partial class Chart
{
    /// <summary>All traces of all charts over one layout.</summary>
    public static GenericChart Combine(IEnumerable<GenericChart> gCharts) =>
        Plotly.NET.Chart.Combine(gCharts);

    /// <summary>An empty place in a grid: a chart of nothing, with hidden axes.</summary>
    public static GenericChart Invisible() =>
        Plotly.NET.Chart.Invisible();

    /// <summary>The charts in rows and columns, each with its own axes, or with shared ones when the pattern is Coupled.</summary>
    public static GenericChart Grid(
        IEnumerable<GenericChart> gCharts, int nRows, int nCols, Optional<IEnumerable<string>> SubPlotTitles = default,
        Optional<Font> SubPlotTitleFont = default, Optional<double> SubPlotTitleOffset = default,
        Optional<StyleParam.LayoutGridRowOrder> RowOrder = default, Optional<StyleParam.LayoutGridPattern> Pattern = default,
        Optional<double> XGap = default, Optional<double> YGap = default) =>
        Plotly.NET.Chart.Grid<IEnumerable<string>, IEnumerable<GenericChart>>(
            nRows: nRows, nCols: nCols, SubPlotTitles: SubPlotTitles.ToOption(), SubPlotTitleFont: SubPlotTitleFont.ToOption(),
            SubPlotTitleOffset: SubPlotTitleOffset.ToOption(), RowOrder: RowOrder.ToOption(), Pattern: Pattern.ToOption(),
            XGap: XGap.ToOption(), YGap: YGap.ToOption()).Invoke(gCharts);

    /// <summary>The charts under each other.</summary>
    public static GenericChart SingleStack(
        IEnumerable<GenericChart> gCharts, Optional<IEnumerable<string>> SubPlotTitles = default, Optional<Font> SubPlotTitleFont = default,
        Optional<double> SubPlotTitleOffset = default, Optional<StyleParam.LayoutGridRowOrder> RowOrder = default,
        Optional<StyleParam.LayoutGridPattern> Pattern = default, Optional<double> XGap = default, Optional<double> YGap = default) =>
        Plotly.NET.Chart.SingleStack<IEnumerable<string>, IEnumerable<GenericChart>>(
            SubPlotTitles: SubPlotTitles.ToOption(), SubPlotTitleFont: SubPlotTitleFont.ToOption(),
            SubPlotTitleOffset: SubPlotTitleOffset.ToOption(), RowOrder: RowOrder.ToOption(), Pattern: Pattern.ToOption(),
            XGap: XGap.ToOption(), YGap: YGap.ToOption()).Invoke(gCharts);
}
