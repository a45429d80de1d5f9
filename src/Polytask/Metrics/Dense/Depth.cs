using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Depth (Eigen et al., NIPS 2014): output z and target y [rows, height, width], with or without a channel of one; a pixel whose target is not above
/// 0 has no depth. Means are over the pixels of all images.
/// </summary>
public sealed partial record Metric
{
    /// <summary>The mean of |z - y| / y.</summary>
    public static Metric DepthRelativeError { get; } = OfDepth("abs rel", false, (z, y) => (z - y).abs() / y);

    /// <summary>The mean of |z - y|, in the target's unit.</summary>
    public static Metric DepthAbsoluteError { get; } = OfDepth("abs err", false, (z, y) => (z - y).abs());

    /// <summary>The square root of the mean of (z - y)^2, in the target's unit.</summary>
    public static Metric DepthRootMeanSquaredError { get; } = OfDepth("depth rmse", false, (z, y) => (z - y).square(), Math.Sqrt);

    /// <summary>The share of pixels with max(z / y, y / z) below a threshold; an output that is not above 0 is not among them.</summary>
    /// <param name="threshold">The threshold: 1.25, 1.25^2 or 1.25^3.</param>
    public static Metric DepthAccuracy(double threshold = 1.25) => threshold > 1
        ? OfDepth(FormattableString.Invariant($"delta<{threshold:0.####}"), true, (z, y) =>
            maximum(z / y, y / z).lt(threshold).logical_and(z.gt(0)).to(ScalarType.Float64))
        : throw new DeclarationException($"a depth is near enough below a ratio above 1, but got {threshold}");

    private static Metric OfDepth(string name, bool higherIsBetter, Func<Tensor, Tensor, Tensor> error, Func<double, double>? finish = null) =>
        Averaged(name, higherIsBetter, (output, target) =>
        {
            var (z, y) = (OneChannel(output).to(ScalarType.Float64), OneChannel(target).to(ScalarType.Float64));
            RealColumns.Fit(z, y);
            return error(z, y).masked_fill(y.gt(0).logical_not(), double.NaN);
        }, "no pixel has a depth", finish);
}
