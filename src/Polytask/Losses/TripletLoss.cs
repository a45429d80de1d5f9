using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// L = mean over rows a with a partner and a stranger of max(0, m + max_p |z_a - z_p| - min_n |z_a - z_n|), p the rows of a's group, n those of
/// others (the batch-hard triplets of Hermans, Beyer and Leibe, 2017, equation 5).
/// </summary>
internal sealed record TripletLoss(double Margin) : PairLoss
{
    public override string Name => $"triplet, margin {Margin.ToString(CultureInfo.InvariantCulture)}";

    public override Tensor Mean(Tensor output, Tensor target, Tensor? weights = null)
    {
        // The bound keeps the slope of the root finite between rows at the same place.
        var distances = (output.unsqueeze(1) - output).square().sum(2).clamp(1e-12).sqrt();
        var present = Pairs.Present(output, weights);
        var (same, others) = (Pairs.Equal(target), Pairs.Others(output).logical_and(present));
        var (partners, strangers) = (same.logical_and(others), same.logical_not().logical_and(others));
        var farthest = distances.masked_fill(partners.logical_not(), 0).amax(1);
        var nearest = distances.masked_fill(strangers.logical_not(), 1e30).amin(1);
        var counted = partners.any(1).logical_and(strangers.any(1)).to(output.dtype);
        return Pairs.Mean((farthest - nearest + Margin).clamp(min: 0), Pairs.Weights(output, weights) * counted);
    }

    public override bool Fits(Head head) => head is EmbedHead;
}
