using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>l = -log( (1 + o_y + o_y^2 / 2) / sum_k (1 + o_k + o_k^2 / 2) ) (de Brebisson and Vincent, ICLR 2016, equation 6).</summary>
internal sealed record TaylorSoftmaxLoss : RowLoss
{
    public override string Name => "taylor softmax";

    public override Tensor PerRow(Tensor output, Tensor target)
    {
        var shares = 1 + output + output.square() / 2; // at least 1/2
        return shares.sum(1).log() - shares.gather(1, target.unsqueeze(1)).squeeze(1).log();
    }

    public override bool Fits(Head head) => head is ClassifyHead;
}
