using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// l = -[d log h_t + (1 - d) log(1 - h_t) + sum_(s &lt; t) log(1 - h_s)], h = s(logits) the hazard of each interval, t the interval of the event
/// (d = 1) or the last one survived (d = 0) (Gensheimer and Narasimhan, PeerJ 2019, equation 3).
/// </summary>
internal sealed record DiscreteHazardLoss : RowLoss
{
    public override string Name => "discrete hazard";

    public override Tensor PerRow(Tensor output, Tensor target)
    {
        var (time, died) = (target.select(1, 0).unsqueeze(1), target.select(1, 1).unsqueeze(1));
        var intervals = arange(output.shape[1], dtype: target.dtype, device: output.device);
        var (lived, now) = (intervals.le(time).to(output.dtype), intervals.eq(time).to(output.dtype));
        return (nn.functional.binary_cross_entropy_with_logits(output, now * died, reduction: nn.Reduction.None) * lived).sum(1);
    }

    public override bool Fits(Head head) => head is HazardHead;
}
