using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

public abstract partial record Adapter
{
    /// <summary>
    /// A bottleneck after a layer (Houlsby et al., ICML 2019, section 2.1): h + U act(D h + d) + u of its output h, with U and u zero at the
    /// start and 2 h m + h + m numbers. After every linear layer, or where <see cref="At"/> says: after the last of a block for Pfeiffer et al.
    /// (EACL 2021).
    /// </summary>
    /// <param name="bottleneck">m, far below the layer's outputs.</param>
    public static SeriesAdapter Series(int bottleneck) => new(bottleneck);

    /// <summary>
    /// A bottleneck beside a layer (He et al., ICLR 2022, section 3.2): W x + b + s (U act(D x + d) + u), with U and u zero at the start and
    /// m (inputs + outputs + 1) + outputs numbers. Beside every linear layer, or where <see cref="At"/> says.
    /// </summary>
    /// <param name="bottleneck">m, far below the layer's outputs.</param>
    /// <param name="scale">s.</param>
    public static ParallelAdapter Parallel(int bottleneck, double scale = 1) => new(bottleneck, scale);

    private protected static int CheckedBottleneck(int bottleneck, string name) => bottleneck >= 1
        ? bottleneck
        : throw new DeclarationException($"{name} needs a bottleneck of at least 1 unit, but got {bottleneck}");

    private protected static long CheckedWidth(long width, string name) => width >= 1
        ? width
        : throw new DeclarationException($"{name}: a layer gives at least 1 feature, but the width was given as {width}");
}

/// <summary>Bottlenecks after layers, made by <see cref="Adapter.Series"/>.</summary>
public sealed record SeriesAdapter : LayerwiseAdapter
{
    internal SeriesAdapter(int bottleneck) => Bottleneck = CheckedBottleneck(bottleneck, "a series adapter");

    /// <summary>m.</summary>
    public int Bottleneck { get; }

    /// <summary>The non-linearity in the bottleneck.</summary>
    public Activation Activation { get; private init; } = Activation.GELU;

    /// <summary>The features of what the layers give, where they are no linear layers.</summary>
    public long? Width { get; private init; }

    /// <summary>The same with another non-linearity; with <see cref="Activation.None"/> after linear layers it can be merged.</summary>
    public SeriesAdapter WithActivation(Activation activation) => this with { Activation = activation };

    /// <summary>
    /// Says how many features [..., width] a layer named in <see cref="Adapter.At"/> gives that is no linear layer: an activation, a norm, a block.
    /// </summary>
    public SeriesAdapter WithWidth(long width) => this with { Width = CheckedWidth(width, Name) };

    /// <inheritdoc/>
    public override string Name => "series";

    /// <inheritdoc/>
    public override string Describe() => $"series adapter {Bottleneck} {Activation.Label()}" + (Width is { } width ? $" of width {width}" : "");

    internal override LayerAdapter Make(AdaptedLayer layer, IReadOnlyList<string> tasks, nn.Module? common)
    {
        var width = LayerWidths.Of(layer, Width, this).Outputs;
        return new BottleneckUpdate(Name, layer, width, width, Bottleneck, Activation, 1, isAfter: true);
    }
}

/// <summary>Bottlenecks beside layers, made by <see cref="Adapter.Parallel"/>.</summary>
public sealed record ParallelAdapter : LayerwiseAdapter
{
    internal ParallelAdapter(int bottleneck, double scale)
    {
        Bottleneck = CheckedBottleneck(bottleneck, "a parallel adapter");
        if (!double.IsFinite(scale))
            throw new DeclarationException(FormattableString.Invariant($"a parallel adapter needs a number as its scale, but got {scale}"));
        Scale = scale;
    }

    /// <summary>m.</summary>
    public int Bottleneck { get; }

    /// <summary>s.</summary>
    public double Scale { get; }

    /// <summary>The non-linearity in the bottleneck.</summary>
    public Activation Activation { get; private init; } = Activation.ReLU;

    /// <summary>The features that the layers read and give, where they are no linear layers.</summary>
    public long? Width { get; private init; }

    /// <summary>The same with another non-linearity; with <see cref="Activation.None"/> beside linear layers it can be merged.</summary>
    public ParallelAdapter WithActivation(Activation activation) => this with { Activation = activation };

    /// <summary>Says how many features [..., width] a block named in <see cref="Adapter.At"/> reads and gives.</summary>
    public ParallelAdapter WithWidth(long width) => this with { Width = CheckedWidth(width, Name) };

    /// <inheritdoc/>
    public override string Name => "parallel";

    /// <inheritdoc/>
    public override string Describe() => FormattableString.Invariant($"parallel adapter {Bottleneck} {Activation.Label()} scale {Scale}")
        + (Width is { } width ? $" of width {width}" : "");

    internal override LayerAdapter Make(AdaptedLayer layer, IReadOnlyList<string> tasks, nn.Module? common)
    {
        var (inputs, outputs) = LayerWidths.Of(layer, Width, this);
        return new BottleneckUpdate(Name, layer, inputs, outputs, Bottleneck, Activation, Scale, isAfter: false);
    }
}
