using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Learned vectors for categorical columns, concatenated; numeric columns pass through unchanged.
/// Input: float [batch, columns], a categorical column holding level numbers 0 .. cardinality - 1.
/// </summary>
public sealed record Embed : Block
{
    internal Embed(ImmutableArray<long> cardinalities, long dimension)
    {
        if (dimension < 1) throw new DeclarationException($"an embedding needs a dimension of at least 1, but got {dimension}");
        (Cardinalities, Dimension) = (Categories.Checked(cardinalities), dimension);
    }

    /// <summary>Per input column: its number of levels, 0 for a numeric column.</summary>
    public ImmutableArray<long> Cardinalities { get; }

    /// <summary>The length of each learned vector.</summary>
    public long Dimension { get; }

    /// <inheritdoc/>
    public override string Name => "embed";

    /// <inheritdoc/>
    public override string Describe() => $"embed {Cardinalities.Count(levels => levels > 0)} categories in {Dimension}";

    /// <inheritdoc/>
    public override Shape Output(Shape input, string place) => input.IsFlat && input[0] == Cardinalities.Length
        ? Shape.Of(Cardinalities.Sum(levels => levels > 0 ? Dimension : 1))
        : throw new DeclarationException($"{place}: the embedding describes {Cardinalities.Length} columns, but gets {input}");

    // All columns share one table of vectors: a level out of range would silently read another column's.
    internal override void Check(string task, string split, Tensor inputs) => Categories.Check(Cardinalities, task, split, inputs, "Block.Embed");

    /// <inheritdoc/>
    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new EmbedModule(this);
}

/// <summary>The categories' vectors, then the numbers.</summary>
internal sealed class EmbedModule : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Embedding table;

    public EmbedModule(Embed spec) : base("embed")
    {
        table = Categories.Table(this, spec.Cardinalities, spec.Dimension);
        register_module("table", table);
    }

    public override Tensor forward(Tensor x) => cat([Categories.Vectors(this, table, x).flatten(1), Categories.Numbers(this, x)], 1);
}
