using System.Globalization;

namespace Polytask;

/// <summary>A measured number held against a bound.</summary>
/// <param name="Holds">Whether it lies where it should.</param>
/// <param name="Measured">The number.</param>
/// <param name="Expected">The bound, in words.</param>
public sealed record Finding(bool Holds, string Measured, string Expected)
{
    /// <summary>Both hold.</summary>
    public static Finding operator &(Finding left, Finding right) =>
        new(left.Holds && right.Holds, $"{left.Measured}; {right.Measured}", $"{left.Expected}; {right.Expected}");
}

/// <summary>Holds numbers against bounds: <c>difference.AtMost(1e-6)</c>. NaN satisfies no bound.</summary>
public static class Findings
{
    /// <summary>The number is the bound or less.</summary>
    public static Finding AtMost(this double measured, double bound) => new(measured <= bound, Text(measured), $"at most {Text(bound)}");

    /// <summary>The number is the bound or more.</summary>
    public static Finding AtLeast(this double measured, double bound) => new(measured >= bound, Text(measured), $"at least {Text(bound)}");

    /// <summary>The number is less than the bound.</summary>
    public static Finding Below(this double measured, double bound) => new(measured < bound, Text(measured), $"below {Text(bound)}");

    /// <summary>The number is more than the bound.</summary>
    public static Finding Above(this double measured, double bound) => new(measured > bound, Text(measured), $"above {Text(bound)}");

    /// <summary>A number as claims show it: four decimals, or a power of ten where these would hide it.</summary>
    internal static string Text(double value) =>
        value.ToString(value != 0 && Math.Abs(value) < 1e-3 ? "0.##e+0" : "0.####", CultureInfo.InvariantCulture);
}
