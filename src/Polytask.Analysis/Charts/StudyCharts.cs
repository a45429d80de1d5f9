using System.Globalization;
using Plotly.NET;
using Plotly.NET.CSharp;
using Draw = Plotly.NET.CSharp.Chart;

namespace Polytask.Analysis;

/// <summary>A study's results and learning curves as charts. A variant has one colour in all of them (<see cref="HouseStyle.Methods"/>).</summary>
public static class StudyCharts
{
    /// <summary>
    /// Bars of the mean over seeds on the test split, with the standard deviation as error bar (none for one seed). One result: a bar per variant.
    /// Several results: a group per result, a colour per variant. Seeds without a number are left out and said.
    /// </summary>
    /// <param name="study">The results.</param>
    /// <param name="keys">"task/metric" keys, for example "income/auc"; at least one.</param>
    /// <exception cref="DataException">No key, or the study has no such result.</exception>
    public static GenericChart Chart(this StudyResult study, params string[] keys)
    {
        if (keys.Length == 0) throw new DataException($"a chart needs at least one result to show; the study has {string.Join(", ", study.Keys)}");
        var bars = study.Variants.Select(variant =>
        {
            var results = keys.Select(key => study.Summary(variant, key)).ToArray();
            string[] places = keys.Length == 1 ? [HouseStyle.Plain(variant)] : [.. keys.Select(HouseStyle.Plain)];
            return Bars(variant, places, [.. results.Select(result => result.Mean)], [.. results.Select(result => result.Deviation)]);
        });
        var title = keys.Length == 1 ? Labelled(study, keys[0]) : "test result";
        var chart = Draw.Combine(bars).WithLegend(keys.Length > 1).Styled(keys.Length == 1 ? "model" : "result", title);
        var missing = keys.SelectMany(key => study.Variants.Where(variant => study.Has(variant, key)).Select(variant => (variant, key)))
            .Select(cell => (Cell: cell, study.Summary(cell.variant, cell.key).Seeds)).Where(cell => cell.Seeds < study.Study.SeedList.Length)
            .Select(cell => $"{cell.Cell.variant} {cell.Cell.key}: {cell.Seeds} of {study.Study.SeedList.Length} seeds").ToArray();
        return missing.Length == 0 ? chart : chart.Noted(string.Join("; ", missing));
    }

    /// <summary>
    /// The multi-task gain Delta_m over a baseline, most often the single-task models, in percent (<see cref="MultiTaskGain"/>): a bar per variant,
    /// the mean over seeds with its standard deviation. Above zero, sharing helped.
    /// </summary>
    /// <param name="study">The results.</param>
    /// <param name="baseline">The variant to compare with, seed by seed.</param>
    /// <param name="keys">A "task/metric" key per task; the first metric of each task by default.</param>
    /// <exception cref="DataException">The study has no such variant or result, or no other variant shares the baseline's tasks.</exception>
    public static GenericChart DeltaM(this StudyResult study, string baseline, params string[] keys)
    {
        study.Known(baseline);
        if (keys.Length == 0)
            keys = [.. study.Study.Models.First(model => model.Name == baseline).Tasks.Select(task => $"{task.Name}/{task.Head.Metrics[0].Name}")];
        var bars = study.Variants.Where(variant => variant != baseline && keys.All(key => study.Has(variant, key))).Select(variant =>
        {
            var (mean, deviation) = Moments.Of([.. study.Gains(variant, baseline, keys).Where(double.IsFinite)]);
            return Bars(variant, [HouseStyle.Plain(variant)], [mean], [deviation]);
        }).ToArray();
        if (bars.Length == 0) throw new DataException($"no variant but the baseline '{baseline}' has all of {Names.Listed(keys)}");
        return Draw.Combine(bars).WithLegend(false).Styled("model", $"Δm over {HouseStyle.Plain(baseline)} (%)")
            .WithYAxisStyle<double, double, string>(ZeroLine: true, ZeroLineColor: Color.fromHex(HouseStyle.AxisLine));
    }

    /// <summary>The multi-task gain of a variant over a baseline per seed, in percent; NaN for a seed that lacks a number.</summary>
    /// <param name="study">The results.</param>
    /// <param name="variant">The variant's name.</param>
    /// <param name="baseline">The variant to compare with.</param>
    /// <param name="keys">A "task/metric" key per task.</param>
    /// <exception cref="DataException">The study has no such variant or result, or no key is given.</exception>
    public static double[] Gains(this StudyResult study, string variant, string baseline, params string[] keys)
    {
        var columns = keys.Select(key =>
            (Values: study.PerSeed(variant, key), References: study.PerSeed(baseline, key), Higher: study.HigherIsBetter(key))).ToArray();
        return [.. study.Study.SeedList.Select((_, seed) =>
            MultiTaskGain.Of([.. columns.Select(column => (column.Values[seed], column.References[seed], column.Higher))]))];
    }

