using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>l = -log( (o_y^2 + e) / sum_k (o_k^2 + e) ), ranked by o^2 (de Brebisson and Vincent, ICLR 2016, equation 5).</summary>
internal sealed record SphericalSoftmaxLoss : RowLoss
{
    public SphericalSoftmaxLoss(double epsilon) => Epsilon = epsilon > 0 && double.IsFinite(epsilon)
        ? epsilon
        : throw new DeclarationException($"the spherical softmax needs a finite epsilon above 0, but got {epsilon}");

    public double Epsilon { get; }

    public override string Name => $"spherical softmax, epsilon {Epsilon.ToString(CultureInfo.InvariantCulture)}";

    public override Tensor PerRow(Tensor output, Tensor target)
    {
        var shares = output.square() + Epsilon;
        return shares.sum(1).log() - shares.gather(1, target.unsqueeze(1)).squeeze(1).log();
    }

    public override bool Fits(Head head) => head is ClassifyHead;
}
