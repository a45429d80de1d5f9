using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// l = (1 - p_t)^gamma * (-log p_t), p_t the probability given to the true label (Lin et al., ICCV 2017, equation 4, without the class weight); the
/// mean over the labelled cells of a row where there are several.
/// </summary>
public sealed record FocalLoss : RowLoss
{
    internal FocalLoss(double gamma) => Gamma = gamma >= 0 && double.IsFinite(gamma)
        ? gamma
        : throw new DeclarationException($"focal loss needs a finite gamma of at least 0, but got {gamma}");

    /// <summary>How strongly rows that are already right are played down.</summary>
    public double Gamma { get; }

    /// <inheritdoc/>
    public override string Name => $"focal, gamma {Gamma.ToString(CultureInfo.InvariantCulture)}";

    /// <inheritdoc/>
    public override Tensor PerRow(Tensor output, Tensor target) => output.ndim == target.ndim
        ? Cells.OfValues(output, target, (logits, labels) =>
            Focused(nn.functional.binary_cross_entropy_with_logits(logits, labels, reduction: nn.Reduction.None)))
        : Cells.OfClasses(output, target, (logits, labels) => Focused(nn.functional.cross_entropy(logits, labels, reduction: nn.Reduction.None)));

    // -log p_t is the cross-entropy itself, so 1 - p_t needs no second softmax; expm1 keeps it exact where p_t is close to 1.
    // Where a row is right beyond float's precision, 1 - p_t is 0 and, for a gamma below 1, the slope of its power infinite: the bound keeps
    // 0 * infinity out.
    private Tensor Focused(Tensor entropy) => entropy * entropy.neg().expm1().neg().clamp(1e-30).pow(Gamma);

    /// <inheritdoc/>
    public override bool Fits(Head head) => head is ClassifyHead or BinaryHead or SegmentHead or TagHead or MultiLabelHead or EdgesHead;
}
