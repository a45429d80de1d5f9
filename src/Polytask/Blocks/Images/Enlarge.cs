using TorchSharp;
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

    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => nn.ConvTranspose2d(input[0], Channels, Factor, stride: Factor);
}
