using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// l = exp(z) - y z + log y!, z the log of the rate: the negative log-likelihood of a count y (Poisson regression with a log link).
/// </summary>
internal sealed record PoissonLoss : RowLoss
{
    public override string Name => "Poisson likelihood";

    public override Tensor PerRow(Tensor output, Tensor target) => output.exp() - target * output + (target + 1).lgamma();

    public override bool Fits(Head head) => head is CountHead;
}
