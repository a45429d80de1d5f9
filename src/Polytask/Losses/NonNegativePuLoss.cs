using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// L = pi E_P[s(-z)] + max(0, E_U[s(z)] - pi E_P[s(z)]), P the rows labelled 1 (positive), U those labelled 0 (unlabelled), pi the share of positives
/// among all, s the logistic function (Kiryo et al., NIPS 2017, equation 6 with the sigmoid loss).
/// </summary>
internal sealed record NonNegativePuLoss : Loss
{
    public NonNegativePuLoss(double prior) => Prior = prior is > 0 and < 1
        ? prior
        : throw new DeclarationException($"the share of positives lies between 0 and 1, but got {prior}");

    public double Prior { get; }

    public override string Name => $"non-negative pu, prior {Prior.ToString(CultureInfo.InvariantCulture)}";

    public override Tensor Mean(Tensor output, Tensor target, Tensor? weights = null)
    {
        var rows = Pairs.Weights(output, weights);
        var (positive, unlabelled) = (rows * target, rows * (1 - target));
        var (risk, wrong) = (output.sigmoid(), output.neg().sigmoid());              // of calling a row positive's contrary, and positive
        var negative = Pairs.Mean(risk, unlabelled) - Prior * Pairs.Mean(risk, positive);
        return Prior * Pairs.Mean(wrong, positive) + negative.clamp(min: 0);
    }

    public override bool Fits(Head head) => head is BinaryHead;
}
