using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

public sealed partial record Metric
{
    /// <summary>The mean of -log p(label), p by softmax or by the logistic function.</summary>
    public static Metric LogLoss { get; } = Averaged("log loss", false, NegativeLogLikelihood);

    /// <summary>
    /// exp of the mean over all tokens of -log p(token); output logits [rows, classes, length], target int64 [rows, length], negative where a sequence
    /// is over.
    /// </summary>
    public static Metric Perplexity { get; } = Averaged("perplexity", false, NegativeLogLikelihood, finish: Math.Exp);

    /// <summary>
    /// Brier's score: the mean of (p - y)^2 for a logistic unit, and of sum_c (p_c - 1[label = c])^2 for several classes (Brier, 1950).
    /// </summary>
    public static Metric BrierScore { get; } = Averaged("brier", false, (output, target) =>
    {
        (output, target) = Answers.Fitted(output.to(ScalarType.Float64), target);
        if (output.ndim == target.ndim) return (output.sigmoid() - target.to(ScalarType.Float64)).square().masked_fill(Answers.Label(target).lt(0), double.NaN);
        var probabilities = output.softmax(1);
        var right = probabilities.gather(1, target.clamp(0).unsqueeze(1)).squeeze(1);
        // sum_c p_c^2 - 2 p_label + 1
        return (probabilities.square().sum(dim: 1) - 2 * right + 1).masked_fill(target.lt(0), double.NaN);
    });

    private static Tensor NegativeLogLikelihood(Tensor output, Tensor target)
    {
        (output, target) = Answers.Fitted(output.to(ScalarType.Float64), target);
        var absent = Answers.Present(target).logical_not();
        if (output.ndim > target.ndim)
            return output.log_softmax(1).gather(1, target.clamp(0).unsqueeze(1)).squeeze(1).neg().masked_fill(absent, double.NaN);
        // -y log s(z) - (1 - y) log(1 - s(z)) = max(z, 0) - y z + log(1 + exp(-|z|)), which does not overflow.
        var label = target.to(ScalarType.Float64).masked_fill(absent, 0);
        return (output.clamp(0) - label * output + output.abs().neg().exp().log1p()).masked_fill(absent, double.NaN);
    }
}
