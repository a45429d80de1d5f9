using static TorchSharp.torch;

namespace Polytask;

/// <summary>A metric on its way through a split: it takes in batch after batch and knows the number of all rows it has seen.</summary>
/// <remarks>However the rows are cut into batches, the number is that of the whole split.</remarks>
public interface IMetricState : IDisposable
{
    /// <summary>Takes in some labelled rows, on any device; what it keeps of them it copies.</summary>
    /// <param name="output">What the head gives, [rows, ...].</param>
    /// <param name="target">What it should have given, [rows, ...].</param>
    /// <param name="weights">How much each row counts, float [rows]; null where all count the same.</param>
    /// <exception cref="DataException">The shapes are not those that the metric reads.</exception>
    void Add(Tensor output, Tensor target, Tensor? weights = null);

    /// <summary>The number of all rows taken in so far, or why there is none.</summary>
    MetricValue Value { get; }

    /// <summary>Lets go of what was kept; a state that keeps no tensors needs none of its own.</summary>
    void IDisposable.Dispose() { }
}
