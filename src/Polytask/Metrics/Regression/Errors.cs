using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Errors of real-valued outputs in the target's own shape, in double precision; a NaN of the target is left out.</summary>
public sealed partial record Metric
{
    /// <summary>The mean of (z - y)^2, over all outputs.</summary>
    public static Metric MeanSquaredError { get; } = Averaged("mse", false, (output, target) => Errors(output, target).square());

    /// <summary>The square root of the mean of (z - y)^2; of rows with several outputs the mean of the outputs' roots.</summary>
    public static Metric RootMeanSquaredError { get; } = new("rmse", false, () =>
        new MeanState((output, target) => Errors(output, target).square(), "no cell has a label", Math.Sqrt, byColumn: true));

    /// <summary>The mean of |z - y|, over all outputs.</summary>
    public static Metric MeanAbsoluteError { get; } = Averaged("mae", false, (output, target) => Errors(output, target).abs());

    /// <summary>The mean of |z - y| / |y|, a share (0.1 is ten percent); not defined where a target is 0.</summary>
    public static Metric MeanAbsolutePercentageError { get; } = Averaged("mape", false,
        // 0 / 0 would be left out like a missing label.
        (output, target) => (Errors(output, target).abs() / target.to(ScalarType.Float64).abs()).masked_fill(target.eq(0), double.PositiveInfinity),
        "a target is 0", mean => double.IsFinite(mean) ? mean : double.NaN);

    private static Tensor Errors(Tensor output, Tensor target)
    {
        RealColumns.Fit(output, target);
        return output.to(ScalarType.Float64) - target.to(ScalarType.Float64);
    }
}
