using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>max(0, -y (x₁ - x₂) + margin) for y of 1 or -1: whether the first or the second input should be larger.</summary>
public sealed class MarginRankingLoss(double margin = 0.0, Reduction reduction = Reduction.Mean) : Loss<Tensor, Tensor, Tensor, Tensor>(reduction)
{
    public double margin { get; } = margin;

    public override Tensor forward(Tensor input1, Tensor input2, Tensor target) => functional.margin_ranking_loss(input1, input2, target, margin, reduction);
}

/// <summary>x where the target is 1, max(0, margin - x) where it is -1: x is a distance.</summary>
public sealed class HingeEmbeddingLoss(double margin = 0.0, Reduction reduction = Reduction.Mean) : Loss<Tensor, Tensor, Tensor>(reduction)
{
    public double margin { get; } = margin;

    public override Tensor forward(Tensor input, Tensor target) => functional.hinge_embedding_loss(input, target, margin, reduction);
}

/// <summary>log(1 + e^(-y x)) for y of 1 or -1.</summary>
public sealed class SoftMarginLoss(Reduction reduction = Reduction.Mean) : Loss<Tensor, Tensor, Tensor>(reduction)
{
    public override Tensor forward(Tensor input, Tensor target) => functional.soft_margin_loss(input, target, reduction);
}

/// <summary>Σᵢ max(0, margin - x[y] + x[i])ᵖ / C over the classes i other than y: scores [N, C], int64 classes [N].</summary>
public sealed class MultiMarginLoss(int p = 1, double margin = 1.0, Tensor? weight = null, Reduction reduction = Reduction.Mean)
    : WeightedLoss<Tensor, Tensor, Tensor>(weight, reduction)
{
    public int p { get; } = p;

    public double margin { get; } = margin;

    public override Tensor forward(Tensor input, Tensor target) => functional.multi_margin_loss(input, target, p, margin, weight, reduction);
}

/// <summary>Σ max(0, 1 - (x[y] - x[i])) / C over the classes y of the target and all others i: int64 classes [N, C], ended by -1.</summary>
public sealed class MultiLabelMarginLoss(Reduction reduction = Reduction.Mean) : Loss<Tensor, Tensor, Tensor>(reduction)
{
    public override Tensor forward(Tensor input, Tensor target) => functional.multi_label_margin_loss(input, target, reduction);
}

/// <summary>The mean over the classes of the binary cross entropy of logits [N, C] and labels of 0 and 1.</summary>
public sealed class MultiLabelSoftMarginLoss(Tensor? weight = null, Reduction reduction = Reduction.Mean) : WeightedLoss<Tensor, Tensor, Tensor>(weight, reduction)
{
    public override Tensor forward(Tensor input, Tensor target) => functional.multilabel_soft_margin_loss(input, target, weight, reduction);
}
