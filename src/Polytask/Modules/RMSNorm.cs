using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// x / √(mean of x² + eps) · weight over the last dimensions, whose shape is <see cref="Shape"/>: Zhang and Sennrich (2019), equation 4.
/// TorchSharp has no such module.
/// </summary>
public sealed class RMSNorm : nn.Module<Tensor, Tensor>
{
    private readonly Parameter? weight;
    private readonly long[] dimensions;

    /// <param name="shape">The sizes of the last dimensions.</param>
    /// <param name="eps">Keeps the root away from zero; null for the smallest step of the input's type, as in PyTorch.</param>
    /// <param name="elementwiseAffine">Train a factor for each element, which starts at 1.</param>
    /// <param name="dtype">The factor's type.</param>
    /// <param name="device">Where it lies.</param>
    public RMSNorm(long[] shape, double? eps = null, bool elementwiseAffine = true, ScalarType? dtype = null, Device? device = null) : base(nameof(RMSNorm))
    {
        if (shape.Length == 0 || shape.Any(size => size <= 0))
            throw new ArgumentException($"RMSNorm needs positive sizes of the last dimensions, but got [{string.Join(", ", shape)}]", nameof(shape));
        (Shape, Eps) = (shape, eps);
        dimensions = [.. Enumerable.Range(1, shape.Length).Select(k => (long)-k)];
        if (elementwiseAffine) weight = nn.Parameter(ones(shape, dtype: dtype, device: device));
        RegisterComponents();
    }

    /// <param name="size">The size of the last dimension.</param>
    /// <inheritdoc cref="RMSNorm(long[], double?, bool, ScalarType?, Device?)"/>
    public RMSNorm(long size, double? eps = null, bool elementwiseAffine = true, ScalarType? dtype = null, Device? device = null)
        : this([size], eps, elementwiseAffine, dtype, device) { }

    /// <summary>The sizes of the last dimensions.</summary>
    public long[] Shape { get; }

    /// <summary>What is added to the mean of the squares; null for the smallest step of the input's type.</summary>
    public double? Eps { get; }

    public override Tensor forward(Tensor input)
    {
        var shape = input.shape;
        if (shape.Length < Shape.Length || !shape.AsSpan(shape.Length - Shape.Length).SequenceEqual(Shape))
            throw new ArgumentException($"RMSNorm over [{string.Join(", ", Shape)}] got an input of shape [{string.Join(", ", shape)}], which does not end with that", nameof(input));
        using var scope = NewDisposeScope();
        var normalized = input.mul(input.square().mean(dimensions, true).add(Eps ?? SmallestStep(input.dtype)).rsqrt());
        return (weight is null ? normalized : normalized.mul(weight)).MoveToOuterDisposeScope();
    }

    /// <summary>The gap between 1 and the next number of a type.</summary>
    private static double SmallestStep(ScalarType type) => type switch
    {
        ScalarType.Float64 => Math.Pow(2, -52),
        ScalarType.Float32 => Math.Pow(2, -23),
        ScalarType.Float16 => Math.Pow(2, -10),
        ScalarType.BFloat16 => Math.Pow(2, -7),
        _ => throw new ArgumentException($"RMSNorm is for floating types, but the input is {type}"),
    };
}
