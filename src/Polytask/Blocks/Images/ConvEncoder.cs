using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Convolution stages of falling size; see <see cref="Block.ConvEncoder"/>.</summary>
internal sealed record ConvEncoder : Block
{
    public ConvEncoder(long[] channels)
    {
        ArgumentNullException.ThrowIfNull(channels);
        Channels = [.. Images.Stages(channels, "a convolutional encoder")];
    }

    public ImmutableArray<long> Channels { get; }

    public override string Name => "encoder";

    public override string Describe() => $"conv encoder {string.Join("-", Channels)}";

    public override Shape Output(Shape input, string place)
    {
        Images.Require(input, "a convolutional encoder", place);
        return Shape.Of(Channels[^1], Images.Halved(input[1], Channels.Length - 1), Images.Halved(input[2], Channels.Length - 1));
    }

    internal override bool PrefersChannelsLast => true;

    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => nn.Sequential([.. Stages(input[0], Channels)]);

    /// <summary>A stage a width: two units, the first of stride 2 in all stages but the first.</summary>
    public static IEnumerable<nn.Module<Tensor, Tensor>> Stages(long channels, ImmutableArray<long> widths)
    {
        for (var stage = 0; stage < widths.Length; stage++)
        {
            yield return nn.Sequential(Images.Unit(channels, widths[stage], stage == 0 ? 1 : 2), Images.Unit(widths[stage], widths[stage]));
            channels = widths[stage];
        }
    }
}
