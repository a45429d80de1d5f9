using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// l = -log P(y), P(y) = s(c_y) - s(c_(y+1)), c_k the logit of P(label >= k), c_0 = infinity, c_K = -infinity: the proportional-odds model
/// (McCullagh, Journal of the Royal Statistical Society B 1980).
/// </summary>
internal sealed record CumulativeLinkLoss : RowLoss
{
    public override string Name => "cumulative link";

    public override Tensor PerRow(Tensor output, Tensor target)
    {
        // s(a) - s(b) = s(a) s(-b) (1 - exp(b - a)) for a > b: no difference of two numbers close to each other.
        var steps = output.shape[1];
        var (reached, next) = (target.sub(1).clamp(min: 0).unsqueeze(1), target.clamp(max: steps - 1).unsqueeze(1));
        var (lower, upper) = (output.gather(1, reached).squeeze(1), output.gather(1, next).squeeze(1));
        var (first, last) = (target.eq(0), target.eq(steps));
        var inner = first.logical_or(last).logical_not();
        var gap = (lower - upper).masked_fill(inner.logical_not(), 1).clamp(1e-12);
        return -(lower.log_sigmoid().masked_fill(first, 0) + upper.neg().log_sigmoid().masked_fill(last, 0)
            + gap.neg().expm1().neg().log().masked_fill(inner.logical_not(), 0));
    }

    public override bool Fits(Head head) => head is OrdinalHead;
}
