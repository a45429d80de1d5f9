using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Convolution of [N, in_channels, L] along L.</summary>
public sealed class Conv1d : Convolution
{
    internal Conv1d(long in_channels, long out_channels, long kernel_size, long stride, long? padding, Padding? padding_type, long dilation, long groups, bool bias,
        PaddingModes padding_mode, Device? device, ScalarType? dtype)
        : base(nameof(Conv1d), in_channels, out_channels, [kernel_size], [stride], padding is { } p ? [p] : null, padding_type, [dilation], false, [0], groups, bias, padding_mode, device, dtype) { }

    public override Tensor forward(Tensor input)
    {
        Expect(input);
        if (padding_mode != PaddingModes.Zeros)
        {
            using var bordered = Bordered(input);
            return nn.functional.conv1d(bordered, weight, bias, stride[0], 0, dilation[0], groups);
        }
        return padding_type is { } type
            ? nn.functional.conv1d_padding(input, weight, bias, stride[0], type, dilation[0], groups)
            : nn.functional.conv1d(input, weight, bias, stride[0], padding![0], dilation[0], groups);
    }
}
