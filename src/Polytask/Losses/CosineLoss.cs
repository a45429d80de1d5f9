using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>l = 1 - z.y / (|z| |y|), over dimension 1; for maps the mean over the cells that have a label.</summary>
internal sealed record CosineLoss : RowLoss
{
    public override string Name => "cosine";

    public override Tensor PerRow(Tensor output, Tensor target)
    {
        var missing = target.isnan().any(1);
        var labels = target.masked_fill(target.isnan(), 0);
        // A zero vector has no direction: the bound keeps its gradient finite.
        var lengths = (output.square().sum(1) * labels.square().sum(1)).clamp(1e-16).sqrt();
        var losses = 1 - (output * labels).sum(1) / lengths;
        return losses.ndim == 1 ? losses : Cells.Mean(losses, missing.logical_not());
    }

    public override bool Fits(Head head) => head is NormalsHead || head is RegressHead { Outputs: > 1 };
}
