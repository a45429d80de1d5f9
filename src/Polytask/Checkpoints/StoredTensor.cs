using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// What a file says of a tensor before a byte of it is read, and what a <see cref="SafeTensorsWriter"/> is told before one is written.
/// </summary>
/// <param name="Name">Its name, by custom the dotted path of a parameter.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">Its dimensions; none for a scalar, and a dimension may be 0.</param>
public sealed record StoredTensor(string Name, ScalarType Type, ImmutableArray<long> Shape)
{
    /// <summary>The description of a tensor that is at hand.</summary>
    public static StoredTensor Of(string name, Tensor tensor) => new(name, tensor.dtype, [.. tensor.shape]);

    /// <inheritdoc/>
    public bool Equals(StoredTensor? other) => other is not null && Name == other.Name && Type == other.Type && Shape.SequenceEqual(other.Shape);

    /// <inheritdoc/>
    public override int GetHashCode() => Shape.Aggregate(HashCode.Combine(Name, Type), HashCode.Combine);

    /// <summary>"[3, 4] of Float32".</summary>
    internal string Described => $"[{string.Join(", ", Shape)}] of {Type}";
}
