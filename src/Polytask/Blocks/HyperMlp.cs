using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A multilayer perceptron with weights of each row's own (Ha et al., ICLR 2017, in the additive form of Ortiz et al. 2023): W_l(c) = W_l + ΔW_l(c), the
/// changes a linear map of the generator's features, zero at the start. Made by <see cref="Block.Hyper"/>.
/// </summary>
public sealed record HyperMlp : Block
{
    internal HyperMlp(long condition, Mlp network, Block? generator)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (condition < 1) throw new DeclarationException($"a hypernetwork's condition has at least 1 feature, but got {condition}");
        if (network.Normalisation != Normalisation.None)
            throw new DeclarationException("a hypernetwork makes linear layers; drop .WithNormalisation from its network");
        (Condition, Network, Generator) = (condition, network, generator);
    }

    /// <summary>The number of leading features that set the weights.</summary>
    public long Condition { get; }

    /// <summary>The network whose weights are made; it reads the other features.</summary>
    public Mlp Network { get; }

    /// <summary>What reads the condition before the last linear map to the weights; null for nothing.</summary>
    public Block? Generator { get; }

    /// <summary>The rank of each weight's change; null for a full one.</summary>
    public long? Rank { get; private init; }

    /// <summary>The same with changes of low rank: ΔW = A B with A [out, rank] and B [rank, in] made from the condition, A zero at the start.</summary>
    public HyperMlp WithRank(long rank) => rank >= 1
        ? this with { Rank = rank }
        : throw new DeclarationException($"the rank of a hypernetwork's changes is at least 1, but got {rank}");

    /// <inheritdoc/>
    public override string Name => "hyper";

    /// <inheritdoc/>
    public override string Describe() => $"hyper ({Network}) by {Condition} features" + (Rank is { } rank ? $" rank {rank}" : "")
        + (Generator is { } generator ? $" through ({generator})" : "");

    /// <inheritdoc/>
    public override Shape Output(Shape input, string place)
    {
        if (!input.IsFlat || input[0] <= Condition)
            throw new DeclarationException($"{place}: the hypernetwork takes {Condition} features as its condition and the others as its input, "
                + $"but gets {input}");
        Generator?.Output(Shape.Of(Condition), place);
        return Network.Output(Shape.Of(input[0] - Condition), place);
    }

    internal override void Check(string task, string split, Tensor inputs)
    {
        using var scope = NewDisposeScope();
        Generator?.Check(task, split, inputs.narrow(1, 0, Condition));
    }

    /// <inheritdoc/>
    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new HyperMlpModule(input, this);
}

internal sealed class HyperMlpModule : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor>? generator;
    private readonly ModuleList<TorchSharp.Modules.Linear> layers;
    private readonly ModuleList<TorchSharp.Modules.Linear> changes;
    private readonly Mlp network;
    private readonly long condition;
    private readonly long? rank;

    public HyperMlpModule(Shape input, HyperMlp spec) : base("hyper")
    {
        (network, condition, rank) = (spec.Network, spec.Condition, spec.Rank);
        generator = spec.Generator?.Build(Shape.Of(condition));
        var features = spec.Generator?.Output(Shape.Of(condition), "hyper").Count ?? condition;
        long[] widths = [input[0] - condition, .. network.Units];
        layers = new([.. network.Units.Select((units, layer) => nn.Linear(widths[layer], units))]);
        changes = new([.. network.Units.Select((units, layer) => nn.Linear(features, Numbers(widths[layer], units)))]);
        using (no_grad())
            for (var layer = 0; layer < changes.Count; layer++)
            {
                // Zero where that suffices for no change; B of A B stays as drawn, or no gradient would reach either.
                var zero = network.Units[layer] * (rank is { } r ? r + 1 : widths[layer] + 1);
                nn.init.zeros_(changes[layer].weight!.narrow(0, 0, zero));
                nn.init.zeros_(changes[layer].bias!.narrow(0, 0, zero));
            }
        RegisterComponents();
    }

    // Per row: the change of the bias, then that of the weight, whole or as A and B.
    private long Numbers(long inputs, long outputs) => outputs + (rank is { } r ? r * (outputs + inputs) : inputs * outputs);

    public override Tensor forward(Tensor x)
    {
        var by = x.narrow(1, 0, condition);
        if (generator is not null) by = generator.call(by).flatten(1);
        x = x.narrow(1, condition, x.shape[1] - condition);
        for (var layer = 0; layer < layers.Count; layer++)
        {
            x = layers[layer].call(x).add(Change(changes[layer].call(by), x, network.Units[layer]));
            if (layer == layers.Count - 1 && network.IsOutputLinear) break;
            x = network.Activation.Apply(x);
            if (network.Dropout > 0) x = nn.functional.dropout(x, network.Dropout, training);
        }
        return x;
    }

    // ΔW x + Δb for every row.
    private Tensor Change(Tensor made, Tensor x, long outputs)
    {
        var (rows, inputs) = (x.shape[0], x.shape[1]);
        var (bias, weight, column) = (made.narrow(1, 0, outputs), made.narrow(1, outputs, made.shape[1] - outputs), x.unsqueeze(2));
        if (rank is not { } r)
        {
            MultiplyAdds.Report(rows * outputs * inputs);
            return weight.reshape(rows, outputs, inputs).bmm(column).squeeze(2).add(bias);
        }
        MultiplyAdds.Report(rows * r * (outputs + inputs));
        var (a, b) = (weight.narrow(1, 0, outputs * r).reshape(rows, outputs, r), weight.narrow(1, outputs * r, r * inputs).reshape(rows, r, inputs));
        return a.bmm(b.bmm(column)).squeeze(2).add(bias);
    }
}
