using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>How well embeddings find what belongs to them, by cosine, a block of rows against all.</summary>
internal static class Neighbours
{
    private const long RowsAtOnce = 1024;

    /// <summary>The share of rows whose nearest other row is of their group; rows alone in theirs are left out.</summary>
    public static Metric Group { get; } = new("nearest", true, (output, target) =>
    {
        using var scope = NewDisposeScope();
        var directions = Pairs.Directions(output);
        var (right, counted) = (0.0, 0.0);
        foreach (var (start, length) in Blocks(output.shape[0]))
        {
            var own = arange(start, start + length, dtype: ScalarType.Int64).unsqueeze(1);
            var similarities = directions.narrow(0, start, length).matmul(directions.t()).scatter(1, own, -2);
            var groups = target.narrow(0, start, length);
            var hit = target.index_select(0, similarities.argmax(1)).eq(groups);
            var paired = groups.unsqueeze(1).eq(target).sum(1).gt(1);
            right += hit.logical_and(paired).sum().item<long>();
            counted += paired.sum().item<long>();
        }
        return counted > 0 ? right / counted : double.NaN;
    });

    /// <summary>The share of rows whose first side finds its own second side nearest among all rows' second sides.</summary>
    public static Metric OtherSide { get; } = new("retrieved", true, (output, target) =>
    {
        using var scope = NewDisposeScope();
        var sides = Pairs.Directions(output);
        var right = 0.0;
        foreach (var (start, length) in Blocks(output.shape[0]))
        {
            var nearest = sides.select(1, 0).narrow(0, start, length).matmul(sides.select(1, 1).t()).argmax(1);
            right += nearest.eq(arange(start, start + length, dtype: ScalarType.Int64)).sum().item<long>();
        }
        return right / output.shape[0];
    });

    private static IEnumerable<(long Start, long Length)> Blocks(long rows)
    {
        for (long start = 0; start < rows; start += RowsAtOnce) yield return (start, Math.Min(RowsAtOnce, rows - start));
    }
}
