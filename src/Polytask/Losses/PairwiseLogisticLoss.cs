using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// L = mean of log(1 + exp(s_j - s_i)) over the pairs of a query in which i is more relevant than j (RankNet: Burges et al., ICML 2005, equation 3).
/// </summary>
internal sealed record PairwiseLogisticLoss : PairLoss
{
    public override string Name => "pairwise logistic";

    public override Tensor Mean(Tensor output, Tensor target, Tensor? weights = null)
    {
        var (relevance, together) = RankHead.Lists(target);
        var row = Pairs.Weights(output, weights);
        var pairs = relevance.unsqueeze(1).gt(relevance).logical_and(together).to(output.dtype) * row.unsqueeze(1) * row;
        return Pairs.Mean(-(output.unsqueeze(1) - output).log_sigmoid(), pairs);
    }

    public override bool Fits(Head head) => head is RankHead;
}
