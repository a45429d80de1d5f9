using Plotly.NET;
using Plotly.NET.CSharp;
using Plotly.NET.LayoutObjects;
using Draw = Plotly.NET.CSharp.Chart;

namespace Polytask.Analysis;

/// <summary>A quantity along an axis over several seeds: the mean of each place, and the deviation where two seeds or more have a number.</summary>
/// <param name="Points">The places in order; the deviation is NaN where one seed got that far.</param>
internal sealed record Curve(IReadOnlyList<(double At, double Mean, double Deviation)> Points)
{
    /// <summary>What runs measured per epoch.</summary>
    public static Curve Of(IEnumerable<Run> runs, string key, string split) => Of(runs.SelectMany(run => run.History)
        .Where(row => row.Key == key && row.Split == split).Select(row => ((double)row.Epoch, row.Value)));

    /// <summary>Curves of what runs measured over one axis of epochs.</summary>
    public static GenericChart OverEpochs(IEnumerable<GenericChart> curves, IEnumerable<Run> runs, string y)
    {
        const int fewEpochs = 10;
        var chart = Draw.Combine(curves).WithLegend(true).Styled("epoch", y);
        if (runs.Max(run => run.Epochs) > fewEpochs) return chart;
        // There is no epoch 1.5.
        return chart.WithXAxis(LinearAxis.init<double, double, double, double, double, string, string, string>(DTick: 1.0));
    }

    /// <summary>Numbers by their places; a place whose numbers are all missing becomes a gap.</summary>
    public static Curve Of(IEnumerable<(double At, double Value)> numbers) => new([.. numbers.GroupBy(number => number.At).OrderBy(place => place.Key)
        .Select(place =>
        {
            var (mean, deviation) = Moments.Of([.. place.Select(number => number.Value).Where(double.IsFinite)]);
            return (place.Key, mean, deviation);
        })]);

    /// <summary>A line through the means, over a band of one deviation.</summary>
    public IEnumerable<GenericChart> Drawn(string name, SeriesStyle style, bool markers = false)
    {
        if (Points.Count == 0) yield break;
        foreach (var stretch in Stretches()) yield return Band(stretch, name, style);
        var line = Draw.Line<double, double, string>(Points.Select(point => point.At).ToArray(), Points.Select(point => point.Mean).ToArray(),
            Name: HouseStyle.Plain(name), ShowMarkers: markers, LineColor: style.Colour, LineWidth: 2.0, LineDash: style.Dash);
        yield return markers ? line.WithMarkerStyle(Color: style.Colour, Symbol: style.Symbol, Size: 8) : line;
    }

    // A band ends where deviations do.
    private IEnumerable<(double At, double Mean, double Deviation)[]> Stretches()
    {
        var stretch = new List<(double At, double Mean, double Deviation)>();
        foreach (var point in Points)
        {
            if (double.IsFinite(point.Deviation))
            {
                stretch.Add(point);
                continue;
            }
            if (stretch.Count > 0) yield return [.. stretch];
            stretch.Clear();
        }
        if (stretch.Count > 0) yield return [.. stretch];
    }

    // One closed outline: along the upper edge and back along the lower one.
    private static GenericChart Band((double At, double Mean, double Deviation)[] stretch, string name, SeriesStyle style)
    {
        double[] places = [.. stretch.Select(point => point.At), .. stretch.Reverse().Select(point => point.At)];
        double[] edges = [.. stretch.Select(point => point.Mean + point.Deviation),
            .. stretch.Reverse().Select(point => point.Mean - point.Deviation)];
        return Draw.Line<double, double, string>(places, edges, Name: HouseStyle.Plain(name), ShowLegend: false, LineWidth: 0.0,
            Fill: StyleParam.Fill.ToSelf, FillColor: style.Band).With("hoverinfo", "skip");
    }
}
