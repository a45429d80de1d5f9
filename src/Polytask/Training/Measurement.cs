namespace Polytask;

/// <summary>One measured number of a run.</summary>
/// <param name="Epoch">The epoch it was measured after, from 1; for the test split the epoch whose weights were kept.</param>
/// <param name="Split">"train", "validation", "test", or "probe" for what a plan's probes measured.</param>
/// <param name="Task">The task; empty for a probe's value of the whole model.</param>
/// <param name="Metric">
/// "loss", the metric's name, or, on the training split, "weight": the derivative of what was minimised with respect to the task's loss, the mean
/// over the steps of the epoch.
/// </param>
/// <param name="Value">The number; NaN where the metric is not defined on the split.</param>
/// <param name="Undefined">Why the metric is not defined on the split, as in "only one class occurs"; null where it is.</param>
public sealed record Measurement(int Epoch, string Split, string Task, string Metric, double Value, string? Undefined = null)
{
    /// <summary>"task/metric", the key by which results are asked for; the metric alone where it is of no task.</summary>
    public string Key => Task.Length == 0 ? Metric : $"{Task}/{Metric}";
}
