using System.Collections.Immutable;
using System.Globalization;
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
    protected internal override nn.Module<Tensor, Tensor> Make(Shape input)
    {
        var modules = new List<nn.Module<Tensor, Tensor>>();
        foreach (var block in Blocks)
        {
            modules.Add(block.Build(input));
            input = block.Output(input, block.Name);
        }
        return new ChainModule(modules);
    }
}

/// <summary>
/// A <c>Sequential</c>, with its names of parameters, that also hands the mask of padded positions from the module that makes it to those that read it.
/// </summary>
internal sealed class ChainModule : nn.Module<Tensor, Tensor>, IMasked
{
    private readonly nn.Module<Tensor, Tensor>[] parts;

    public ChainModule(IEnumerable<nn.Module<Tensor, Tensor>> modules) : base("chain")
    {
        parts = [.. modules];
        for (var i = 0; i < parts.Length; i++) register_module(i.ToString(CultureInfo.InvariantCulture), parts[i]);
    }

    public override Tensor forward(Tensor x) => Forward(x, null).Output;

    public (Tensor Output, Tensor? Hidden) Forward(Tensor x, Tensor? hidden)
    {
        var current = x;
        foreach (var module in parts)
        {
            (var next, hidden) = module.CallMasked(current, hidden);
            // What only the next module reads is freed at once, as Sequential does.
            if (!ReferenceEquals(current, x) && !ReferenceEquals(current, next)) current.Dispose();
            current = next;
        }
        return (current, hidden);
    }
}
