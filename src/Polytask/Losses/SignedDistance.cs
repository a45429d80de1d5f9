using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>The Euclidean distance of every pixel to a region, exact, one dimension after the other: min over rows, then over columns.</summary>
internal static class SignedDistance
{
    private const float Far = 1e10f;

    /// <summary>
    /// bool [..., height, width] → float: outside the region the distance to its nearest pixel, inside 1 minus the distance to the nearest pixel
    /// outside; 0 where there is no region, or nothing else.
    /// </summary>
    public static Tensor To(Tensor region)
    {
        using var untracked = no_grad();
        var inside = region.to(ScalarType.Float32);
        var signed = Distance(region) - inside * (Distance(region.logical_not()) - 1);
        var both = region.flatten(-2).any(-1).logical_and(region.logical_not().flatten(-2).any(-1));
        return where(both.unsqueeze(-1).unsqueeze(-1), signed, zeros_like(signed));
    }

    private static Tensor Distance(Tensor region)
    {
        var squares = where(region, zeros_like(region, dtype: ScalarType.Float32), full_like(region, Far, dtype: ScalarType.Float32));
        squares = Nearest(Nearest(squares).transpose(-1, -2)).transpose(-1, -2);
        return squares.sqrt();
    }

    // min_j (squares_j + (i - j)^2) along the last dimension.
    private static Tensor Nearest(Tensor squares)
    {
        var places = arange(squares.shape[^1], dtype: ScalarType.Float32, device: squares.device);
        return (squares.unsqueeze(-2) + (places.unsqueeze(1) - places).square()).amin(-1);
    }
}
