using System.Collections.Immutable;
using System.Globalization;

namespace Polytask;

/// <summary>A point of a study's grid: a value for each axis, "experts = 8, learning rate = 0.001". Empty where a study has no grid.</summary>
public sealed class GridPoint : IEquatable<GridPoint>
{
    internal GridPoint(ImmutableArray<(string Axis, object Value)> values) => Values = values;

    internal static GridPoint Empty { get; } = new([]);

    /// <summary>The values, in the order in which the axes were declared.</summary>
    public ImmutableArray<(string Axis, object Value)> Values { get; }

    /// <summary>The value on an axis.</summary>
    /// <exception cref="DataException">There is no such axis.</exception>
    public object this[string axis] => Values.FirstOrDefault(entry => entry.Axis == axis).Value ?? throw new DataException(
        $"there is no axis '{axis}'; there is {Names.Listed(Axes)}{Names.DidYouMean(axis, Axes)}");

    private IEnumerable<string> Axes => Values.Select(entry => entry.Axis);

    /// <inheritdoc/>
    public bool Equals(GridPoint? other) => other is not null && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override bool Equals(object? other) => Equals(other as GridPoint);

    /// <inheritdoc/>
    public override int GetHashCode() => Values.Aggregate(17, (hash, entry) => HashCode.Combine(hash, entry));

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Values.Select(entry => $"{entry.Axis} = {Text(entry.Value)}"));

    /// <summary>A value as messages and tables show it, the same in every country.</summary>
    internal static string Text(object value) =>
        value is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : value.ToString() ?? "";

    /// <summary>Whether two values are one on an axis: 8, 8L and 8.0 are.</summary>
    internal static bool Same(object left, object right) => left.Equals(right)
        || IsNumber(left) && IsNumber(right)
            && Convert.ToDouble(left, CultureInfo.InvariantCulture).Equals(Convert.ToDouble(right, CultureInfo.InvariantCulture));

    private static bool IsNumber(object value) => value is IConvertible and not (string or bool or char or DateTime or Enum);
}
