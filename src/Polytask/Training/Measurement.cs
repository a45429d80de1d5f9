namespace Polytask;

/// <summary>One measured number of a run.</summary>
/// <param name="Epoch">The epoch it was measured after, from 1; for the test split the epoch whose weights were kept.</param>
/// <param name="Split">"train", "validation" or "test".</param>
/// <param name="Task">The task.</param>
/// <param name="Metric">
/// "loss", the metric's name, or, on the training split, "weight": the derivative of what was minimised with respect to the task's loss, the mean
/// over the steps of the epoch.
/// </param>
/// <param name="Value">The number.</param>
public sealed record Measurement(int Epoch, string Split, string Task, string Metric, double Value)
{
    /// <summary>"task/metric", the key by which results are asked for.</summary>
    public string Key => $"{Task}/{Metric}";
}
