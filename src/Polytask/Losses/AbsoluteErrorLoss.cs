using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>l = |z - y|, the mean over the outputs of a row where there are several.</summary>
internal sealed record AbsoluteErrorLoss : RowLoss
{
    public override string Name => "absolute error";

    public override Tensor PerRow(Tensor output, Tensor target) =>
        Cells.OfValues(output, target, (values, labels) => nn.functional.l1_loss(values, labels, nn.Reduction.None));

    public override bool Fits(Head head) => head is RegressHead or DepthHead or NormalsHead;
}
