namespace Polytask;

/// <summary>A study's results that write down every number read from them, so that a claim can show what it was decided on.</summary>
public sealed class RecordedResults
{
    private readonly StudyResult results;
    private readonly List<string> read = [];

    internal RecordedResults(StudyResult results) => this.results = results;

    internal string Read => string.Join("; ", read.Distinct());

    /// <inheritdoc cref="StudyResult.Mean"/>
    public double Mean(string variant, string key) => Noted($"{variant} {key}", results.Mean(variant, key));

    /// <inheritdoc cref="StudyResult.StandardDeviation"/>
    public double StandardDeviation(string variant, string key) => Noted($"sd of {variant} {key}", results.StandardDeviation(variant, key));

    /// <inheritdoc cref="StudyResult.Ratio"/>
    public double Ratio(string variant, string baseline, string key) => Noted($"{variant} / {baseline} {key}", results.Ratio(variant, baseline, key));

    /// <inheritdoc cref="StudyResult.MeanOverTasks"/>
    public double MeanOverTasks(string variant, string metric) =>
        Noted($"{variant} {metric}, mean over tasks", results.MeanOverTasks(variant, metric));

    /// <inheritdoc cref="StudyResult.Gain"/>
    public double Gain(string variant, string baseline, params string[] keys) =>
        Noted($"gain of {variant} over {baseline} in percent", results.Gain(variant, baseline, keys));

    private double Noted(string what, double value)
    {
        read.Add($"{what} = {Findings.Text(value)}");
        return value;
    }
}
