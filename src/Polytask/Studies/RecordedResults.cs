namespace Polytask;

/// <summary>A study's results that write down every number read from them, so that a claim can show what it was decided on.</summary>
public sealed class RecordedResults
{
    private readonly StudyResult results;
    private readonly List<string> read;

    internal RecordedResults(StudyResult results) : this(results, []) { }

    private RecordedResults(StudyResult results, List<string> read) => (this.results, this.read) = (results, read);

    internal string Read => string.Join("; ", read.Distinct());

    /// <summary>The results at a point of the grid; what is read there is written down too.</summary>
    public RecordedResults At(params (string Axis, object Value)[] point) => new(results.At(point), read);

    /// <inheritdoc cref="StudyResult.Mean"/>
    public double Mean(string variant, string key) => Noted($"{variant} {key}", () => results.Mean(variant, key), variant);

    /// <inheritdoc cref="StudyResult.StandardDeviation"/>
    public double StandardDeviation(string variant, string key) =>
        Noted($"sd of {variant} {key}", () => results.StandardDeviation(variant, key), variant);

    /// <inheritdoc cref="StudyResult.Ratio"/>
    public double Ratio(string variant, string baseline, string key) =>
        Noted($"{variant} / {baseline} {key}", () => results.Ratio(variant, baseline, key), variant, baseline);

    /// <inheritdoc cref="StudyResult.MeanOverTasks"/>
    public double MeanOverTasks(string variant, string metric) =>
        Noted($"{variant} {metric}, mean over tasks", () => results.MeanOverTasks(variant, metric), variant);

    /// <inheritdoc cref="StudyResult.Gain"/>
    public double Gain(string variant, string baseline, params string[] keys) =>
        Noted($"gain of {variant} over {baseline} in percent", () => results.Gain(variant, baseline, keys), variant, baseline);

    private double Noted(string what, Func<double> number, params string[] variants)
    {
        if (variants.Select(results.Missing).FirstOrDefault(missing => missing is not null) is { } missing) throw new NotMeasuredException(missing);
        var value = number();
        var place = results.Study.Point.Values.IsEmpty ? "" : $" at {results.Study.Point}";
        read.Add($"{what}{place} = {Findings.Text(value)}");
        return value;
    }
}

/// <summary>Ends the reading of a claim at a cell that failed.</summary>
internal sealed class NotMeasuredException(string message) : Exception(message);
