using System.Globalization;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Polytask.Analysis;

/// <summary>A variant against a baseline over the seeds that both have a number for.</summary>
/// <param name="Seeds">The number of pairs.</param>
/// <param name="Difference">The mean of variant - baseline.</param>
/// <param name="Low">The lower end of the 95 % confidence interval of the difference (Student's t); NaN with fewer than two pairs.</param>
/// <param name="High">The upper end.</param>
/// <param name="Effect">
/// Hedges' g of the paired differences, positive where the variant is better: their mean over their standard deviation (Cohen's d_z), times
/// the exact correction Gamma(m / 2) / (sqrt(m / 2) Gamma((m - 1) / 2)), m = n - 1, for its bias with few pairs (Hedges, Journal of Educational
/// Statistics 6, 1981). NaN with fewer than three pairs or equal differences.
/// </param>
/// <param name="PValue">The p-value of the test; NaN where it is not defined.</param>
public sealed record PairedComparison(int Seeds, double Difference, double Low, double High, double Effect, double PValue)
{
    /// <summary>Compares two lists of results that are paired by position; pairs with a missing number are left out.</summary>
    /// <param name="variant">The results of the variant, one per seed.</param>
    /// <param name="baseline">The results of the baseline, one per seed.</param>
    /// <param name="higherIsBetter">The direction of better.</param>
    /// <param name="test">The test; the paired t-test by default.</param>
    /// <exception cref="DataException">The lists differ in length.</exception>
    public static PairedComparison Of(IReadOnlyList<double> variant, IReadOnlyList<double> baseline, bool higherIsBetter, PairedTest? test = null)
    {
        if (variant.Count != baseline.Count)
            throw new DataException($"results are paired by seed, but there are {variant.Count} of the variant and {baseline.Count} of the baseline");
        double[] differences = [.. variant.Zip(baseline, (value, reference) => value - reference).Where(double.IsFinite)];
        var (count, (mean, deviation)) = (differences.Length, Moments.Of(differences));
        var half = count > 1 ? StudentT.InvCDF(0, 1, count - 1, 0.975) * deviation / Math.Sqrt(count) : double.NaN;
        var effect = count < 3 || deviation <= Moments.Resolution(differences) ? double.NaN
            : (higherIsBetter ? 1 : -1) * mean / deviation * Correction(count - 1);
        return new(count, mean, mean - half, mean + half, effect, (test ?? PairedTest.StudentT()).PValue(differences));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"difference {Difference:0.####} [{Low:0.####}, {High:0.####}] (95 %, {Seeds} seeds), p = {PValue:0.####}, g = {Effect:+0.00;-0.00}");

    private static double Correction(int freedom) =>
        Math.Exp(SpecialFunctions.GammaLn(freedom / 2.0) - SpecialFunctions.GammaLn((freedom - 1) / 2.0)) / Math.Sqrt(freedom / 2.0);
}
