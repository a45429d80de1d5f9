using System.Globalization;

namespace Polytask.Analysis;

/// <summary>
/// How many digits of a column of results mean something. The uncertainty decides, by the Particle Data Group's rule (Review of Particle Physics,
/// introduction, "Rounding"): of the three leading digits of the standard deviation, 100 to 354 keep two digits, 355 to 949 one, and 950 to 999
/// become 1000 and keep two. One number of decimals for a column, from its pooled deviation, so that its numbers can be compared.
/// </summary>
/// <param name="Decimals">The digits after the point, of numbers divided by the power of ten.</param>
/// <param name="Power">The power of ten that the column's heading carries, where plain decimals would be mostly zeros; else 0.</param>
internal readonly record struct Precision(int Decimals, int Power)
{
    private const int MostDecimals = 6;

    /// <summary>The precision of a column.</summary>
    /// <param name="means">Its means.</param>
    /// <param name="deviations">Their deviations, NaN where there is none.</param>
    public static Precision Of(IEnumerable<double> means, IEnumerable<double> deviations)
    {
        var largest = means.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        double[] spreads = [.. deviations.Where(double.IsFinite)];
        var pooled = spreads.Length > 0 ? Math.Sqrt(spreads.Average(spread => spread * spread)) : 0;
        var magnitude = largest > 0 ? (int)Math.Floor(Math.Log10(largest)) : 0;
        // Without an uncertainty: four digits, as many decimals as that takes.
        var decimals = pooled > 0 ? LastDigit(pooled) : 4 - Math.Max(magnitude + 1, 0) - (magnitude < -3 ? magnitude + 1 : 0);
        var power = decimals > MostDecimals || magnitude >= 9 ? magnitude : 0;
        return new(Math.Clamp(decimals + power, 0, 12), power);
    }

    /// <summary>The number in that precision.</summary>
    public string Text(double value)
    {
        // Adding 0 turns "-0" into "0".
        var rounded = Math.Round(value / Math.Pow(10, Power), Decimals) + 0.0;
        return rounded.ToString($"F{Decimals}", CultureInfo.InvariantCulture);
    }

    /// <summary>What a heading needs to say: " (x 1e-7)", or nothing.</summary>
    public string Heading => Power == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" (x 1e{Power})");

    private static int LastDigit(double deviation)
    {
        var magnitude = (int)Math.Floor(Math.Log10(deviation));
        return deviation / Math.Pow(10, magnitude) < 3.545 ? 1 - magnitude : -magnitude;
    }
}
