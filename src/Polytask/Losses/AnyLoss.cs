using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// L = 1 - M(TP, FP, FN, TN), the confusion matrix of the decisions d = 1 / (1 + exp(-A (p - 1/2))), p = s(z), A the sharpness (Han, Moniz and
/// Chawla, KDD 2024, equations 5 to 9); d = p without sharpening.
/// </summary>
internal sealed record AnyLoss : Loss
{
    public AnyLoss(SoftMetric metric, double? sharpness)
    {
        if (sharpness is { } value && !(value > 0 && double.IsFinite(value)))
            throw new DeclarationException($"a sharpened decision needs a finite sharpness above 0 (null for none), but got {value}");
        (Metric, Sharpness) = (metric, sharpness);
    }

    public SoftMetric Metric { get; }

    public double? Sharpness { get; }

    public override string Name => $"any, {Metric.Name}, "
        + (Sharpness is { } sharpness ? $"sharpness {sharpness.ToString(CultureInfo.InvariantCulture)}" : "not sharpened");

    public override Tensor Mean(Tensor output, Tensor target, Tensor? weights = null)
    {
        var probabilities = output.sigmoid();
        var decisions = Sharpness is { } sharpness ? (sharpness * (probabilities - 0.5)).sigmoid() : probabilities;
        var rows = Pairs.Weights(output, weights);
        return (1 - Metric.Of(SoftConfusion.Of(decisions, target, rows))) * rows.sum().gt(0).to(output.dtype);
    }

    public override bool Fits(Head head) => head is BinaryHead;
}
