using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Model Breadcrumbs (Davari and Belilovsky, ECCV 2024, equations 2 and 3): of each task vector, tensor by tensor, the smallest and the largest
/// entries by magnitude are set to 0, then task arithmetic. Of n entries the nearest whole numbers to the two shares are dropped, except those
/// that equal the smallest or the largest one kept.
/// </summary>
/// <param name="Smallest">beta, the share of the smallest; 0.85 in the paper.</param>
/// <param name="Largest">1 - gamma, the share of the largest; 0.007 in the paper.</param>
/// <param name="Scale">lambda.</param>
internal sealed record BreadcrumbsMerge(double Smallest, double Largest, double Scale) : TensorMethod
{
    public override Tensor Merge(MergedTensors tensors) => tensors.Base + Scale * tensors.Taus.Select(Masked).Aggregate((sum, tau) => sum + tau);

    public override string ToString() => FormattableString.Invariant($"breadcrumbs without {Smallest} and {Largest}, scale {Scale}");

    private Tensor Masked(Tensor tau)
    {
        var n = tau.NumberOfElements;
        var (first, last) = (1 + Rounded(Smallest * n), n - Rounded(Largest * n));
        if (first > last) return zeros_like(tau);
        var magnitudes = tau.abs().reshape(-1);
        var (least, most) = (magnitudes.kthvalue(first).values, magnitudes.kthvalue(last).values);
        return tau.where((tau.abs() >= least).logical_and(tau.abs() <= most), zeros_like(tau));
    }

    private static long Rounded(double value) => (long)Math.Round(value, MidpointRounding.AwayFromZero);
}
