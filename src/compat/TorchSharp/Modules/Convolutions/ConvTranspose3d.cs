using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Transposed convolution of [N, in_channels, D, H, W].</summary>
public sealed class ConvTranspose3d : ConvolutionTranspose
{
    internal ConvTranspose3d(long in_channels, long out_channels, (long, long, long) kernel_size, (long, long, long) stride, (long, long, long) padding, (long, long, long) dilation,
        (long, long, long) output_padding, long groups, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
        : base(nameof(ConvTranspose3d), in_channels, out_channels, nn.Three(kernel_size), nn.Three(stride), nn.Three(padding), nn.Three(dilation), nn.Three(output_padding),
            groups, bias, padding_mode, device, dtype)
    { }

    public override Tensor forward(Tensor input, long[]? output_size)
    {
        Expect(input);
        return nn.functional.conv_transpose3d(input, weight, bias, stride, padding, PaddingFor(input, output_size), dilation, groups);
    }
}
