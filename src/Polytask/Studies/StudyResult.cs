using System.Globalization;
using System.Runtime.CompilerServices;

namespace Polytask;

/// <summary>What a study measured on the test splits: a number per variant, seed, task and metric.</summary>
public sealed class StudyResult
{
    internal StudyResult(Study study, IReadOnlyList<Run> runs) => (Study, Runs) = (study, runs);

    /// <summary>The study.</summary>
    public Study Study { get; }

    /// <summary>All runs, seed by seed.</summary>
    public IReadOnlyList<Run> Runs { get; }

    /// <summary>The names of the variants, in the order declared.</summary>
    public IReadOnlyList<string> Variants => [.. Study.Models.Select(model => model.Name)];

    /// <summary>The keys that can be asked for: "income/auc", "income/loss", ...</summary>
    public IReadOnlyList<string> Keys => [.. Runs.SelectMany(run => run.Keys).Distinct()];

    /// <summary>The run of a variant and seed.</summary>
    public Run Run(string variant, int seed) => Runs.FirstOrDefault(run => run.Model.Name == variant && run.Seed == seed)
        ?? throw new DataException(
            $"the study has no run of '{variant}' with seed {seed}; variants are {Names.Listed(Variants)}, seeds {string.Join(", ", Study.SeedList)}"
            + (Variants.Contains(variant) ? "" : Names.DidYouMean(variant, Variants)));

    /// <summary>The test values of a variant, one per seed in the order of the seeds, so that two variants can be paired.</summary>
    /// <param name="variant">The model's name.</param>
    /// <param name="key">"task/metric", for example "income/auc".</param>
    /// <exception cref="DataException">There is no such variant, task or metric, or it is undefined for a seed.</exception>
    public IReadOnlyList<double> Values(string variant, string key) => [.. Study.SeedList.Select(seed => Run(variant, seed).Test(key))];

    /// <summary>The mean over seeds.</summary>
    public double Mean(string variant, string key) => Values(variant, key).Average();

    /// <summary>The standard deviation over seeds (n - 1 in the denominator); NaN for one seed.</summary>
    public double StandardDeviation(string variant, string key)
    {
        var values = Values(variant, key);
        var mean = values.Average();
        return values.Count > 1 ? Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1)) : double.NaN;
    }

    /// <summary>The mean over seeds of value(variant) / value(baseline), paired by seed.</summary>
    public double Ratio(string variant, string baseline, string key) =>
        Values(variant, key).Zip(Values(baseline, key), (value, reference) => value / reference).Average();

    /// <summary>Whether more of a result is better: what its metric says; a loss should be low.</summary>
    /// <param name="key">"task/metric".</param>
    public bool HigherIsBetter(string key) => Study.Models.SelectMany(model => model.Tasks)
        .SelectMany(task => task.Head.Metrics.Where(metric => $"{task.Name}/{metric.Name}" == key)).FirstOrDefault()?.HigherIsBetter ?? false;

    /// <summary>
    /// The multi-task gain Delta_m of a variant over a baseline, most often the single-task models, in percent: the mean over seeds of gains paired
    /// by seed, each the mean over tasks; of a task with several keys their mean counts (<see cref="MultiTaskGain"/>).
    /// </summary>
    /// <param name="variant">The variant's name.</param>
    /// <param name="baseline">The variant to compare with.</param>
    /// <param name="keys">"task/metric" keys; the first metric of each of the variant's tasks by default.</param>
    /// <exception cref="DataException">There is no such variant or result, it is undefined for a seed, or the baseline's value is 0.</exception>
    public double Gain(string variant, string baseline, params string[] keys)
    {
        if (keys.Length == 0)
            keys = [.. Run(variant, Study.SeedList[0]).Model.Tasks.Where(task => task.Head.Metrics.Count > 0)
                .Select(task => $"{task.Name}/{task.Head.Metrics[0].Name}")];
        if (keys.Length == 0) throw new DataException($"no task of '{variant}' has a metric; name keys: {Names.Listed(Keys)}");
        return keys.GroupBy(key => key[..key.LastIndexOf('/')]).Average(task => task.Average(key =>
            Values(variant, key).Zip(Values(baseline, key), (value, reference) => reference == 0
                ? throw new DataException($"'{key}' of '{baseline}' is 0 for a seed: there is no gain over it")
                : MultiTaskGain.Of((value, reference, HigherIsBetter(key)))).Average()));
    }

    /// <summary>The mean over seeds of a metric, then over the variant's tasks that have it.</summary>
    /// <exception cref="DataException">There is no such variant, or none of its tasks has that metric.</exception>
    public double MeanOverTasks(string variant, string metric)
    {
        var run = Run(variant, Study.SeedList[0]);
        var keys = run.Model.Tasks.Select(task => $"{task.Name}/{metric}").Where(run.Keys.Contains).ToArray();
        return keys.Length > 0
            ? keys.Average(key => Mean(variant, key))
            : throw new DataException($"no task of '{variant}' has the metric '{metric}'; its results are {Names.Listed(run.Keys)}");
    }

    /// <summary>
    /// Whether something holds for these results; the numbers that <paramref name="predicate"/> reads become the claim's measured part.
    /// </summary>
    /// <param name="statement">What is claimed, for a reader.</param>
    /// <param name="predicate">Reads the results through what it is given and says whether the claim holds.</param>
    /// <param name="expected">What the measured numbers are held against; by default the predicate as written.</param>
    public Claim Claim(string statement, Func<RecordedResults, bool> predicate, [CallerArgumentExpression(nameof(predicate))] string expected = "")
    {
        var recorded = new RecordedResults(this);
        var holds = predicate(recorded);
        return new Claim(statement, holds, recorded.Read, Condition(expected), Study.SeedList.Length);
    }

    /// <summary>Whether a number of these results lies where it should.</summary>
    /// <param name="statement">What is claimed, for a reader.</param>
    /// <param name="finding">
    /// Reads the results and holds a number against a bound: <c>r => r.Ratio("mmoe", "shared bottom", "y/mse").AtMost(0.9)</c>.
    /// </param>
    public Claim Claim(string statement, Func<RecordedResults, Finding> finding)
    {
        var recorded = new RecordedResults(this);
        var found = finding(recorded);
        // A number that was read is shown with its name; one that was computed from several is shown before them.
        var measured = recorded.Read.Length == 0 ? found.Measured
            : recorded.Read.EndsWith($" = {found.Measured}", StringComparison.Ordinal) ? recorded.Read
            : $"{found.Measured} ({recorded.Read})";
        return new Claim(statement, found.Holds, measured, found.Expected, Study.SeedList.Length);
    }

    // The predicate as written, on one line, without the head of the lambda.
    private static string Condition(string predicate)
    {
        var line = string.Join(' ', predicate.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var arrow = line.IndexOf("=> ", StringComparison.Ordinal);
        return arrow >= 0 ? line[(arrow + 3)..] : line;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join("\n", Variants.Select(variant => variant + ": " + string.Join(", ",
        Keys.Select(key => Study.SeedList.All(seed => Run(variant, seed).Tested(key).Undefined is null)
            ? string.Create(CultureInfo.InvariantCulture, $"{key} {Mean(variant, key):0.0000}") : $"{key} undefined"))));
}
