using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Fully connected layers with a non-linearity after each: h_l = act(W_l h_(l-1) + b_l), weights drawn as PyTorch's Linear does.</summary>
public sealed record Mlp : Block
{
    internal Mlp(IEnumerable<long> units)
    {
        Units = [.. units];
        if (Units.IsEmpty) throw new DeclarationException("an mlp needs the width of at least one layer, for example Block.Mlp(64)");
        if (Units.Any(width => width < 1))
            throw new DeclarationException($"an mlp's layers need widths of at least 1, but got {string.Join(", ", Units)}");
    }

    /// <summary>The width of each layer.</summary>
    public ImmutableArray<long> Units { get; }

    /// <summary>The non-linearity after each layer.</summary>
    public Activation Activation { get; private init; } = Activation.ReLU;

    /// <summary>The share of activations set to zero after each layer while training.</summary>
    public double Dropout { get; private init; }

    /// <summary>What stands between each linear map and its non-linearity.</summary>
    public Normalisation Normalisation { get; private init; }

    /// <summary>Whether the last layer is its linear map alone: no normalisation, no non-linearity, no dropout.</summary>
    public bool IsOutputLinear { get; private init; }

    /// <summary>The same layers with another non-linearity.</summary>
    public Mlp WithActivation(Activation activation) => this with { Activation = activation };

    /// <summary>The same layers with dropout after each.</summary>
    /// <param name="probability">At least 0, below 1.</param>
    public Mlp WithDropout(double probability) => this with { Dropout = Probability.Checked(probability) };

    /// <summary>The same layers with normalisation after each linear map, before the non-linearity.</summary>
    public Mlp WithNormalisation(Normalisation normalisation) => this with { Normalisation = normalisation };

    /// <summary>The same layers with a last one that is linear, for outputs of either sign.</summary>
    public Mlp WithLinearOutput() => this with { IsOutputLinear = true };

    /// <summary>Whether the layers are linear maps and non-linearities alone.</summary>
    internal bool IsPlain => Dropout == 0 && Normalisation == Normalisation.None && !IsOutputLinear;

    /// <inheritdoc/>
    public override string Name => "mlp";

    /// <inheritdoc/>
    public override string Describe() => $"mlp {string.Join("-", Units)} {Activation.Label()}"
        + (Normalisation == Normalisation.None ? "" : $" {Normalisation.ToString().ToLowerInvariant()} norm")
        + Probability.Described(Dropout) + (IsOutputLinear ? " linear output" : "");

    /// <inheritdoc/>
    public override Shape Output(Shape input, string place) => Shape.Of(Units[^1]);

    /// <inheritdoc/>
    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new MlpModule(input, this);
}

internal sealed class MlpModule : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.ModuleList<TorchSharp.Modules.Linear> layers;
    private readonly TorchSharp.Modules.ModuleList<nn.Module<Tensor, Tensor>>? norms;
    private readonly Activation activation;
    private readonly double dropout;
    private readonly bool flatten;
    private readonly int active;

    public MlpModule(Shape input, Mlp spec) : base("mlp")
    {
        (activation, dropout, flatten) = (spec.Activation, spec.Dropout, !input.IsFlat);
        active = spec.Units.Length - (spec.IsOutputLinear ? 1 : 0);
        long[] widths = [input.Count, .. spec.Units];
        layers = new([.. spec.Units.Select((units, layer) => nn.Linear(widths[layer], units))]);
        if (spec.Normalisation != Normalisation.None) norms = new([.. spec.Units.Take(active).Select(units => spec.Normalisation.Build(units))]);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        if (flatten) x = x.flatten(1);
        for (var layer = 0; layer < layers.Count; layer++)
        {
            x = layers[layer].call(x);
            if (layer >= active) break;
            if (norms is not null) x = norms[layer].call(x);
            x = activation.Apply(x);
            if (dropout > 0) x = nn.functional.dropout(x, dropout, training);
        }
        return x;
    }
}
