using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// L = -1/D sum over events i of [r_i - log sum_(j: t_j >= t_i) exp r_j], r the log risk, D the number of events: the partial likelihood (Cox,
/// Journal of the Royal Statistical Society B 1972) with Breslow's treatment of ties.
/// </summary>
internal sealed record CoxLoss : PairLoss
{
    public override string Name => "Cox partial likelihood";

    public override Tensor Mean(Tensor output, Tensor target, Tensor? weights = null)
    {
        var (time, died) = (target.select(1, 0), target.select(1, 1));
        var atRisk = time.unsqueeze(0).ge(time.unsqueeze(1)).logical_and(Pairs.Present(output, weights));
        var losses = Pairs.LogSum(output.unsqueeze(0).expand(output.shape[0], -1), atRisk) - output;
        return Pairs.Mean(losses, Pairs.Weights(output, weights) * died.to(output.dtype));
    }

    public override bool Fits(Head head) => head is CoxHead;
}
