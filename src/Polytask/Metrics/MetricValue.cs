using System.Globalization;

namespace Polytask;

/// <summary>What a metric gives for a split: a number, or why it is not defined there.</summary>
public readonly record struct MetricValue
{
    private MetricValue(double number, string? whyUndefined) => (Number, WhyUndefined) = (number, whyUndefined);

    /// <summary>The number; NaN where it is not defined.</summary>
    public double Number { get; }

    /// <summary>Why it is not defined on that split, as in "only one class occurs"; null where it is.</summary>
    public string? WhyUndefined { get; }

    /// <summary>No number, and why.</summary>
    public static MetricValue Undefined(string why)
    {
        ArgumentNullException.ThrowIfNull(why);
        return new(double.NaN, why);
    }

    /// <summary>A number; NaN is not defined, for a reason that nobody gave.</summary>
    public static implicit operator MetricValue(double number) =>
        new(number, double.IsNaN(number) ? "its computation gave no number (NaN)" : null);

    /// <inheritdoc/>
    public override string ToString() => WhyUndefined is { } why ? $"undefined: {why}" : Number.ToString(CultureInfo.InvariantCulture);
}
