using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>
/// The negative log likelihood of counts under Poisson distributions: eˣ - t x where the input x is the logarithm of the mean, x - t log(x + eps) where it
/// is the mean itself. With full, Stirling's approximation of log t! is added for targets above 1.
/// </summary>
public sealed class PoissonNLLLoss(bool log_input = true, bool full = false, float eps = 1e-8f, Reduction reduction = Reduction.Mean) : Loss<Tensor, Tensor, Tensor>(reduction)
{
    public bool log_input { get; } = log_input;

    public bool full { get; } = full;

    public float eps { get; } = eps;

    public override Tensor forward(Tensor input, Tensor target) => functional.poisson_nll_loss(input, target, log_input, full, eps, reduction);
}

/// <summary>
/// (log v + (x - t)² / v) / 2 of a mean x and a variance v, which is at least eps. As upstream, and unlike Python, the inputs are flattened to [N, ...]
/// and the loss is summed over each example before it is reduced.
/// </summary>
public sealed class GaussianNLLLoss(bool full = false, float eps = 1e-8f, Reduction reduction = Reduction.Mean) : Loss<Tensor, Tensor, Tensor, Tensor>(reduction)
{
    /// <summary>Add the constant log(2π) / 2 of each element.</summary>
    public bool full { get; } = full;

    public float eps { get; } = eps;

    /// <param name="input">Means, [N, ...].</param>
    /// <param name="target">As many values.</param>
    /// <param name="variance">A variance for each value, or one for each example.</param>
    public override Tensor forward(Tensor input, Tensor target, Tensor variance)
    {
        using var scope = NewDisposeScope();
        var examples = input.shape[0];
        var means = input.reshape(examples, -1);
        var values = target.reshape(target.shape[0], -1);
        if (!means.shape.AsSpan().SequenceEqual(values.shape))
            throw new ArgumentException($"input and target must have the same shape: [{string.Join(", ", input.shape)}] and [{string.Join(", ", target.shape)}]", nameof(target));
        var variances = variance.reshape(examples, -1);
        if (variances.shape[1] != means.shape[1] && variances.shape[1] != 1) throw new ArgumentException("variance has the wrong shape", nameof(variance));
        if ((variances < 0).any().item<bool>()) throw new ArgumentException("variance has negative entry/entries", nameof(variance));
        // The bound takes no part in the gradient, which is that of the given variance.
        Tensor bounded;
        using (no_grad()) bounded = variances.clamp_min(eps).sub(variances);
        variances = variances.add(bounded);
        var loss = (variances.log() + (means - values).square() / variances).mul(0.5).sum(dim: 1);
        if (full) loss = loss.add(0.5 * means.shape[1] * Math.Log(2 * Math.PI));
        return functional.Reduced(loss, reduction).MoveToOuterDisposeScope();
    }
}

/// <summary>
/// -log of the probability of a label sequence, summed over all ways to spread it over the steps with blanks between: log probabilities [T, N, C] or
/// [T, C], integer labels [N, S] or one after another. Graves et al. (2006).
/// </summary>
public sealed class CTCLoss(long blank = 0, bool zero_infinity = false, Reduction reduction = Reduction.Mean) : Loss<Tensor, Tensor, Tensor, Tensor, Tensor>(reduction)
{
    public long blank { get; } = blank;

    /// <summary>Count sequences that cannot be spread over their steps as zero, with their gradient.</summary>
    public bool zero_infinity { get; } = zero_infinity;

    public override Tensor forward(Tensor log_probs, Tensor targets, Tensor input_lengths, Tensor target_lengths) =>
        functional.ctc_loss(log_probs, targets, input_lengths, target_lengths, blank, zero_infinity, reduction);
}
