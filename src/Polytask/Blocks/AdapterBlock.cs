using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A small detour beside an identity; see <see cref="Block.Adapter"/>.</summary>
public sealed record AdapterBlock : Block
{
    internal AdapterBlock(long bottleneck) => Bottleneck = bottleneck >= 1
        ? bottleneck
        : throw new DeclarationException($"an adapter needs a bottleneck of at least 1 unit, but got {bottleneck}");

    /// <summary>m, the units of the detour.</summary>
    public long Bottleneck { get; }

    /// <summary>The non-linearity in the bottleneck.</summary>
    public Activation Activation { get; private init; } = Activation.GELU;

    /// <summary>The same adapter with another non-linearity.</summary>
    public AdapterBlock WithActivation(Activation activation) => this with { Activation = activation };

    /// <inheritdoc/>
    public override string Name => "adapter";

    /// <inheritdoc/>
    public override string Describe() => $"adapter {Bottleneck} {Activation.Label()}";

    /// <inheritdoc/>
    public override Shape Output(Shape input, string place) => input.Rank <= 2
        ? input
        : throw new DeclarationException($"{place}: an adapter reads features or a sequence [length, features], but gets {input}; "
            + "flatten it first with Block.Flatten()");

    /// <inheritdoc/>
    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new AdapterModule(input[input.Rank - 1], this);
}

internal sealed class AdapterModule : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Linear down;
    private readonly TorchSharp.Modules.Linear up;
    private readonly Activation activation;

    public AdapterModule(long features, AdapterBlock spec) : base("adapter")
    {
        activation = spec.Activation;
        (down, up) = (nn.Linear(features, spec.Bottleneck), nn.Linear(spec.Bottleneck, features));
        nn.init.zeros_(up.weight!);
        nn.init.zeros_(up.bias!);
        RegisterComponents();
    }

    public override Tensor forward(Tensor h) => h + up.call(activation.Apply(down.call(h)));
}
