using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Every cell of a map becomes a patch of pixels; see <see cref="Block.Enlarge"/>.</summary>
internal sealed record Enlarge : Block
{
    public Enlarge(long factor, long channels)
    {
        if (factor < 1) throw new DeclarationException($"a map is enlarged by a factor of at least 1, but got {factor}");
        if (channels < 1) throw new DeclarationException($"an enlarged map has at least 1 channel, but got {channels}");
        (Factor, Channels) = (factor, channels);
    }

    public long Factor { get; }

    public long Channels { get; }

    public override string Name => "enlarge";

    public override string Describe() => $"enlarge {Factor}x to {Channels}";

    public override Shape Output(Shape input, string place)
    {
        Images.Require(input, "enlarging", place);
        return Shape.Of(Channels, input[1] * Factor, input[2] * Factor);
    }

    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new EnlargeModule(input[0], Channels, Factor);
}

/// <summary>
/// A transposed convolution whose stride is its kernel, so that squares of pixels do not overlap: one linear map of each cell's features, laid out as
/// pixels. The weights, names and first numbers of <c>ConvTranspose2d</c>; on the CPU in about half of its time.
/// </summary>
internal sealed class EnlargeModule : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight, bias;

    public EnlargeModule(long from, long channels, long factor) : base("enlarge")
    {
        using var drawn = nn.ConvTranspose2d(from, channels, factor, stride: factor);
        weight = new Parameter(drawn.weight.detach().clone());      // [from, channels, factor, factor]
        bias = new Parameter(drawn.bias!.detach().clone());
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var (rows, height, width) = (x.shape[0], x.shape[2], x.shape[3]);
        var (channels, factor) = (weight.shape[1], weight.shape[2]);
        MultiplyAdds.Report(x.numel() * channels * factor * factor);
        if (x.device_type != DeviceType.CPU) return nn.functional.conv_transpose2d(x, weight, bias, strides: [factor, factor]);
        var each = bias.unsqueeze(1).expand(-1, factor * factor).flatten();
        return nn.functional.linear(x.permute(0, 2, 3, 1), weight.view(weight.shape[0], -1).t(), each)
            .view(rows, height, width, channels, factor, factor).permute(0, 3, 1, 4, 2, 5).reshape(rows, channels, height * factor, width * factor);
    }
}
