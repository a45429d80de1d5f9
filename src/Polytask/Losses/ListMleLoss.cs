using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// L = mean over lists of -sum_i [s_i - log sum_(j: y_j &lt;= y_i) exp s_j]: the likelihood of the order of relevance under Plackett and Luce's model
/// (ListMLE: Xia et al., ICML 2008, equation 9); rows of equal relevance share their denominator.
/// </summary>
internal sealed record ListMleLoss : PairLoss
{
    public override string Name => "listmle";

    public override Tensor Mean(Tensor output, Tensor target, Tensor? weights = null)
    {
        var (relevance, together) = RankHead.Lists(target);
        var list = together.logical_and(Pairs.Present(output, weights));
        var remaining = relevance.unsqueeze(0).le(relevance.unsqueeze(1)).logical_and(list);
        var row = Pairs.Weights(output, weights);
        var lists = (row / list.sum(1).clamp(min: 1)).sum().clamp(1e-12);
        return (row * (Pairs.LogSum(output.unsqueeze(0).expand(output.shape[0], -1), remaining) - output)).sum() / lists;
    }

    public override bool Fits(Head head) => head is RankHead;
}
