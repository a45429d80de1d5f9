using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>l = (z - y)^2, the mean over the outputs of a row where there are several.</summary>
public sealed record MeanSquaredErrorLoss : RowLoss
{
    internal MeanSquaredErrorLoss() { }

    /// <inheritdoc/>
    public override string Name => "mean squared error";

    /// <inheritdoc/>
    public override Tensor PerRow(Tensor output, Tensor target) =>
        Cells.OfValues(output, target, (values, labels) => nn.functional.mse_loss(values, labels, nn.Reduction.None));

    /// <inheritdoc/>
    public override bool Fits(Head head) => head is RegressHead or DepthHead or NormalsHead;
}
