using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Polytask;

/// <summary>What a linear or convolutional layer does, as a function of its input, weight and bias, so that a computed weight can take the place of the own one.</summary>
internal static class WeightedLayer
{
    /// <summary>The layer's function.</summary>
    /// <exception cref="ArgumentException">The layer is of another kind.</exception>
    public static Func<Tensor, Tensor, Tensor?, Tensor> Function(Module<Tensor, Tensor> layer) => layer switch
    {
        TorchSharp.Modules.Linear => functional.linear,
        ConvolutionTranspose { kernel_size.Length: 1 } conv => (x, weight, bias) =>
            functional.conv_transpose1d(x, weight, bias, conv.stride[0], conv.padding![0], conv.output_padding[0], conv.dilation[0], conv.groups),
        ConvolutionTranspose { kernel_size.Length: 2 } conv => (x, weight, bias) =>
            functional.conv_transpose2d(x, weight, bias, conv.stride, conv.padding, conv.output_padding, conv.dilation, conv.groups),
        ConvolutionTranspose conv => (x, weight, bias) =>
            functional.conv_transpose3d(x, weight, bias, conv.stride, conv.padding, conv.output_padding, conv.dilation, conv.groups),
        Convolution conv => (x, weight, bias) => Convolved(conv, x, weight, bias),
        _ => throw new ArgumentException($"only linear and convolutional layers can have their weight computed, not {layer.GetName()}", nameof(layer)),
    };

    /// <summary>The layer's weight, which is there in every layer that has a <see cref="Function"/>.</summary>
    public static Parameter Weight(Module<Tensor, Tensor> layer) => layer.get_parameter("weight")
        ?? throw new ArgumentException($"{layer.GetName()} has no parameter 'weight'", nameof(layer));

    /// <summary>The dimension of the weight that counts the layer's outputs.</summary>
    public static int OutputDimension(Module<Tensor, Tensor> layer) => layer is ConvolutionTranspose ? 1 : 0;

    private static Tensor Convolved(Convolution conv, Tensor x, Tensor weight, Tensor? bias)
    {
        // A border that the operator itself does not know, and padding by name, are both added before it.
        var borders = Borders(conv);
        if (conv.padding_mode == PaddingModes.Zeros && conv.padding is not null) return Plain(conv, x, weight, bias, conv.padding);
        var mode = conv.padding_mode == PaddingModes.Zeros ? PaddingModes.Constant : conv.padding_mode;
        using var bordered = functional.pad(x, borders, mode);
        return Plain(conv, bordered, weight, bias, new long[conv.kernel_size.Length]);
    }

    private static Tensor Plain(Convolution conv, Tensor x, Tensor weight, Tensor? bias, long[] padding) => conv.kernel_size.Length switch
    {
        1 => functional.conv1d(x, weight, bias, conv.stride[0], padding[0], conv.dilation[0], conv.groups),
        2 => functional.conv2d(x, weight, bias, conv.stride, padding, conv.dilation, conv.groups),
        _ => functional.conv3d(x, weight, bias, conv.stride, padding, conv.dilation, conv.groups),
    };

    /// <summary>Before and after each dimension, the last dimension first.</summary>
    private static long[] Borders(Convolution conv)
    {
        var borders = new List<long>();
        for (var k = conv.kernel_size.Length - 1; k >= 0; k--)
        {
            var total = conv.padding is { } sizes ? 2 * sizes[k] : conv.padding_type == Padding.Same ? conv.dilation[k] * (conv.kernel_size[k] - 1) : 0;
            borders.Add(total / 2);
            borders.Add(total - total / 2);
        }
        return [.. borders];
    }
}
