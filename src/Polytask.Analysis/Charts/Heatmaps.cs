using System.Globalization;
using Plotly.NET;
using Plotly.NET.CSharp;
using Draw = Plotly.NET.CSharp.Chart;

namespace Polytask.Analysis;

/// <summary>Matrices as coloured cells, in the two scales of the house: amounts from white to blue, signed numbers from red over white to blue.
/// White is zero in both, so that grey print shows sizes.</summary>
internal static class Heatmaps
{
    private const int MostReadableColumns = 16;

    private static readonly object[] Amounts =
    [
        new object[] { 0.0, "#FFFFFF" }, new object[] { 0.5, "#9ECAE1" }, new object[] { 0.75, "#2171B5" }, new object[] { 1.0, "#08306B" },
    ];

    private static readonly object[] Signed =
    [
        new object[] { 0.0, "#B2182B" }, new object[] { 0.25, "#F4A582" }, new object[] { 0.5, "#FFFFFF" },
        new object[] { 0.75, "#6BAED6" }, new object[] { 1.0, "#08519C" },
    ];

    /// <summary>Cells with the numbers in them; "–" where a number is missing. The first row is on top.</summary>
    /// <param name="rows">[rows][columns].</param>
    /// <param name="columnNames">A name per column.</param>
    /// <param name="rowNames">A name per row.</param>
    /// <param name="range">The numbers at both ends of the scale; it is the signed one where the lower end is negative.</param>
    /// <param name="meaning">What the numbers are, for the colour bar; null for no bar, where another heatmap beside it has one.</param>
    /// <param name="texts">The cells' texts; the numbers with two decimals by default, nothing where the cells are too many to read.</param>
    /// <param name="numbered">Whether the columns' names are numbers of an axis, as epochs are.</param>
    public static GenericChart Of(double[][] rows, IReadOnlyList<string> columnNames, IReadOnlyList<string> rowNames,
        (double Low, double High) range, string? meaning, string[][]? texts = null, bool numbered = false)
    {
        var scale = range.Low < 0 ? Signed : Amounts;
        var chart = Draw.Heatmap<double, string, string, string>(rows, X: columnNames.Select(HouseStyle.Plain).ToArray(),
                Y: rowNames.Select(HouseStyle.Plain).ToArray(), ReverseYAxis: true, XGap: 1, YGap: 1)
            .With("colorscale", scale).With("zmin", range.Low).With("zmax", range.High);
        var written = !numbered && IsWritten(columnNames.Count);
        // Numbers in the cells need no bar, which grids of heatmaps would draw one over another.
        chart = meaning is null || (written && texts is null) ? chart.With("showscale", false) : chart.With("colorbar", Bar(meaning));
        if (!written) return Framed(chart, numbered);
        return Framed(chart.With("text", texts ?? [.. rows.Select(row => Array.ConvertAll(row, Text))]).With("texttemplate", "%{text}"), numbered);
    }

    /// <summary>Whether so many columns leave room for numbers in the cells.</summary>
    public static bool IsWritten(int columns) => columns <= MostReadableColumns;

    /// <summary>A colour bar with a title along it.</summary>
    public static DynamicObj.DynamicObj Bar(string title, params (string Name, object Value)[] properties) => PlotlyProperties.Object(
    [
        ("title", PlotlyProperties.Object(("text", HouseStyle.Plain(title)), ("side", "right"))),
            ("thickness", 14), ("outlinewidth", 0), .. properties,
    ]);

    private static string Text(double value) =>
        double.IsFinite(value) ? (Math.Round(value, 2) + 0.0).ToString("0.00", CultureInfo.InvariantCulture) : "–";

    // Names are names, even where they look like numbers ("1", "2"), and cells need no grid behind them.
    private static GenericChart Framed(GenericChart chart, bool numbered) => chart
        .WithXAxisStyle<double, double, string>(AxisType: numbered ? StyleParam.AxisType.Linear : StyleParam.AxisType.Category, ShowGrid: false)
        .WithYAxisStyle<double, double, string>(AxisType: StyleParam.AxisType.Category, ShowGrid: false);
}
