using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// L = mean over rows of -[log softmax_j(u_i.v_j / T)_i + log softmax_j(v_i.u_j / T)_i] / 2, u and v the two sides of a row, of length 1: the other
/// rows' sides are the negatives (InfoNCE: van den Oord et al., 2018, equation 4; both ways as Radford et al., ICML 2021).
/// </summary>
internal sealed record InfoNceLoss(double Temperature) : PairLoss
{
    public override string Name => $"info-nce, temperature {Temperature.ToString(CultureInfo.InvariantCulture)}";

    public override Tensor Mean(Tensor output, Tensor target, Tensor? weights = null)
    {
        var sides = Pairs.Directions(output);
        var similarities = sides.select(1, 0).matmul(sides.select(1, 1).t()) / Temperature;
        var present = Pairs.Present(output, weights).unsqueeze(0).expand(output.shape[0], -1);
        var own = similarities.diagonal();
        var losses = (Pairs.LogSum(similarities, present) + Pairs.LogSum(similarities.t(), present)) / 2 - own;
        return Pairs.Mean(losses, Pairs.Weights(output, weights));
    }

    public override bool Fits(Head head) => head is EmbedPairHead;
}
