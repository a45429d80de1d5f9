using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A loss that gives every row a number of its own, whatever the other rows are: L = sum_i w_i l_i / sum_i w_i.</summary>
public abstract record RowLoss : Loss
{
    /// <summary>The loss of each row, float [rows], finite too where a missing label was filled with 0.</summary>
    /// <param name="output">What the task's head gives, [rows, ...].</param>
    /// <param name="target">The task's target, [rows, ...].</param>
    public abstract Tensor PerRow(Tensor output, Tensor target);

    /// <inheritdoc/>
    public sealed override Tensor Mean(Tensor output, Tensor target, Tensor? weights = null) => WeightedMean(PerRow(output, target), weights);

    internal sealed override double Value(Tensor output, Tensor target)
    {
        using var scope = NewDisposeScope();
        return PerRow(output, target).to(ScalarType.Float64).mean().item<double>();
    }
}
