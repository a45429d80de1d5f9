using System.Globalization;

namespace Polytask.Analysis;

/// <summary>A study's results as a table to read.</summary>
public static class StudyTables
{
    /// <summary>
    /// A row per variant and a column per result, "mean ± standard deviation" over the seeds (n - 1 in the denominator; the mean alone for one seed),
    /// the best mean of each column marked, and the number of parameters.
    /// </summary>
    /// <param name="study">The results.</param>
    /// <param name="keys">"task/metric" keys to show, in that order; all metrics without the losses by default.</param>
    /// <exception cref="DataException">The study has no such key.</exception>
    public static TableView Table(this StudyResult study, params string[] keys)
    {
        var columns = (keys.Length > 0 ? keys : [.. study.Keys.Where(key => !key.EndsWith("/loss", StringComparison.Ordinal))])
            .Select(key => (
                Key: key,
                Higher: study.HigherIsBetter(key),
                Results: study.Variants.Select(variant => (study.MeanOrNone(variant, key), study.SpreadOrNone(variant, key))).ToArray()))
            .ToArray();
        var rows = study.Variants.Select((variant, row) => (IReadOnlyList<TableCell>)
        [
            variant,
            .. columns.Select(column => Cell(column.Results, row, column.Higher)),
            study.Study.Models.First(model => model.Name == variant).ParameterCount.ToString("N0", CultureInfo.InvariantCulture),
        ]);
        var seeds = study.Study.SeedList.Length;
        string[] headings = ["variant", .. columns.Select(column => $"{column.Key} {(column.Higher ? "↑" : "↓")}"), "parameters"];
        return new TableView(study.Study.Data.Name, headings, rows,
            (seeds == 1 ? "One seed." : $"Mean ± standard deviation over {seeds} seeds.")
            + " ↑ higher is better, ↓ lower is better; the best of a column stands out.");
    }

    /// <summary>Whether more of a result is better: what its metric says; a loss should be low.</summary>
    internal static bool HigherIsBetter(this StudyResult study, string key) => study.Study.Models.SelectMany(model => model.Tasks)
        .SelectMany(task => task.Head.Metrics.Where(metric => $"{task.Name}/{metric.Name}" == key)).FirstOrDefault()?.HigherIsBetter ?? false;

    // A variant without the task has no such result; a key that no variant has is an error.
    internal static double MeanOrNone(this StudyResult study, string variant, string key) =>
        study.Has(variant, key) ? study.Mean(variant, key) : double.NaN;

    internal static double SpreadOrNone(this StudyResult study, string variant, string key) =>
        study.Has(variant, key) ? study.StandardDeviation(variant, key) : double.NaN;

    private static bool Has(this StudyResult study, string variant, string key) =>
        !study.Keys.Contains(key) || study.Run(variant, study.Study.SeedList[0]).Keys.Contains(key);

    private static TableCell Cell((double Mean, double Spread)[] column, int row, bool higher)
    {
        var means = column.Select(result => result.Mean).Where(mean => !double.IsNaN(mean)).ToArray();
        var (mean, spread) = column[row];
        if (double.IsNaN(mean)) return "–";
        var digits = means.Max(Math.Abs) switch { >= 1000 => 0, >= 100 => 1, >= 10 => 2, >= 1 => 3, _ => 4 };
        string Text(double value) => value.ToString($"F{digits}", CultureInfo.InvariantCulture);
        var best = column.Length > 1 && mean == (higher ? means.Max() : means.Min());
        return new(double.IsNaN(spread) ? Text(mean) : $"{Text(mean)} ± {Text(spread)}", best);
    }
}
