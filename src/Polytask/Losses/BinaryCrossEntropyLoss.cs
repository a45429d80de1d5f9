using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>l = -y log s(z) - (1 - y) log(1 - s(z)), s the logistic function, z the logit, y the label 0 or 1.</summary>
public sealed record BinaryCrossEntropyLoss : RowLoss
{
    internal BinaryCrossEntropyLoss() { }

    /// <inheritdoc/>
    public override string Name => "binary cross-entropy";

    /// <inheritdoc/>
    public override Tensor PerRow(Tensor output, Tensor target) =>
        nn.functional.binary_cross_entropy_with_logits(output, target, reduction: nn.Reduction.None);

    /// <inheritdoc/>
    public override bool Fits(Head head) => head is BinaryHead;
}
