using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// l = (log v + (y - m)^2 / v + log 2 pi) / 2, m the mean and log v the log variance that the head gives; the mean over the outputs of a row (Nix and
/// Weigend, ICNN 1994).
/// </summary>
internal sealed record GaussianLikelihoodLoss : RowLoss
{
    public override string Name => "Gaussian likelihood";

    public override Tensor PerRow(Tensor output, Tensor target)
    {
        var last = output.ndim - 1;
        var (mean, logVariance) = (output.select(last, 0), output.select(last, 1));
        return Cells.OfValues(mean, target, (means, labels) =>
            0.5 * (logVariance + (labels - means).square() * logVariance.neg().exp() + Math.Log(2 * Math.PI)));
    }

    public override bool Fits(Head head) => head is GaussianHead;
}
