using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// l = -u y log s(z) - (1 - y) log(1 - s(z)), s the logistic function, z the logit, y the label 0 or 1, u the weight of positives; the mean over the
/// labels of a row where there are several.
/// </summary>
public sealed record BinaryCrossEntropyLoss : RowLoss
{
    internal BinaryCrossEntropyLoss(double positiveWeight) => PositiveWeight = positiveWeight > 0 && double.IsFinite(positiveWeight)
        ? positiveWeight
        : throw new DeclarationException($"the weight of positives is a finite number above 0, but got {positiveWeight}");

    /// <summary>What a positive label counts beside a negative one.</summary>
    public double PositiveWeight { get; }

    /// <inheritdoc/>
    public override string Name => PositiveWeight == 1
        ? "binary cross-entropy"
        : $"binary cross-entropy, positives x {PositiveWeight.ToString(CultureInfo.InvariantCulture)}";

    /// <inheritdoc/>
    public override Tensor PerRow(Tensor output, Tensor target) => Cells.OfValues(output, target, (logits, labels) =>
        nn.functional.binary_cross_entropy_with_logits(logits, labels, reduction: nn.Reduction.None,
            pos_weights: PositiveWeight == 1 ? null : full(1, PositiveWeight, dtype: logits.dtype, device: logits.device)));

    /// <inheritdoc/>
    public override bool Fits(Head head) => head is BinaryHead or MultiLabelHead or EdgesHead;
}
