using System.Collections.Immutable;
using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// l = -w_y sum_c q_c log p_c, p = softmax(logits), q = (1 - a) onehot(y) + a / C with a the label smoothing (Szegedy et al., CVPR 2016, section 7),
/// w the class weights; the mean over the labelled cells of a row where there are several (pixels, tokens).
/// </summary>
public sealed record CrossEntropyLoss : RowLoss
{
    internal CrossEntropyLoss(double labelSmoothing, IEnumerable<double>? classWeights)
    {
        LabelSmoothing = labelSmoothing is >= 0 and <= 1
            ? labelSmoothing
            : throw new DeclarationException($"label smoothing is a share from 0 to 1, but got {labelSmoothing}");
        ClassWeights = [.. classWeights ?? []];
        foreach (var weight in ClassWeights)
            if (!(weight >= 0 && double.IsFinite(weight)))
                throw new DeclarationException($"a class weight is a finite number of at least 0, but got {weight}");
    }

    /// <summary>The share of the target spread evenly over all classes.</summary>
    public double LabelSmoothing { get; }

    /// <summary>What a row of each class counts; empty where all count 1.</summary>
    public ImmutableArray<double> ClassWeights { get; }

    /// <inheritdoc/>
    public override string Name => (ClassWeights.IsEmpty ? "cross-entropy" : "class-weighted cross-entropy")
        + (LabelSmoothing == 0 ? "" : $", smoothing {LabelSmoothing.ToString(CultureInfo.InvariantCulture)}");

    /// <inheritdoc/>
    public override Tensor PerRow(Tensor output, Tensor target) => Cells.OfClasses(output, target, (logits, labels) =>
    {
        var entropy = nn.functional.cross_entropy(logits, labels, reduction: nn.Reduction.None, label_smoothing: LabelSmoothing);
        if (ClassWeights.IsEmpty) return entropy;
        var weights = tensor([.. ClassWeights], dtype: logits.dtype, device: logits.device);
        return entropy * weights.index_select(0, labels.flatten()).reshape(labels.shape);
    });

    /// <inheritdoc/>
    public override bool Fits(Head head) => head is ClassifyHead or OrdinalSoftmaxHead or SegmentHead or TagHead
        && (ClassWeights.IsEmpty || ClassWeights.Length == head.Outputs);
}
