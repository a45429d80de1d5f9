using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// L = mean over the 2N views of -log( exp(z_i.z_j / T) / sum_(k != i) exp(z_i.z_k / T) ), j the other view of i's row (SimCLR: Chen et al., ICML
/// 2020, equation 1): the supervised contrast in which every row is a group of its two views.
/// </summary>
internal sealed record NtXentLoss(double Temperature) : PairLoss
{
    public override string Name => $"nt-xent, temperature {Temperature.ToString(CultureInfo.InvariantCulture)}";

    public override Tensor Mean(Tensor output, Tensor target, Tensor? weights = null)
    {
        var rows = arange(output.shape[0], dtype: ScalarType.Int64, device: output.device);
        return SupervisedContrastiveLoss.Of(output.flatten(0, 1), stack([rows, rows], 1).flatten(), Temperature,
            weights is null ? null : stack([weights, weights], 1).flatten());
    }

    public override bool Fits(Head head) => head is EmbedPairHead;
}
