using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Blocks that read the same input; see <see cref="Block.Parallel"/>.</summary>
public sealed record ParallelBlocks : Block
{
    internal ParallelBlocks(IEnumerable<Block> branches)
    {
        Branches = [.. branches];
        if (Branches.Length < 2) throw new DeclarationException($"parallel blocks are at least 2, but got {Branches.Length}");
    }

    /// <summary>The blocks, in the order of their outputs.</summary>
    public ImmutableArray<Block> Branches { get; }

    /// <summary>Whether the outputs are added up instead of laid side by side.</summary>
    public bool IsSum { get; private init; }

    /// <summary>The same blocks with their outputs added up.</summary>
    public ParallelBlocks Summed() => this with { IsSum = true };

    /// <inheritdoc/>
    public override string Name => "parallel";

    /// <inheritdoc/>
    public override string Describe() => $"{(IsSum ? "sum" : "parallel")} ({string.Join(" | ", Branches)})";

    /// <inheritdoc/>
    public override Shape Output(Shape input, string place)
    {
        var outputs = Branches.Select(branch => branch.Output(input, place)).ToArray();
        var first = outputs[0];
        if (IsSum)
        {
            for (var i = 1; i < outputs.Length; i++)
                if (!outputs[i].Equals(first)) throw Mismatch(place, outputs, i, "a sum needs equal shapes");
            return first;
        }
        var axis = Axis(first);
        if (axis is null)
            throw new DeclarationException($"{place}: parallel blocks lie side by side as features, channels of sequences or channels of images, "
                + $"but '{Branches[0].Name}' gives {first}; add .Then(Block.Flatten()) to it");
        for (var i = 1; i < outputs.Length; i++)
            if (outputs[i].Rank != first.Rank || Enumerable.Range(0, first.Rank).Any(d => d != axis && outputs[i][d] != first[d]))
                throw Mismatch(place, outputs, i, "all dimensions but the channels must be equal to lie side by side");
        return Shape.Of([.. first.Select((size, d) => d == axis ? outputs.Sum(shape => shape[d]) : size)]);
    }

    internal override void Check(string task, string split, Tensor inputs)
    {
        foreach (var branch in Branches) branch.Check(task, split, inputs);
    }

    /// <inheritdoc/>
    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new ParallelModule(
        Branches.Select(branch => branch.Build(input)), IsSum ? null : 1 + Axis(Branches[0].Output(input, Name)));

    // Where the channels lie: [features], [length, channels], [channels, height, width].
    private static int? Axis(Shape shape) => shape.Rank switch { 1 => 0, 2 => 1, 3 => 0, _ => null };

    private DeclarationException Mismatch(string place, Shape[] outputs, int index, string rule) => new(
        $"{place}: of the parallel blocks '{Branches[0].Name}' gives {outputs[0]}, but '{Branches[index].Name}' gives {outputs[index]}; {rule}");
}

internal sealed class ParallelModule : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.ModuleList<nn.Module<Tensor, Tensor>> branches;
    private readonly int? axis;

    public ParallelModule(IEnumerable<nn.Module<Tensor, Tensor>> branches, int? axis) : base("parallel")
    {
        this.branches = new([.. branches]);
        this.axis = axis;
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var outputs = branches.Select(branch => branch.call(x)).ToArray();
        return axis is { } side ? cat(outputs, side) : outputs.Aggregate((sum, output) => sum.add(output));
    }
}
