using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// l = -sum_c q_c log p_c, p = softmax(logits), q = (1 - a) onehot(target) + a / C with a the label smoothing (Szegedy et al., CVPR 2016, section 7).
/// </summary>
public sealed record CrossEntropyLoss : RowLoss
{
    internal CrossEntropyLoss(double labelSmoothing) => LabelSmoothing = labelSmoothing is >= 0 and <= 1
        ? labelSmoothing
        : throw new DeclarationException($"label smoothing is a share from 0 to 1, but got {labelSmoothing}");

    /// <summary>The share of the target spread evenly over all classes.</summary>
    public double LabelSmoothing { get; }

    /// <inheritdoc/>
    public override string Name =>
        LabelSmoothing == 0 ? "cross-entropy" : $"cross-entropy, smoothing {LabelSmoothing.ToString(CultureInfo.InvariantCulture)}";

    /// <inheritdoc/>
    public override Tensor PerRow(Tensor output, Tensor target) =>
        nn.functional.cross_entropy(output, target, reduction: nn.Reduction.None, label_smoothing: LabelSmoothing);

    /// <inheritdoc/>
    public override bool Fits(Head head) => head is ClassifyHead;
}
