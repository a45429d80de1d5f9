using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// L = mean of log2(1 + exp(r_j - r_i)) over pairs in which i has its event before j's time: an upper bound of one minus the concordance index (Steck
/// et al., NIPS 2007, section 4).
/// </summary>
internal sealed record ConcordanceLoss : PairLoss
{
    public override string Name => "concordance";

    public override Tensor Mean(Tensor output, Tensor target, Tensor? weights = null)
    {
        var (time, died) = (target.select(1, 0), target.select(1, 1).gt(0));
        var row = Pairs.Weights(output, weights);
        var comparable = died.unsqueeze(1).logical_and(time.unsqueeze(1).lt(time.unsqueeze(0))).to(output.dtype) * row.unsqueeze(1) * row;
        var losses = (output.unsqueeze(1) - output).log_sigmoid() / -Math.Log(2);
        return Pairs.Mean(losses, comparable);
    }

    public override bool Fits(Head head) => head is CoxHead;
}
