using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Parts of the features, each with a block of its own; see <see cref="Block.Split"/>.</summary>
internal sealed record Split : Block
{
    public Split(ImmutableArray<(long Features, Block Block)> parts)
    {
        if (parts.Length < 2) throw new DeclarationException($"a split has at least 2 parts, but got {parts.Length}");
        foreach (var (features, _) in parts)
            if (features < 1) throw new DeclarationException($"each part of a split has at least 1 feature, but one has {features}");
        Parts = parts;
    }

    public ImmutableArray<(long Features, Block Block)> Parts { get; }

    public override string Name => "split";

    public override string Describe() => $"split ({string.Join(" | ", Parts.Select(part => $"{part.Features}: {part.Block}"))})";

    public override Shape Output(Shape input, string place)
    {
        var total = Parts.Sum(part => part.Features);
        if (!input.IsFlat || input[0] != total)
            throw new DeclarationException($"{place}: the parts of the split have {string.Join(" + ", Parts.Select(part => part.Features))} = {total} "
                + $"features, but it gets {input}");
        return Shape.Of(Parts.Sum(part => part.Block.Output(Shape.Of(part.Features), place).Count));
    }

    internal override void Check(string task, string split, Tensor inputs)
    {
        using var scope = NewDisposeScope();
        var start = 0L;
        foreach (var (features, block) in Parts)
        {
            block.Check(task, split, inputs.narrow(1, start, features));
            start += features;
        }
    }

    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new SplitModule(Parts);
}

internal sealed class SplitModule : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.ModuleList<nn.Module<Tensor, Tensor>> parts;
    private readonly long[] sizes;

    public SplitModule(ImmutableArray<(long Features, Block Block)> parts) : base("split")
    {
        this.parts = new([.. parts.Select(part => part.Block.Build(Shape.Of(part.Features)))]);
        sizes = [.. parts.Select(part => part.Features)];
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var outputs = new Tensor[sizes.Length];
        var start = 0L;
        for (var i = 0; i < outputs.Length; i++)
        {
            outputs[i] = parts[i].call(x.narrow(1, start, sizes[i])).flatten(1);
            start += sizes[i];
        }
        return cat(outputs, 1);
    }
}
