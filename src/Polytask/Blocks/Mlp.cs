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

    /// <summary>The same layers with another non-linearity.</summary>
    public Mlp WithActivation(Activation activation) => this with { Activation = activation };

    /// <summary>The same layers with dropout after each.</summary>
    /// <param name="probability">At least 0, below 1.</param>
    public Mlp WithDropout(double probability) => probability is >= 0 and < 1
        ? this with { Dropout = probability }
        : throw new DeclarationException($"dropout needs a probability of at least 0 and below 1, but got {probability}");

    /// <inheritdoc/>
    public override string Name => "mlp";

    /// <inheritdoc/>
    public override string Describe() =>
        $"mlp {string.Join("-", Units)} {Activation.Label()}" + (Dropout > 0 ? FormattableString.Invariant($" dropout {Dropout}") : "");

    /// <inheritdoc/>
    public override Shape Output(Shape input, string place) => Shape.Of(Units[^1]);

    /// <inheritdoc/>
    public override nn.Module<Tensor, Tensor> Build(Shape input) => new MlpModule(input, this);
}

internal sealed class MlpModule : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.ModuleList<TorchSharp.Modules.Linear> layers;
    private readonly Activation activation;
    private readonly double dropout;
    private readonly bool flatten;

    public MlpModule(Shape input, Mlp spec) : base("mlp")
    {
        (activation, dropout, flatten) = (spec.Activation, spec.Dropout, !input.IsFlat);
        long[] widths = [input.Count, .. spec.Units];
        layers = new([.. spec.Units.Select((units, layer) => nn.Linear(widths[layer], units))]);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        if (flatten) x = x.flatten(1);
        foreach (var layer in layers)
        {
            x = activation.Apply(layer.call(x));
            if (dropout > 0) x = nn.functional.dropout(x, dropout, training);
        }
        return x;
    }
}
