using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Polytask;

/// <summary>
/// What a study measured on the test splits: a number per variant, seed, task and metric, at every point of the grid where there is one. Means and
/// the like are asked for at one point: <c>result.At(("experts", 8)).Mean("mmoe", "income/auc")</c>.
/// </summary>
public sealed class StudyResult
{
    // Per point of the grid, the study that it stands for.
    private readonly ImmutableArray<Study> points;

    internal StudyResult(Study study, IReadOnlyList<Run> runs)
        : this(study, [study], [.. runs.Select(run => new StudyCell(run.Model.Name, run.Seed, GridPoint.Empty, run))], []) { }

    internal StudyResult(Study study, ImmutableArray<Study> points, ImmutableArray<StudyCell> cells, IReadOnlyList<string> notes)
    {
        (this.points, Cells, Notes) = (points, cells, notes);
        Study = points.Length == 1 ? points[0] : study;
        Runs = [.. cells.Where(cell => cell.Run is not null).Select(cell => cell.Run!)];
    }

    /// <summary>The study; with a grid of one point, the study that this point stands for.</summary>
    public Study Study { get; }

    /// <summary>Every variant with every seed at every point of the grid, seed by seed: its run, or why there is none.</summary>
    public ImmutableArray<StudyCell> Cells { get; }

    /// <summary>All runs, seed by seed.</summary>
    public IReadOnlyList<Run> Runs { get; }

    /// <summary>The cells that have no run, with the reason.</summary>
    public IReadOnlyList<StudyFailure> Failures => [.. Cells.Where(cell => cell.Failure is not null).Select(cell => cell.Failure!)];

    /// <summary>What had to be said while the study ran: cells that could not be kept, files that were damaged, failures.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The points of the grid, the last axis changing fastest; one that is empty where there is no grid.</summary>
    public IReadOnlyList<GridPoint> Points => [.. points.Select(point => point.Point)];

    /// <summary>The names of the grid's axes.</summary>
    public IReadOnlyList<string> AxisNames => [.. points[0].Point.Values.Select(value => value.Axis)];

    /// <summary>All numbers as a long table, one per row.</summary>
    public IEnumerable<StudyRow> Rows => LongRows.Of(this);

    /// <summary>The names of the variants, in the order declared.</summary>
    public IReadOnlyList<string> Variants => [.. Study.Models.Select(model => model.Name)];

    /// <summary>The keys that can be asked for: "income/auc", "income/loss", ...</summary>
    public IReadOnlyList<string> Keys => [.. Runs.SelectMany(run => run.Keys).Distinct()];

    /// <summary>The values on an axis of the grid, in the order declared.</summary>
    /// <exception cref="DataException">There is no such axis.</exception>
    public IReadOnlyList<object> AxisValues(string axis)
    {
        if (AxisNames.Contains(axis)) return [.. points.Select(point => point.Point[axis]).Distinct()];
        throw new DataException(AxisNames.Count == 0
            ? $"the study has no axis '{axis}', for it has no grid; declare one with .Over(\"{axis}\", values, change)"
            : $"the study has no axis '{axis}'; it has {Names.Listed(AxisNames)}{Names.DidYouMean(axis, AxisNames)}");
    }

    /// <summary>The part of the grid where an axis has one of the given values: <c>result.Where("experts", 4, 8)</c>.</summary>
    /// <exception cref="DataException">There is no such axis or value.</exception>
    public StudyResult Where(string axis, params object[] values)
    {
        var there = AxisValues(axis);
        var known = string.Join(", ", there.Select(GridPoint.Text));
        if (values.FirstOrDefault(value => !there.Any(each => GridPoint.Same(each, value))) is { } unknown)
            throw new DataException($"axis '{axis}' has no value {GridPoint.Text(unknown)}; it has {known}");
        if (values.Length == 0) throw new DataException($"name at least one value of axis '{axis}': {known}");
        bool Chosen(GridPoint point) => values.Any(value => GridPoint.Same(point[axis], value));
        return new(Study.WithAxes(Study.Axes.Select(each => each.Name == axis ? each.Only(values) : each)),
            [.. points.Where(point => Chosen(point.Point))], [.. Cells.Where(cell => Chosen(cell.Point))], Notes);
    }

    /// <summary>One point of the grid: <c>result.At(("experts", 8), ("learning rate", 1e-3))</c>, an axis with one value need not be named.</summary>
    /// <exception cref="DataException">There is no such axis or value, or several points have these values.</exception>
    public StudyResult At(params (string Axis, object Value)[] point)
    {
        var at = point.Aggregate(this, (result, value) => result.Where(value.Axis, value.Value));
        at.RefuseGrid();
        return at;
    }

