using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Predicted quantiles: output [rows, quantiles] in ascending order, target [rows].</summary>
public sealed partial record Metric
{
    /// <summary>
    /// The pinball loss (Koenker and Bassett, 1978), the mean over rows and quantiles of max(q (y - z), (q - 1) (y - z)). One quantile may be given as
    /// [rows].
    /// </summary>
    /// <param name="quantiles">The quantiles of the output's columns, each between 0 and 1.</param>
    public static Metric PinballLoss(params double[] quantiles)
    {
        if (quantiles.Length == 0 || Array.Exists(quantiles, q => !(q > 0 && q < 1)))
            throw new DeclarationException(
                $"quantiles lie between 0 and 1, but got {string.Join(", ", quantiles.Select(q => q.ToString(CultureInfo.InvariantCulture)))}");
        return Averaged("pinball loss", false, (output, target) =>
        {
            if (output.ndim == 1) output = output.unsqueeze(1);
            if (output.ndim != 2 || output.shape[1] != quantiles.Length)
                throw new DataException($"{quantiles.Length} quantiles read [rows, {quantiles.Length}], but got [{string.Join(", ", output.shape)}]");
            var error = target.to(ScalarType.Float64).reshape(-1, 1) - output.to(ScalarType.Float64);
            var q = tensor(quantiles).to(error.device);
            return maximum(q * error, (q - 1) * error);
        });
    }

    /// <summary>The share of targets between the first and the last quantile, both included: best where it is the share that was asked for.</summary>
    public static Metric IntervalCoverage { get; } = Averaged("coverage", true, (output, target) =>
    {
        var (low, high) = Interval(output);
        var y = target.to(ScalarType.Float64);
        return y.ge(low).logical_and(y.le(high)).to(ScalarType.Float64).masked_fill(y.isnan(), double.NaN);
    });

    /// <summary>The mean of last - first quantile: of intervals that cover alike the narrower are better.</summary>
    public static Metric IntervalWidth { get; } = Averaged("interval width", false, (output, _) =>
    {
        var (low, high) = Interval(output);
        return high - low;
    });

    private static (Tensor Low, Tensor High) Interval(Tensor output) => output.ndim == 2 && output.shape[1] > 1
        ? (output.select(1, 0).to(ScalarType.Float64), output.select(1, output.shape[1] - 1).to(ScalarType.Float64))
        : throw new DataException($"an interval reads quantiles [rows, at least 2], but got [{string.Join(", ", output.shape)}]");
}
