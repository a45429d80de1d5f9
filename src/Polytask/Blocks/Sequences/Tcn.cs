using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A temporal convolutional network, made by <see cref="Block.Tcn(long[], long)"/>: residual blocks l = 0, 1, ... of two causal convolutions of dilation
/// 2^l, each followed by ReLU and dropout: ReLU(x + f(x)), with a 1x1 convolution on x where the channels change (Bai et al. 2018, section 3). Weight
/// normalisation, which they have on the causal convolutions, is <see cref="WithWeightNorm"/>.
/// </summary>
public sealed record Tcn : Block
{
    internal Tcn(long[] channels, long kernel)
    {
        ArgumentNullException.ThrowIfNull(channels);
        if (channels.Length == 0 || channels.Any(count => count < 1))
            throw new DeclarationException($"a tcn needs at least one layer of at least 1 channel, but got [{string.Join(", ", channels)}]");
        if (kernel < 2) throw new DeclarationException($"a tcn's kernel reads at least 2 steps, but got {kernel}");
        (Channels, Kernel) = ([.. channels], kernel);
    }

    /// <summary>The channels of each residual block.</summary>
    public ImmutableArray<long> Channels { get; }

    /// <summary>The kernel's length.</summary>
    public long Kernel { get; }

    /// <summary>The share of activations set to zero after each convolution while training.</summary>
    public double Dropout { get; private init; }

    /// <summary>The same network with dropout after each convolution.</summary>
    /// <param name="probability">At least 0, below 1.</param>
    public Tcn WithDropout(double probability) => this with { Dropout = Probability.Checked(probability) };

    /// <summary>Whether the causal convolutions' weights are normalised.</summary>
    public bool HasWeightNorm { get; private init; }

    /// <summary>
    /// The same network with weight normalisation of the causal convolutions: length and direction of each channel's weights are trained apart
    /// (<see cref="WeightNorm"/>).
    /// </summary>
    public Tcn WithWeightNorm() => this with { HasWeightNorm = true };

    /// <summary>Whether only the last step's output comes out.</summary>
    public bool GivesLastState { get; private init; }

    /// <summary>
    /// Gives the output of the last step, [channels], instead of all: the same numbers, and no more computed than it depends on, which is every 2^l-th
    /// step before layer l. For 30 steps and four layers that is about a third of the products.
    /// </summary>
    public Tcn LastState() => this with { GivesLastState = true };

    /// <inheritdoc/>
    public override string Name => "tcn";

    /// <inheritdoc/>
    public override string Describe() => $"tcn {string.Join("-", Channels)} kernel {Kernel}" + (HasWeightNorm ? ", weight norm" : "") + Probability.Described(Dropout)
        + (GivesLastState ? ", last state" : "");

    /// <inheritdoc/>
    public override Shape Output(Shape input, string place)
    {
        Sequences.Require(input, "a tcn", place);
        return GivesLastState ? Shape.Of(Channels[^1]) : Shape.Of(input[0], Channels[^1]);
    }

    /// <inheritdoc/>
    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new TcnModule(input[1], this);

    internal nn.Module<Tensor, Tensor> Convolution(long from, long to, long dilation = 1, long stride = 1)
    {
        var convolution = nn.Conv1d(from, to, Kernel, dilation: dilation, stride: stride);
        return HasWeightNorm ? WeightNorm.Of(convolution) : convolution;
    }
}

internal sealed class TcnModule : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.ModuleList<nn.Module<Tensor, Tensor>> layers = [];
    private readonly bool last;

    public TcnModule(long channels, Tcn spec) : base("tcn")
    {
        last = spec.GivesLastState;
        for (var layer = 0; layer < spec.Channels.Length; layer++)
        {
            var isLast = layer == spec.Channels.Length - 1;
            layers.Add(last ? new TcnThinnedLayer(channels, spec.Channels[layer], spec, isLast) : new TcnLayer(channels, spec.Channels[layer], spec, 1L << layer));
            channels = spec.Channels[layer];
        }
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        x = x.transpose(1, 2);
        foreach (var layer in layers) x = layer.call(x);
        return last ? x.squeeze(2) : x.transpose(1, 2);
    }
}

/// <summary>[batch, channels, length] → the same length.</summary>
internal sealed class TcnLayer : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> first;
    private readonly nn.Module<Tensor, Tensor> second;
    private readonly TorchSharp.Modules.Conv1d? projection;
    private readonly long before;
    private readonly double dropout;

    public TcnLayer(long from, long to, Tcn spec, long dilation) : base("tcn_layer")
    {
        (before, dropout) = ((spec.Kernel - 1) * dilation, spec.Dropout);
        first = spec.Convolution(from, to, dilation);
        second = spec.Convolution(to, to, dilation);
        if (from != to) projection = nn.Conv1d(from, to, 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) =>
        Causal(second, Causal(first, x)).add(projection is null ? x : projection.call(x)).relu();

    // Zeros before the start only: no output reads what comes after it.
    private Tensor Causal(nn.Module<Tensor, Tensor> convolution, Tensor x)
    {
        var output = convolution.call(nn.functional.pad(x, (before, 0))).relu();
        return dropout > 0 ? nn.functional.dropout(output, dropout, training) : output;
    }
}
