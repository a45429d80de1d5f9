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
        if (cardinalities.Any(levels => levels < 0))
            throw new DeclarationException(
                $"cardinalities are 0 (a numeric column) or the number of levels, but got {string.Join(", ", cardinalities)}");
        (Cardinalities, Dimension) = (cardinalities, dimension);
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
    internal override void Check(string task, string split, Tensor inputs)
    {
        using var scope = NewDisposeScope();
        for (var column = 0; column < Cardinalities.Length; column++)
        {
            if (Cardinalities[column] == 0) continue;
            var levels = inputs.select(1, column);
            var bad = levels.lt(0).logical_or(levels.ge(Cardinalities[column])).logical_or(levels.ne(levels.floor()));
            if (bad.any().item<bool>())
                throw new DataException(
                    $"task '{task}', {split} split: column {column} has {Cardinalities[column]} levels, numbered 0 to {Cardinalities[column] - 1}, "
                    + $"but holds {levels.masked_select(bad)[0].item<float>()}; mend the data or the cardinalities of Block.Embed");
        }
    }

    /// <inheritdoc/>
    public override nn.Module<Tensor, Tensor> Build(Shape input) => new EmbedModule(this);
}

/// <summary>One table for all columns: column c's level l is row offset(c) + l, so that a single look-up serves the batch.</summary>
internal sealed class EmbedModule : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Embedding table;

    public EmbedModule(Embed spec) : base("embed")
    {
        var cardinalities = spec.Cardinalities;
        var columns = Enumerable.Range(0, cardinalities.Length).Select(column => (long)column).ToArray();
        long[] with = [.. columns.Where(column => cardinalities[(int)column] > 0)];
        var starts = new long[with.Length];
        for (var i = 1; i < with.Length; i++) starts[i] = starts[i - 1] + cardinalities[(int)with[i - 1]];
        table = nn.Embedding(Math.Max(1, cardinalities.Sum()), spec.Dimension);
        register_module("table", table);
        register_buffer("offsets", tensor(starts));
        register_buffer("categorical", tensor(with));
        register_buffer("numeric", tensor(columns.Except(with).ToArray()));
    }

    public override Tensor forward(Tensor x)
    {
        var levels = x.index_select(1, get_buffer("categorical")!).to(ScalarType.Int64).add(get_buffer("offsets")!);
        return cat([table.call(levels).flatten(1), x.index_select(1, get_buffer("numeric")!)], 1);
    }
}
