using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Blocks one after the other, made by <see cref="Block.Then"/>.</summary>
public sealed record Chain : Block
{
    internal Chain(ImmutableArray<Block> blocks) => Blocks = blocks;

    /// <summary>The blocks, first to last.</summary>
    public ImmutableArray<Block> Blocks { get; }

    /// <inheritdoc/>
    public override string Name => Blocks[^1].Name;

    /// <inheritdoc/>
    public override string Describe() => string.Join(" → ", Blocks.Select(block => block.Describe()));

    /// <inheritdoc/>
    public override Shape Output(Shape input, string place) => Blocks.Aggregate(input, (shape, block) => block.Output(shape, place));

    internal override void Check(string task, string split, Tensor inputs) => Blocks[0].Check(task, split, inputs);

    /// <inheritdoc/>
    public override nn.Module<Tensor, Tensor> Build(Shape input)
    {
        var modules = new List<nn.Module<Tensor, Tensor>>();
        foreach (var block in Blocks)
        {
            modules.Add(block.Build(input));
            input = block.Output(input, block.Name);
        }
        return nn.Sequential(modules);
    }
}
