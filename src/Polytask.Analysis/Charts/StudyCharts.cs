using Plotly.NET;
using Plotly.NET.CSharp;
using Draw = Plotly.NET.CSharp.Chart;

namespace Polytask.Analysis;

/// <summary>A study's results and learning curves as charts.</summary>
public static class StudyCharts
{
    /// <summary>
    /// Bars of the mean over seeds on the test split, with the standard deviation as error bar (none for one seed). One result: a bar per variant.
    /// Several results: a group per result, a colour per variant.
    /// </summary>
    /// <param name="study">The results.</param>
    /// <param name="keys">"task/metric" keys, for example "income/auc"; at least one.</param>
    /// <exception cref="DataException">No key, or the study has no such result.</exception>
    public static GenericChart Chart(this StudyResult study, params string[] keys)
    {
        if (keys.Length == 0) throw new DataException($"a chart needs at least one result to show; the study has {string.Join(", ", study.Keys)}");
        var bars = study.Variants.Select((variant, index) =>
        {
            var means = keys.Select(key => study.Summary(variant, key).Mean).ToArray();
            var spreads = keys.Select(key => study.Summary(variant, key).Deviation).ToArray();
            var bar = Draw.Column<double, string, string>(means, Keys: keys.Length == 1 ? [variant] : keys, Name: variant,
                MarkerColor: HouseStyle.ColourAt(index));
            return spreads.Any(double.IsNaN) ? bar : bar.WithYErrorStyle<double, double>(Array: spreads, Thickness: 1.5, Width: 6.0);
        });
        var title = keys.Length == 1 ? Labelled(study, keys[0]) : "test result";
        return Draw.Combine(bars).WithLegend(keys.Length > 1).Styled(keys.Length == 1 ? "model" : "result", title);
    }

    /// <summary>
    /// A result against a quantity that differs from study to study (the correlation of the tasks, the number of experts): a line per variant
    /// through its means over seeds, the standard deviation as error bar (none for one seed).
    /// </summary>
    /// <param name="studies">The studies, each with its value of the quantity; all with the same variants.</param>
    /// <param name="quantity">What the quantity is, for the axis.</param>
    /// <param name="key">"task/metric", for example "first/mse".</param>
    /// <exception cref="DataException">No study, or one lacks a variant or the result.</exception>
    public static GenericChart Across(this IEnumerable<(double At, StudyResult Study)> studies, string quantity, string key)
    {
        var points = studies.OrderBy(study => study.At).ToArray();
        if (points.Length == 0) throw new DataException($"a chart across {quantity} needs at least one study");
        var at = points.Select(point => point.At).ToArray();
        var lines = points[0].Study.Variants.Select((variant, index) =>
        {
            var spreads = points.Select(point => point.Study.StandardDeviation(variant, key)).ToArray();
            var line = Draw.Line<double, double, string>(at, points.Select(point => point.Study.Mean(variant, key)).ToArray(),
                Name: variant, ShowMarkers: true, LineColor: HouseStyle.ColourAt(index), MarkerColor: HouseStyle.ColourAt(index), LineWidth: 2.0);
            return spreads.Any(double.IsNaN) ? line : line.WithYErrorStyle<double, double>(Array: spreads, Thickness: 1.5, Width: 6.0);
        });
        return Draw.Combine(lines).WithLegend(true).Styled(quantity, Labelled(points[0].Study, key));
    }

    /// <summary>
    /// Learning curves: per variant the mean over seeds of each epoch, with a band of one standard deviation around it where at least two seeds got
    /// that far (runs may stop early).
    /// </summary>
    /// <param name="study">The results.</param>
    /// <param name="key">"task/metric", for example "income/loss".</param>
    /// <param name="split">"validation" or "train" (training measures the loss alone).</param>
    /// <exception cref="DataException">No run measured that key on that split.</exception>
    public static GenericChart Curves(this StudyResult study, string key, string split = "validation")
    {
        var charts = new List<GenericChart>();
        foreach (var (variant, index) in study.Variants.Select((variant, index) => (variant, index)))
        {
            var curve = CurveOf(study.Runs.Where(run => run.Model.Name == variant), key, split);
            if (curve.Count == 0) continue;
            var banded = curve.Where(point => !double.IsNaN(point.Spread)).ToArray();
            if (banded.Length > 0) charts.Add(Band(banded, variant, index));
            charts.Add(Draw.Line<int, double, string>(curve.Select(point => point.Epoch).ToArray(), curve.Select(point => point.Mean).ToArray(),
                Name: variant, LineColor: HouseStyle.ColourAt(index), LineWidth: 2.0));
        }
        if (charts.Count == 0)
        {
            var measured = study.Runs.SelectMany(run => run.History).Where(row => row.Split == split).Select(row => row.Key).Distinct();
            throw new DataException($"no run measured '{key}' on the {split} split; measured there are {string.Join(", ", measured)}");
        }
        return Draw.Combine(charts).WithLegend(true).Styled("epoch", $"{key}, {split} split");
    }

    /// <summary>The mean and the standard deviation (n - 1) over runs of each epoch; the deviation is NaN where one run got that far.</summary>
    internal static IReadOnlyList<(int Epoch, double Mean, double Spread)> CurveOf(IEnumerable<Run> runs, string key, string split) =>
    [
        .. runs.SelectMany(run => run.History).Where(row => row.Key == key && row.Split == split)
        .GroupBy(row => row.Epoch).OrderBy(epoch => epoch.Key).Select(epoch =>
        {
            var values = epoch.Select(row => row.Value).ToArray();
            var mean = values.Average();
            var squares = values.Sum(value => (value - mean) * (value - mean));
            return (epoch.Key, mean, values.Length > 1 ? Math.Sqrt(squares / (values.Length - 1)) : double.NaN);
        }),
    ];

    // One closed outline: along the upper edge and back along the lower one.
    private static GenericChart Band(IReadOnlyList<(int Epoch, double Mean, double Spread)> curve, string variant, int index)
    {
        var epochs = curve.Select(point => point.Epoch).ToArray();
        double[] edges = [.. curve.Select(point => point.Mean + point.Spread), .. curve.Reverse().Select(point => point.Mean - point.Spread)];
        return Draw.Line<int, double, string>([.. epochs, .. epochs.Reverse()], edges, Name: variant, ShowLegend: false, LineWidth: 0.0,
            Fill: StyleParam.Fill.ToSelf, FillColor: HouseStyle.BandAt(index));
    }

    private static string Labelled(StudyResult study, string key) => $"{key} ({(study.HigherIsBetter(key) ? "higher" : "lower")} is better)";
}
