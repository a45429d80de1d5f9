using System.Globalization;

namespace Polytask.Analysis;

/// <summary>A study's results as a table to read.</summary>
public static class StudyTables
{
    /// <summary>
    /// A row per variant and a column per result, "mean ± standard deviation" over the seeds (n - 1 in the denominator; the mean alone for one seed)
    /// with as many digits as the deviations bear, the best mean of each column marked, and the number of parameters. "(4 of 5)" behind a result says
    /// that the other seeds have no number; it is never marked as the best. A study over a grid has these rows per point, with a column per axis.
    /// "undefined" stands where a metric is not defined on the test splits, and why is said below the table.
    /// </summary>
    /// <param name="study">The results.</param>
    /// <param name="keys">"task/metric" keys to show, in that order; all metrics without the losses by default.</param>
    /// <exception cref="DataException">The study has no such result.</exception>
    public static TableView Table(this StudyResult study, params string[] keys) => Made(study, keys, null);

    /// <summary>
    /// The same, with a test of every variant against a baseline: the p-value over seeds, corrected by Holm's method for all comparisons of the
    /// table, and Hedges' g of the paired differences (see <see cref="PairedComparison"/>).
    /// </summary>
    /// <param name="study">The results.</param>
    /// <param name="baseline">The variant to hold the others against: <c>study.Table(baseline: "shared bottom")</c>.</param>
    /// <param name="keys">"task/metric" keys to show, in that order; all metrics without the losses by default.</param>
    /// <exception cref="DataException">The study has no such variant or result.</exception>
    public static TableView Table(this StudyResult study, Baseline baseline, params string[] keys)
    {
        study.RefuseGrid();
        study.Known(baseline.Variant);
        return Made(study, keys, baseline);
    }

    /// <summary>A variant against a baseline on one result, paired by seed; p-values of several such comparisons are not corrected.</summary>
    /// <param name="study">The results.</param>
    /// <param name="variant">The variant's name.</param>
    /// <param name="baseline">What it is held against.</param>
    /// <param name="key">"task/metric".</param>
    /// <exception cref="DataException">The study has no such variant or result.</exception>
    public static PairedComparison Compare(this StudyResult study, string variant, Baseline baseline, string key) =>
        PairedComparison.Of(study.PerSeed(variant, key), study.PerSeed(baseline.Variant, key), study.HigherIsBetter(key), baseline.Test);

    private static TableView Made(StudyResult study, string[] keys, Baseline? baseline)
    {
        var shown = study.Points.Select(point => study.At([.. point.Values]))
            .SelectMany(at => at.Variants, (at, variant) => (At: at, Variant: variant)).ToArray();
        var columns = (keys.Length > 0 ? keys : study.Metrics()).Select(key => new Column(study, shown, key)).ToArray();
        var others = study.Variants.Where(variant => variant != baseline?.Variant).ToArray();
        var compared = baseline is null ? [] : columns
            .SelectMany(column => others.Select(variant =>
                (column.Key, Variant: variant, Result: study.Compare(variant, baseline, column.Key)))).ToArray();
        var corrected = HolmCorrection.Adjusted([.. compared.Select(comparison => comparison.Result.PValue)]);
        var tests = compared.Select((comparison, i) => (comparison.Key, comparison.Variant, Text: Tested(comparison.Result, corrected[i])))
            .ToDictionary(test => (test.Key, test.Variant), test => test.Text);

        string[] headings = [.. study.AxisNames, "variant", .. columns.SelectMany(column => baseline is null
            ? (IEnumerable<string>)[column.Heading] : [column.Heading, $"against {baseline.Variant}"]), "parameters"];
        var rows = shown.Select((each, row) => (IReadOnlyList<TableCell>)
        [
            .. each.At.Study.Point.Values.Select(value => (TableCell)GridPoint.Text(value.Value)),
            each.Variant,
            .. columns.SelectMany(column => baseline is null
                ? (IEnumerable<TableCell>)[column.Cell(row)]
                : [column.Cell(row), tests.GetValueOrDefault((column.Key, each.Variant), each.Variant == baseline.Variant ? "baseline" : "–")]),
            Parameters(each.At, each.Variant),
        ]);
        var notes = new List<string> { Reading(study, columns) };
        if (study.Failures.Count > 0)
            notes.Add($"Without a result: {string.Join("; ", study.Failures.Take(3))}"
                + $"{(study.Failures.Count > 3 ? $" and {study.Failures.Count - 3} more" : "")}.");
        if (baseline is not null) notes.Add(Testing(study, baseline, [.. compared.Select(comparison => comparison.Result)]));
        return new TableView(study.Study.Data.Name, headings, rows, string.Join(" ", notes));
    }