    /// <summary>
    /// A test result along an axis of the study's grid, a line per variant with error bars of one standard deviation over seeds. Other axes are closed
    /// before: <c>study.Where("learning rate", 1e-3).Across("experts", "income/auc")</c>.
    /// </summary>
    /// <param name="study">The results.</param>
    /// <param name="axis">The axis, whose values are numbers.</param>
    /// <param name="key">"income/auc" or the like.</param>
    /// <exception cref="DataException">There is no such axis or result, the axis has other values, or another axis is open.</exception>
    public static GenericChart Across(this StudyResult study, string axis, string key)
    {
        var values = study.AxisValues(axis);
        return values.FirstOrDefault(value => value is not (int or long or float or double)) is { } other
            ? throw new DataException($"a chart across '{axis}' needs numbers on that axis, but it has {GridPoint.Text(other)}; use study.Table()")
            : values.Select(value => (Convert.ToDouble(value, CultureInfo.InvariantCulture), study.At((axis, value)))).Across(axis, key);
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
        var lines = points[0].Study.Variants.Select(variant =>
        {
            var (results, style) = (points.Select(point => point.Study.Summary(variant, key)).ToArray(), HouseStyle.Methods.Of(variant));
            var line = Draw.Line<double, double, string>(at, results.Select(result => result.Mean).ToArray(), Name: HouseStyle.Plain(variant),
                ShowMarkers: true, MarkerSymbol: style.Symbol, MarkerColor: style.Colour,
                    LineColor: style.Colour, LineDash: style.Dash, LineWidth: 2.0)
                .WithMarkerStyle(Size: 8);
            return Erred(line, style.Colour, [.. results.Select(result => result.Deviation)]);
        });
        return Draw.Combine(lines).WithLegend(true).Styled(HouseStyle.Plain(quantity), Labelled(points[0].Study, key));
    }

    /// <summary>
    /// Learning curves: per variant the mean over seeds of each epoch, with a band of one standard deviation around it where at least two seeds got
    /// that far (runs may stop early).
    /// </summary>
    /// <param name="study">The results.</param>
    /// <param name="key">"task/metric", for example "income/loss".</param>
    /// <param name="split">"validation" or "train" (training measures the loss and its weight alone).</param>
    /// <exception cref="DataException">No run measured that key on that split.</exception>
    public static GenericChart Curves(this StudyResult study, string key, string split = "validation")
    {
        study.RefuseGrid();
        var charts = study.Variants.SelectMany(variant =>
            Curve.Of(study.Runs.Where(run => run.Model.Name == variant), key, split).Drawn(variant, HouseStyle.Methods.Of(variant))).ToArray();
        if (charts.Length > 0) return Curve.OverEpochs(charts, study.Runs, HouseStyle.Plain($"{key}, {split} split"));
        var measured = study.Runs.SelectMany(run => run.History).Where(row => row.Split == split).Select(row => row.Key).Distinct().ToArray();
        throw new DataException(
            $"no run measured '{key}' on the {split} split; measured there are {string.Join(", ", measured)}{Names.DidYouMean(key, measured)}");
    }

    internal static string Labelled(StudyResult study, string key) =>
        HouseStyle.Plain($"{key} ({(study.HigherIsBetter(key) ? "higher" : "lower")} is better)");

    private static GenericChart Bars(string variant, string[] places, double[] means, double[] deviations) =>
        Erred(Draw.Column<double, string, string>(means, Keys: places, Name: HouseStyle.Plain(variant),
            MarkerColor: HouseStyle.Methods.Of(variant).Colour,
            MarkerOutline: Line.init(Color: Color.fromHex(HouseStyle.AxisLine), Width: 0.8)),
            Color.fromHex(HouseStyle.Ink), deviations);

    private static GenericChart Erred(GenericChart chart, Color colour, double[] deviations) => deviations.Any(double.IsFinite)
        ? chart.WithYErrorStyle<double, double>(Array: deviations, Color: colour, Thickness: 1.5, Width: 5.0)
        : chart;
}
