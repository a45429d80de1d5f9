using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// The probability that several things happen, from the logits of each: log p = sum_k log s(z_k), given back as a logit log p - log(1 - p) without a
/// probability in between.
/// </summary>
internal static class Product
{
    public static Tensor Of(Tensor own, IReadOnlyList<Tensor> others)
    {
        var (all, some) = (own.log_sigmoid(), own.neg().log_sigmoid());              // log p, log(1 - p)
        foreach (var other in others)
        {
            // 1 - p q = (1 - p) + p (1 - q).
            some = logaddexp(some, all + other.neg().log_sigmoid());
            all += other.log_sigmoid();
        }
        return all - some;
    }
}
