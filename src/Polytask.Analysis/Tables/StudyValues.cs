namespace Polytask.Analysis;

/// <summary>What a study measured, seed by seed, where a cell may be missing: a variant without the task, a seed that failed, a metric that is
/// not defined.</summary>
internal static class StudyValues
{
    /// <summary>The test values of a variant in the order of the seeds, NaN where there is none.</summary>
    /// <exception cref="DataException">The study has no such variant, or no run of any variant has the result.</exception>
    public static double[] PerSeed(this StudyResult study, string variant, string key)
    {
        study.RefuseGrid();
        study.Known(variant);
        // At a point of a grid where every run failed there is no key at all.
        if (study.Runs.Count > 0) study.KnownResult(key);
        return [.. study.Study.SeedList.Select(seed => study.Runs.FirstOrDefault(run => run.Model.Name == variant && run.Seed == seed)?
            .History.LastOrDefault(row => row.Split == "test" && row.Key == key)?.Value ?? double.NaN)];
    }

    /// <summary>Why the result is not defined on the test split of some seed; null where it always is, or was not measured.</summary>
    public static string? WhyUndefined(this StudyResult study, string variant, string key) => study.Runs.Where(run => run.Model.Name == variant)
        .SelectMany(run => run.History).LastOrDefault(row => row.Split == "test" && row.Key == key && row.Undefined is not null)?.Undefined;

    /// <summary>Mean and deviation over the seeds that have a finite number, and how many these are.</summary>
    public static (double Mean, double Deviation, int Seeds) Summary(this StudyResult study, string variant, string key)
    {
        double[] values = [.. study.PerSeed(variant, key).Where(double.IsFinite)];
        var (mean, deviation) = Moments.Of(values);
        return (mean, deviation, values.Length);
    }

    /// <summary>Whether the variant has the result's task.</summary>
    public static bool Has(this StudyResult study, string variant, string key) => study.Study.Models.First(model => model.Name == variant).Tasks
        .Any(task => key.StartsWith($"{task.Name}/", StringComparison.Ordinal));

    /// <summary>The results that tables show unless told otherwise: all without the losses.</summary>
    public static string[] Metrics(this StudyResult study) => [.. study.Keys.Where(key => !key.EndsWith("/loss", StringComparison.Ordinal))];

    /// <summary>The name, if there is such a variant.</summary>
    public static string Known(this StudyResult study, string variant) => study.Variants.Contains(variant) ? variant : throw new DataException(
        $"the study has no variant '{variant}'; it has {Names.Listed(study.Variants)}{Names.DidYouMean(variant, study.Variants)}");

    /// <summary>The key, if some variant has that result.</summary>
    public static string KnownResult(this StudyResult study, string key) => study.Keys.Contains(key) ? key : throw new DataException(
        $"the study has no '{key}'; it has {Names.Listed(study.Keys)}{Names.DidYouMean(key, study.Keys)}");
}
