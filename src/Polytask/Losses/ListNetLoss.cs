using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// L = mean over lists of -sum_i P_i log Q_i, P = softmax of the list's relevances, Q = softmax of its scores: ListNet's top-one loss (Cao et al.,
/// ICML 2007, equation 5).
/// </summary>
internal sealed record ListNetLoss : PairLoss
{
    public override string Name => "listnet";

    public override Tensor Mean(Tensor output, Tensor target, Tensor? weights = null)
    {
        var (relevance, together) = RankHead.Lists(target);
        var present = Pairs.Present(output, weights);
        var list = together.logical_and(present);
        var rows = output.shape[0];
        Tensor LogShares(Tensor values) =>
            (values - Pairs.LogSum(values.unsqueeze(0).expand(rows, -1), list)).masked_fill(present.logical_not(), 0);
        var row = Pairs.Weights(output, weights);
        // A list of n rows counts once: every row stands for one n-th of it.
        var lists = (row / list.sum(1).clamp(min: 1)).sum().clamp(1e-12);
        return -(row * LogShares(relevance.to(output.dtype)).exp() * LogShares(output)).sum() / lists;
    }

    public override bool Fits(Head head) => head is RankHead;
}