    /// <summary>The run of a variant and seed.</summary>
    /// <exception cref="DataException">There is none: no such variant or seed, or it failed.</exception>
    public Run Run(string variant, int seed)
    {
        RefuseGrid();
        var cell = Cells.FirstOrDefault(cell => cell.Variant == variant && cell.Seed == seed);
        return cell?.Run ?? throw new DataException(cell is not null
            ? $"there is no run of {cell.Failure}"
            : $"the study has no run of '{variant}' with seed {seed}; variants are {Names.Listed(Variants)}, "
                + $"seeds {string.Join(", ", Study.SeedList)}"
                + (Variants.Contains(variant) ? "" : Names.DidYouMean(variant, Variants)));
    }

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
    /// Whether something holds for these results; the numbers that <paramref name="predicate"/> reads become the claim's measured part. A claim that
    /// reads a cell which failed does not hold, and says which one it was.
    /// </summary>
    /// <param name="statement">What is claimed, for a reader.</param>
    /// <param name="predicate">Reads the results through what it is given and says whether the claim holds.</param>
    /// <param name="expected">What the measured numbers are held against; by default the predicate as written.</param>
    public Claim Claim(string statement, Func<RecordedResults, bool> predicate, [CallerArgumentExpression(nameof(predicate))] string expected = "")
    {
        var recorded = new RecordedResults(this);
        try
        {
            var holds = predicate(recorded);
            return new Claim(statement, holds, recorded.Read, Condition(expected), Study.SeedList.Length);
        }
        catch (NotMeasuredException missing)
        {
            return new Claim(statement, false, missing.Message, Condition(expected), Study.SeedList.Length);
        }
    }

    /// <summary>Whether a number of these results lies where it should.</summary>
    /// <param name="statement">What is claimed, for a reader.</param>
    /// <param name="finding">
    /// Reads the results and holds a number against a bound: <c>r => r.Ratio("mmoe", "shared bottom", "y/mse").AtMost(0.9)</c>.
    /// </param>
    public Claim Claim(string statement, Func<RecordedResults, Finding> finding)
    {
        var recorded = new RecordedResults(this);
        Finding found;
        try
        {
            found = finding(recorded);
        }
        catch (NotMeasuredException missing)
        {
            return new Claim(statement, false, missing.Message, "a number from every seed", Study.SeedList.Length);
        }
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

    /// <summary>Why numbers of a variant are not there; null where all are.</summary>
    internal string? Missing(string variant) =>
        Cells.Where(cell => cell.Variant == variant && cell.Failure is not null).Select(cell => $"not measured: {cell.Failure}").FirstOrDefault();

    /// <summary>Refuses questions that have an answer per point of the grid.</summary>
    /// <exception cref="DataException">There are several points.</exception>
    internal void RefuseGrid()
    {
        if (points.Length == 1) return;
        var open = AxisNames.Where(axis => points.Select(point => point.Point[axis]).Distinct().Count() > 1).ToArray();
        var example = string.Join(", ", open.Select(axis => $"(\"{axis}\", {GridPoint.Text(points[0].Point[axis])})"));
        throw new DataException($"the study has {points.Length} grid points over {Names.Listed(open)}, this is asked of one: result.At({example})");
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join("\n", points.SelectMany(point => point.Models.Select(model => model.Name), (point, variant) =>
    {
        var runs = Cells.Where(cell => cell.Point.Equals(point.Point) && cell.Variant == variant).Select(cell => cell.Run).OfType<Run>().ToArray();
        var means = runs.SelectMany(run => run.Keys).Distinct().Select(key =>
        {
            var tested = runs.Where(run => run.Keys.Contains(key)).Select(run => run.Tested(key)).ToArray();
            return tested.All(row => row.Undefined is null)
                ? string.Create(CultureInfo.InvariantCulture, $"{key} {tested.Average(row => row.Value):0.0000}") : $"{key} undefined";
        });
        return $"{variant}{(point.Point.Values.IsEmpty ? "" : $", {point.Point}")}: "
            + (runs.Length == 0 ? "no result" : string.Join(", ", means))
            + (runs.Length > 0 && runs.Length < Study.SeedList.Length ? $" ({runs.Length} of {Study.SeedList.Length} seeds)" : "");
    }));
}
