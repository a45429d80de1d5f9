using System.Collections;

namespace Polytask;

/// <summary>
/// The shape of one example: the dimensions of a tensor without its batch dimension. <c>Shape.Of(40)</c> is 40 features, <c>Shape.Of(1, 28, 28)</c>
/// one channel of 28 x 28 pixels.
/// </summary>
public sealed class Shape : IReadOnlyList<long>, IEquatable<Shape>
{
    private readonly long[] dimensions;

    private Shape(long[] dimensions) => this.dimensions = dimensions;

    /// <summary>A shape from its dimensions, each at least 1. No dimensions at all is the shape of a scalar.</summary>
    /// <exception cref="DeclarationException">A dimension is below 1.</exception>
    public static Shape Of(params long[] dimensions)
    {
        foreach (var dimension in dimensions)
            if (dimension < 1)
                throw new DeclarationException($"a shape needs dimensions of at least 1, but [{string.Join(", ", dimensions)}] holds {dimension}");
        return new Shape([.. dimensions]);
    }

    /// <summary>The number of values in one example: the product of the dimensions.</summary>
    public long Count => dimensions.Aggregate(1L, (product, dimension) => product * dimension);

    /// <summary>Whether an example is a plain feature vector.</summary>
    public bool IsFlat => dimensions.Length == 1;

    int IReadOnlyCollection<long>.Count => dimensions.Length;

    /// <summary>The number of dimensions.</summary>
    public int Rank => dimensions.Length;

    /// <summary>The dimension at <paramref name="index"/>.</summary>
    public long this[int index] => dimensions[index];

    /// <inheritdoc/>
    public IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)dimensions).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(Shape? other) => other is not null && dimensions.AsSpan().SequenceEqual(other.dimensions);

    /// <inheritdoc/>
    public override bool Equals(object? other) => Equals(other as Shape);

    /// <inheritdoc/>
    public override int GetHashCode() => dimensions.Aggregate(17, HashCode.Combine);

    /// <summary>In the reader's words: "40 features", "1 x 28 x 28".</summary>
    public override string ToString() => Rank switch
    {
        0 => "a scalar",
        1 => dimensions[0] == 1 ? "1 feature" : $"{dimensions[0]} features",
        _ => string.Join(" x ", dimensions),
    };
}
