namespace Polytask.Analysis;

/// <summary>Mean and standard deviation of a few numbers.</summary>
internal static class Moments
{
    /// <summary>The mean (NaN of nothing), and the standard deviation with n - 1 in the denominator (NaN of fewer than two).</summary>
    public static (double Mean, double Deviation) Of(IReadOnlyList<double> values)
    {
        if (values.Count == 0) return (double.NaN, double.NaN);
        var mean = values.Average();
        var squares = values.Sum(value => (value - mean) * (value - mean));
        return (mean, values.Count > 1 ? Math.Sqrt(squares / (values.Count - 1)) : double.NaN);
    }

    /// <summary>What rounding may do to sums of such numbers: differences below this mean nothing.</summary>
    public static double Resolution(IReadOnlyList<double> values) => 1e-13 * values.Sum(Math.Abs);
}
