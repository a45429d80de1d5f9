using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// What the transposed convolutions share: they map shapes the other way round than the convolution of the same arguments, and output_padding chooses
/// among the sizes that the convolution would map to the input's.
/// </summary>
public abstract class ConvolutionTranspose : Convolution
{
    private protected ConvolutionTranspose(string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[] padding, long[] dilation,
        long[] output_padding, long groups, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
        : base(name, in_channels, out_channels, kernel_size, stride, padding, null, dilation, true, output_padding, groups, bias, padding_mode, device, dtype) { }

    public override Tensor forward(Tensor input) => forward(input, null);

    /// <param name="input">[N, in_channels, ...]</param>
    /// <param name="output_size">The last sizes wanted of the output, or all its sizes; null for those that output_padding gives.</param>
    public abstract Tensor forward(Tensor input, long[]? output_size);

    /// <summary>What to add at one side for an output of the wanted size.</summary>
    private protected long[] PaddingFor(Tensor input, long[]? output_size)
    {
        if (output_size is null) return output_padding;
        var dimensions = kernel_size.Length;
        var shape = input.shape;
        var leading = shape.Length - dimensions;
        var wanted = output_size.Length == shape.Length ? output_size[leading..] : output_size;
        if (wanted.Length != dimensions)
            throw new ArgumentException($"{GetName()}: for {shape.Length}D input, output_size must have {dimensions} or {shape.Length} elements (got {output_size.Length})", nameof(output_size));
        var added = new long[dimensions];
        for (var k = 0; k < dimensions; k++)
        {
            var smallest = (shape[leading + k] - 1) * stride[k] - 2 * padding![k] + dilation[k] * (kernel_size[k] - 1) + 1;
            added[k] = wanted[k] - smallest;
            if (added[k] < 0 || added[k] >= stride[k])
                throw new ArgumentException($"{GetName()}: output_size asks for {wanted[k]} in dimension {k}, but valid sizes range from {smallest} to {smallest + stride[k] - 1}", nameof(output_size));
        }
        return added;
    }
}
