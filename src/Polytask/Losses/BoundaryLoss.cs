using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// l = mean over classes and labelled pixels of phi(q) p(q), phi the distance of pixel q to the class in the label, negative inside (Kervadec et al.,
/// MIDL 2019, equation 5); a class that an image lacks counts for nothing. Use it beside a regional loss, in <see cref="Loss.Sum"/>.
/// </summary>
internal sealed record BoundaryLoss : RowLoss
{
    public override string Name => "boundary";

    public override Tensor PerRow(Tensor output, Tensor target)
    {
        var (shares, labels, known) = Maps.Shares(output, target);
        var pixels = known.expand(shares.shape).flatten(1);
        var products = (SignedDistance.To(labels.gt(0)).to(shares.dtype) * shares).flatten(1);
        return (products * pixels).sum(1) / pixels.sum(1).clamp(min: 1);
    }

    public override bool Fits(Head head) => head is SegmentHead or EdgesHead;
}
