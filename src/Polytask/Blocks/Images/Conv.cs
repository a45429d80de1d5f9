using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Two-dimensional convolutions with "same" padding, each followed by ReLU and, where asked, max pooling.</summary>
public sealed record Conv : Block
{
    internal Conv(IEnumerable<long> channels, long kernel, long pool)
    {
        (Channels, Kernel, Pool) = ([.. channels], kernel, pool);
        if (Channels.IsEmpty || Channels.Any(count => count < 1))
            throw new DeclarationException($"a conv block needs at least one layer of at least 1 channel, but got [{string.Join(", ", Channels)}]");
        if (kernel < 1 || kernel % 2 == 0)
            throw new DeclarationException($"a conv block needs an odd kernel so that padding keeps the size, but got {kernel}");
        if (pool < 1) throw new DeclarationException($"a conv block's pooling window is at least 1 (1 means none), but got {pool}");
    }

    /// <summary>The output channels of each layer.</summary>
    public ImmutableArray<long> Channels { get; }

    /// <summary>The side of the kernel.</summary>
    public long Kernel { get; }

    /// <summary>The side of the pooling window after each layer; 1 means none.</summary>
    public long Pool { get; }

    /// <inheritdoc/>
    public override string Name => "conv";

    /// <inheritdoc/>
    public override string Describe() => $"conv {string.Join("-", Channels)} {Kernel}x{Kernel} ReLU" + (Pool > 1 ? $" pool {Pool}" : "");

    /// <inheritdoc/>
    public override Shape Output(Shape input, string place)
    {
        Images.Require(input, "a conv block", place);
        var (height, width) = (input[1], input[2]);
        foreach (var _ in Channels) (height, width) = (height / Pool, width / Pool);
        return height > 0 && width > 0
            ? Shape.Of(Channels[^1], height, width)
            : throw new DeclarationException(
                $"{place}: pooling by {Pool} after each of {Channels.Length} layers leaves nothing of {input}; use fewer layers or a smaller pool");
    }

    internal override bool PrefersChannelsLast => true;

    /// <inheritdoc/>
    protected internal override nn.Module<Tensor, Tensor> Make(Shape input)
    {
        long[] widths = [input[0], .. Channels];
        var layers = new List<nn.Module<Tensor, Tensor>>();
        for (var layer = 0; layer < Channels.Length; layer++)
        {
            layers.Add(nn.Conv2d(widths[layer], Channels[layer], Kernel, padding: Kernel / 2));
            layers.Add(nn.ReLU());
            if (Pool > 1) layers.Add(nn.MaxPool2d(Pool));
        }
        return nn.Sequential(layers);
    }
}
