using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Convolution of [N, in_channels, H, W] along H and W.</summary>
public sealed class Conv2d : Convolution
{
    private static readonly long[] NoPadding = [0, 0];

    internal Conv2d(long in_channels, long out_channels, (long, long) kernel_size, (long, long) stride, (long, long)? padding, Padding? padding_type, (long, long) dilation,
        long groups, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
        : base(nameof(Conv2d), in_channels, out_channels, [kernel_size.Item1, kernel_size.Item2], [stride.Item1, stride.Item2],
            padding is { } p ? [p.Item1, p.Item2] : null, padding_type, [dilation.Item1, dilation.Item2], false, [0, 0], groups, bias, padding_mode, device, dtype)
    { }

    public override Tensor forward(Tensor input)
    {
        Expect(input);
        if (padding_mode != PaddingModes.Zeros)
        {
            using var bordered = Bordered(input);
            return nn.functional.conv2d(bordered, weight, bias, stride, NoPadding, dilation, groups);
        }
        return padding_type is { } type
            ? nn.functional.conv2d_padding(input, weight, bias, stride, type, dilation, groups)
            : nn.functional.conv2d(input, weight, bias, stride, padding, dilation, groups);
    }
}
