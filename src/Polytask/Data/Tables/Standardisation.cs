namespace Polytask;

/// <summary>The map x → (x - mean) / deviation that gives the numbers it was made from mean 0 and standard deviation 1 (dividing by their
/// count).</summary>
public readonly record struct Standardisation(double Mean, double Deviation)
{
    /// <summary>From numbers; NaN (missing) is left out. Numbers that are all alike, or none, are only shifted.</summary>
    public static Standardisation Of(IEnumerable<double> numbers)
    {
        var present = numbers.Where(number => !double.IsNaN(number)).ToArray();
        if (present.Length == 0) return new(0, 1);
        var mean = present.Average();
        var deviation = Math.Sqrt(present.Average(number => (number - mean) * (number - mean)));
        return new(mean, deviation > 1e-12 * Math.Max(1, Math.Abs(mean)) ? deviation : 1);
    }

    /// <summary>The standardised number.</summary>
    public float Applied(double number) => (float)((number - Mean) / Deviation);
}
