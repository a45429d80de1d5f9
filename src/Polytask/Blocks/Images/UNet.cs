using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>An encoder and decoder with skip connections; see <see cref="Block.UNet"/>.</summary>
internal sealed record UNet : Block
{
    public UNet(long[] channels)
    {
        ArgumentNullException.ThrowIfNull(channels);
        Channels = [.. Images.Stages(channels, "a unet")];
        if (Channels.Length < 2) throw new DeclarationException($"a unet has at least 2 stages, but got {Channels.Length}; for one use Block.Conv");
    }

    public ImmutableArray<long> Channels { get; }

    public override string Name => "unet";

    public override string Describe() => $"unet {string.Join("-", Channels)}";

    public override Shape Output(Shape input, string place)
    {
        Images.Require(input, "a unet", place);
        return Shape.Of(Channels[0], input[1], input[2]);
    }

    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new UNetModule(input[0], Channels);
}

internal sealed class UNetModule : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.ModuleList<nn.Module<Tensor, Tensor>> encoder;
    private readonly TorchSharp.Modules.ModuleList<nn.Module<Tensor, Tensor>> decoder;

    public UNetModule(long channels, ImmutableArray<long> widths) : base("unet")
    {
        encoder = new([.. ConvEncoder.Stages(channels, widths)]);
        // Level by level from the deepest up: [level below, skip] → the skip's channels.
        decoder = new([.. Enumerable.Range(0, widths.Length - 1).Reverse().Select(level => Images.Unit(widths[level + 1] + widths[level], widths[level]))]);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var skips = new Stack<Tensor>();
        foreach (var stage in encoder) skips.Push(x = stage.call(x));
        skips.Pop();
        foreach (var level in decoder)
        {
            var skip = skips.Pop();
            x = level.call(cat([nn.functional.interpolate(x, size: skip.shape[2..]), skip], 1));
        }
        return x;
    }
}