    // A model that failed with every seed may be one that cannot be built.
    private static string Parameters(StudyResult at, string variant)
    {
        var cells = at.Cells.Where(cell => cell.Variant == variant).ToArray();
        return cells.Length > 0 && cells.All(cell => cell.Failure is not null) ? "–"
            : at.Study.Models.First(model => model.Name == variant).ParameterCount.ToString("N0", CultureInfo.InvariantCulture);
    }

    private static string Tested(PairedComparison comparison, double corrected)
    {
        if (double.IsNaN(corrected)) return "–";
        var p = corrected < 0.001 ? "p < 0.001" : string.Create(CultureInfo.InvariantCulture, $"p = {corrected:0.000}");
        return double.IsNaN(comparison.Effect) ? p : string.Create(CultureInfo.InvariantCulture, $"{p}, g = {comparison.Effect:+0.00;-0.00;0.00}");
    }

    private static string Reading(StudyResult study, Column[] columns)
    {
        var seeds = study.Study.SeedList.Length;
        var partial = columns.Any(column => column.IsPartial)
            ? $" (k of {seeds}): the other seeds have no number, and the cell is never marked as the best." : "";
        return (seeds == 1 ? "One seed." : $"Mean ± standard deviation over {seeds} seeds.")
            + " ↑ higher is better, ↓ lower is better; the best of a column stands out." + partial
            + string.Concat(columns.SelectMany(column => column.Undefined).Distinct().Select(why => $" Undefined: {why}."));
    }

    private static string Testing(StudyResult study, Baseline baseline, PairedComparison[] compared)
    {
        var (test, seeds) = (baseline.Test, study.Study.SeedList.Length);
        var made = compared.Count(comparison => !double.IsNaN(comparison.PValue));
        var text = $"Against '{baseline.Variant}': {test.Name} over seeds, two-sided, p corrected by Holm's method for {made} "
            + $"{(made == 1 ? "comparison" : "comparisons")}; g: Hedges' g of the paired differences, positive where better.";
        if (seeds < 2) return $"{text} One seed allows no test: add .Seeds(5) or more.";
        if (made < compared.Length) text += " –: no test, because fewer than two seeds have both numbers or all differences are equal.";
        if (made > 0 && test.SmallestPValue(seeds) * made > 0.05)
            text += string.Create(CultureInfo.InvariantCulture,
                $" With {seeds} seeds this test gives no p below {test.SmallestPValue(seeds) * made:0.###} here, whatever the data: use more seeds.");
        else if (seeds < 5) text += $" {seeds} seeds are few: only a difference far above the spread between seeds can be seen.";
        return text;
    }

    /// <summary>One result of all variants.</summary>
    private sealed class Column
    {
        private readonly (double Mean, double Deviation, int Seeds)[] results;
        private readonly bool[] declared;
        private readonly string?[] undefined;
        private readonly int seeds;
        private readonly Precision precision;
        private readonly double best;

        public Column(StudyResult study, (StudyResult At, string Variant)[] rows, string key)
        {
            study.KnownResult(key);
            (Key, seeds) = (key, study.Study.SeedList.Length);
            results = [.. rows.Select(row => row.At.Summary(row.Variant, key))];
            // A variant that has no such task shows a dash; one that should have a number and has none says so.
            declared = [.. rows.Select(row => row.At.Has(row.Variant, key))];
            undefined = [.. rows.Select(row => row.At.WhyUndefined(row.Variant, key))];
            precision = Precision.Of(results.Select(result => result.Mean), results.Select(result => result.Deviation));
            var higher = study.HigherIsBetter(key);
            Heading = $"{key} {(higher ? "↑" : "↓")}{precision.Heading}";
            var whole = results.Where(result => result.Seeds == seeds).Select(result => result.Mean).ToArray();
            best = whole.Length == 0 || results.Length == 1 ? double.NaN : higher ? whole.Max() : whole.Min();
        }

        public string Key { get; }

        public string Heading { get; }

        public IEnumerable<string> Undefined => undefined.OfType<string>().Select(why => $"{Key} on the test split, {why}");

        public bool IsPartial => results.Where((_, row) => declared[row]).Any(result => result.Seeds < seeds);

        public TableCell Cell(int row)
        {
            var (mean, deviation, counted) = results[row];
            if (!declared[row]) return "–";
            var share = counted == seeds ? "" : $" ({counted} of {seeds})";
            if (counted == 0) return undefined[row] is null ? $"–{share}" : "undefined";
            var text = precision.Text(mean) + (double.IsNaN(deviation) ? "" : $" ± {precision.Text(deviation)}");
            return new(text + share, counted == seeds && mean == best);
        }
    }
}
