using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// H(p) = -sum_c p_c log p_c, p = softmax(logits), in nats: what AdaMerging lowers, because it ranks rows as their unknown loss does (Yang et al.,
/// ICLR 2024, section 3.2). In [0, log classes]; differentiable; a class that is ruled out by a logit of -infinity counts 0.
/// </summary>
public static class PredictionEntropy
{
    // Beyond it the probability is 0 in any floating type, and 0 times the logarithm stays 0.
    private const double LeastLogarithm = -1e4;

    /// <summary>Of each row: [rows, classes] to [rows].</summary>
    public static Tensor PerRow(Tensor logits)
    {
        if (logits.shape is not [_, > 0])
            throw new ArgumentException($"the entropy is of logits [rows, classes], but got [{string.Join(", ", logits.shape)}]", nameof(logits));
        var logs = logits.log_softmax(1).clamp(min: LeastLogarithm);
        return -(logs.exp() * logs).sum([1L]);
    }

    /// <summary>The mean over rows, a scalar.</summary>
    public static Tensor Mean(Tensor logits) => PerRow(logits).mean();
}
