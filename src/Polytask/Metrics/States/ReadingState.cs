using static TorchSharp.torch;

namespace Polytask;

/// <summary>See <see cref="Metric.Reading"/>.</summary>
internal sealed class ReadingState(IMetricState state, Func<Tensor, Tensor>? output, Func<Tensor, Tensor>? target) : IMetricState
{
    public void Add(Tensor given, Tensor expected, Tensor? weights = null)
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        state.Add(output?.Invoke(given) ?? given, target?.Invoke(expected) ?? expected, weights);
    }

    public MetricValue Value => state.Value;

    public void Dispose() => state.Dispose();
}
