using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Columns of a table as features, float [batch, columns]: categorical ones hold level numbers and are looked up in one table of vectors, in which column
/// c's level l is row offset(c) + l, so that a single look-up serves the batch.
/// </summary>
internal static class Categories
{
    /// <summary>Per column the number of levels, 0 for a number.</summary>
    public static ImmutableArray<long> Checked(ImmutableArray<long> cardinalities) => !cardinalities.IsEmpty && cardinalities.All(levels => levels >= 0)
        ? cardinalities
        : throw new DeclarationException(
            $"cardinalities are 0 (a numeric column) or the number of levels, for at least 1 column, but got [{string.Join(", ", cardinalities)}]");

    /// <summary>Throws where a categorical column holds what is no number of a level.</summary>
    public static void Check(ImmutableArray<long> cardinalities, string task, string split, Tensor inputs, string declaration)
    {
        using var scope = NewDisposeScope();
        for (var column = 0; column < cardinalities.Length; column++)
        {
            var (levels, at) = (cardinalities[column], column);
            if (levels > 0)
                Check(inputs.select(1, column), levels, number => $"task '{task}', {split} split: column {at} has {levels} levels, "
                    + $"numbered 0 to {levels - 1}, but holds {number}; mend the data or the cardinalities of {declaration}");
        }
    }

    /// <summary>Throws a <see cref="DataException"/> at the first number that is not a whole one of 0 .. levels - 1.</summary>
    public static void Check(Tensor numbers, long levels, Func<float, string> message)
    {
        using var scope = NewDisposeScope();
        // Written so that NaN, which no comparison holds for, is bad too.
        var bad = numbers.ge(0).logical_and(numbers.lt(levels)).logical_and(numbers.eq(numbers.floor())).logical_not();
        if (bad.any().item<bool>()) throw new DataException(message(numbers.masked_select(bad)[0].item<float>()));
    }

    /// <summary>The table, with what the look-up needs registered in the module that owns it.</summary>
    public static TorchSharp.Modules.Embedding Table(nn.Module owner, ImmutableArray<long> cardinalities, long width)
    {
        var columns = Enumerable.Range(0, cardinalities.Length).Select(column => (long)column).ToArray();
        long[] with = [.. columns.Where(column => cardinalities[(int)column] > 0)];
        var starts = new long[with.Length];
        for (var i = 1; i < with.Length; i++) starts[i] = starts[i - 1] + cardinalities[(int)with[i - 1]];
        owner.register_buffer("offsets", tensor(starts));
        owner.register_buffer("categorical", tensor(with));
        owner.register_buffer("numeric", tensor(columns.Except(with).ToArray()));
        return nn.Embedding(Math.Max(1, cardinalities.Sum()), width);
    }

    /// <summary>[batch, categorical columns, width].</summary>
    public static Tensor Vectors(nn.Module owner, TorchSharp.Modules.Embedding table, Tensor x) =>
        table.call(x.index_select(1, owner.get_buffer("categorical")!).to(ScalarType.Int64).add(owner.get_buffer("offsets")!));

    /// <summary>[batch, numeric columns].</summary>
    public static Tensor Numbers(nn.Module owner, Tensor x) => x.index_select(1, owner.get_buffer("numeric")!);
}
