using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A few sums over rows, and a number computed from them.</summary>
/// <param name="perRow">(output, target) → what is summed, [rows, sums].</param>
/// <param name="finish">The weighted sums → the number.</param>
internal sealed class SumsState(Func<Tensor, Tensor, Tensor> perRow, Func<double[], MetricValue> finish) : MetricState
{
    private double[] sums = [];

    protected override void Take(Tensor output, Tensor target, Tensor? weights)
    {
        var numbers = perRow(output, target).to(ScalarType.Float64);
        Sums.Add(ref sums, (weights is null ? numbers : numbers * weights.unsqueeze(1)).sum(dim: 0));
    }

    protected override MetricValue Finish() => finish(sums);
}
