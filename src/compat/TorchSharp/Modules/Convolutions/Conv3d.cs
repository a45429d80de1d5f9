using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Convolution of [N, in_channels, D, H, W] along D, H and W.</summary>
public sealed class Conv3d : Convolution
{
    private static readonly long[] NoPadding = [0, 0, 0];

    internal Conv3d(long in_channels, long out_channels, (long, long, long) kernel_size, (long, long, long) stride, (long, long, long)? padding, Padding? padding_type,
        (long, long, long) dilation, long groups, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
        : base(nameof(Conv3d), in_channels, out_channels, nn.Three(kernel_size), nn.Three(stride), nn.Three(padding), padding_type, nn.Three(dilation), false, [0, 0, 0],
            groups, bias, padding_mode, device, dtype)
    { }

    public override Tensor forward(Tensor input)
    {
        Expect(input);
        if (padding_mode != PaddingModes.Zeros)
        {
            using var bordered = Bordered(input);
            return nn.functional.conv3d(bordered, weight, bias, stride, NoPadding, dilation, groups);
        }
        return padding_type is { } type
            ? nn.functional.conv3d_padding(input, weight, bias, stride, type, dilation, groups)
            : nn.functional.conv3d(input, weight, bias, stride, padding, dilation, groups);
    }
}
