using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// The residual network for small images of He et al. (CVPR 2016), section 4.2: a 3x3 convolution to the first stage's channels, then stages of basic
/// blocks, ReLU(x + BN(conv(ReLU(BN(conv(x)))))), each stage but the first beginning with stride 2; shortcuts of changed shape are 1x1 convolutions
/// with batch normalisation.
/// </summary>
public sealed record ResNet : Block
{
    internal ResNet(long[] channels, int blocks)
    {
        ArgumentNullException.ThrowIfNull(channels);
        if (blocks < 1) throw new DeclarationException($"a stage of a resnet has at least 1 block, but got {blocks}");
        (Channels, Blocks) = ([.. Images.Stages(channels, "a resnet")], blocks);
    }

    /// <summary>The channels of each stage.</summary>
    public ImmutableArray<long> Channels { get; }

    /// <summary>The residual blocks in each stage.</summary>
    public int Blocks { get; }

    /// <inheritdoc/>
    public override string Name => "resnet";

    /// <inheritdoc/>
    public override string Describe() => $"resnet {string.Join("-", Channels)}, {Blocks} {(Blocks == 1 ? "block" : "blocks")} a stage";

    /// <inheritdoc/>
    public override Shape Output(Shape input, string place)
    {
        Images.Require(input, "a resnet", place);
        return Shape.Of(Channels[^1], Images.Halved(input[1], Channels.Length - 1), Images.Halved(input[2], Channels.Length - 1));
    }

    internal override bool PrefersChannelsLast => true;

    /// <inheritdoc/>
    protected internal override nn.Module<Tensor, Tensor> Make(Shape input)
    {
        var parts = new List<nn.Module<Tensor, Tensor>> { Images.Unit(input[0], Channels[0]) };
        var width = Channels[0];
        for (var stage = 0; stage < Channels.Length; stage++)
            for (var block = 0; block < Blocks; block++)
            {
                parts.Add(new BasicBlock(width, Channels[stage], stage > 0 && block == 0 ? 2 : 1));
                width = Channels[stage];
            }
        return nn.Sequential(parts);
    }
}

internal sealed class BasicBlock : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> inner;
    private readonly nn.Module<Tensor, Tensor>? shortcut;

    public BasicBlock(long from, long to, long stride) : base("basic_block")
    {
        inner = nn.Sequential(
            nn.Conv2d(from, to, 3, stride: stride, padding: 1, bias: false), nn.BatchNorm2d(to), nn.ReLU(inplace: true),
            nn.Conv2d(to, to, 3, padding: 1, bias: false), nn.BatchNorm2d(to));
        if (from != to || stride > 1) shortcut = nn.Sequential(nn.Conv2d(from, to, 1, stride: stride, bias: false), nn.BatchNorm2d(to));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => inner.call(x).add_(shortcut is null ? x : shortcut.call(x)).relu_();
}
