using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Transposed convolution of [N, in_channels, H, W].</summary>
public sealed class ConvTranspose2d : ConvolutionTranspose
{
    internal ConvTranspose2d(long in_channels, long out_channels, (long, long) kernel_size, (long, long) stride, (long, long) padding, (long, long) dilation,
        (long, long) output_padding, long groups, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
        : base(nameof(ConvTranspose2d), in_channels, out_channels, nn.Both(kernel_size), nn.Both(stride), nn.Both(padding), nn.Both(dilation), nn.Both(output_padding),
            groups, bias, padding_mode, device, dtype)
    { }

    public override Tensor forward(Tensor input, long[]? output_size)
    {
        Expect(input);
        return nn.functional.conv_transpose2d(input, weight, bias, stride, padding, PaddingFor(input, output_size), dilation, groups);
    }
}
