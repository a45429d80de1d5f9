using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>One of several blocks for each row; see <see cref="Block.Choose"/>.</summary>
internal sealed record Choose : Block
{
    public Choose(int column, ImmutableArray<Block> branches)
    {
        if (branches.Length < 2) throw new DeclarationException($"a choice has at least 2 branches, but got {branches.Length}");
        if (column < 0) throw new DeclarationException($"the column that chooses a branch is counted from 0, but got {column}");
        (Column, Branches) = (column, branches);
    }

    public int Column { get; }

    public ImmutableArray<Block> Branches { get; }

    public override string Name => "choose";

    public override string Describe() => $"by feature {Column} one of ({string.Join(" | ", Branches)})";

    public override Shape Output(Shape input, string place)
    {
        if (!input.IsFlat || input[0] < 2 || Column >= input[0])
            throw new DeclarationException(
                $"{place}: feature {Column} chooses the branch and the other features go into it, but the block gets {input}");
        var outputs = Branches.Select(branch => branch.Output(Shape.Of(input[0] - 1), place)).ToArray();
        var other = Array.FindIndex(outputs, shape => !shape.Equals(outputs[0]));
        return other < 0
            ? outputs[0]
            : throw new DeclarationException($"{place}: of the branches to choose from, 0 '{Branches[0].Name}' gives {outputs[0]}, "
                + $"but {other} '{Branches[other].Name}' gives {outputs[other]}; give them equal outputs");
    }

    internal override void Check(string task, string split, Tensor inputs)
    {
        using var scope = NewDisposeScope();
        Categories.Check(inputs.select(1, Column), Branches.Length, number => $"task '{task}', {split} split: column {Column} chooses one of "
            + $"{Branches.Length} branches, numbered 0 to {Branches.Length - 1}, but holds {number}; mend the data or add branches to Block.Choose");
    }

    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) =>
        new ChooseModule(Column, Branches.Select(branch => branch.Build(Shape.Of(input[0] - 1))), Output(input, Name));
}

internal sealed class ChooseModule : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.ModuleList<nn.Module<Tensor, Tensor>> branches;
    private readonly int column;
    private readonly Shape output;

    public ChooseModule(int column, IEnumerable<nn.Module<Tensor, Tensor>> branches, Shape output) : base("choose")
    {
        (this.column, this.branches, this.output) = (column, new([.. branches]), output);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var which = x.select(1, column);
        var rest = cat([x.narrow(1, 0, column), x.narrow(1, column + 1, x.shape[1] - column - 1)], 1);
        Tensor? chosen = null;
        for (var i = 0; i < branches.Count; i++)
        {
            var rows = which.eq(i).nonzero().squeeze(1);
            if (rows.shape[0] == 0) continue;
            var part = branches[i].call(rest.index_select(0, rows));
            chosen ??= zeros([x.shape[0], .. output], dtype: part.dtype, device: part.device);
            chosen = chosen.index_copy(0, rows, part);
        }
        return chosen ?? throw new DataException($"no row's feature {column} is the number of a branch, 0 to {branches.Count - 1}");
    }
}
