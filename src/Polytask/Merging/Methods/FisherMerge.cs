using System.Collections.Immutable;
using System.Numerics;

namespace Polytask;

/// <summary>
/// Fisher merging (Matena and Raffel, NeurIPS 2022, equation 5): with the diagonal Fisher information F_t of each model, divided by its norm over
/// all merged tensors, plus 1e-6: theta = sum_t F_t theta_t / sum_t F_t. Two passes.
/// </summary>
/// <param name="Diagonals">F_t, tensors named and shaped like the models', at least 0.</param>
internal sealed record FisherMerge(ImmutableArray<IParameterSource> Diagonals) : BlockMethod
{
    private const double Least = 1e-6;

    internal override IReadOnlyList<IParameterSource> Statistics => Diagonals;

    internal override void Check(int tasks, IReadOnlyList<StoredTensor> merged) =>
        PoolCheck.Statistics("the Fisher information", Diagonals, merged, tasks);

    public override BlockRule<T> Prepare<T>(BlockPasses<T> passes)
    {
        var tasks = passes.Tasks;
        var sums = passes.Sums(2 * tasks, (in Block<T> block, Span<double> found) =>
        {
            for (var task = 0; task < tasks; task++)
                foreach (var f in block.Statistic(task))
                {
                    if (f >= T.Zero && T.IsFinite(f)) found[task] += double.CreateChecked(f * f);
                    else found[tasks + task]++;
                }
        });
        for (var task = 0; task < tasks; task++)
        {
            if (sums[tasks + task] > 0)
                throw new InvalidDataException($"{Diagonals[task].Name}: {sums[tasks + task]} elements are negative or not finite; "
                    + "Fisher information is a mean of squares");
            if (sums[task] == 0) throw new InvalidDataException($"{Diagonals[task].Name}: the Fisher information is 0 in all merged tensors");
        }
        T[] scales = [.. sums.Take(tasks).Select(sum => T.CreateChecked(1 / Math.Sqrt(sum)))];
        return (in Block<T> block) =>
        {
            var weighted = block.Scratch(0);
            var total = block.Scratch(1);
            weighted.Clear();
            total.Clear();
            for (var task = 0; task < tasks; task++) AddWeighted(block.Statistic(task), scales[task], block.Tau(task), weighted, total);
            Divide(block.Base, weighted, total, block.Result);
        };
    }

    public override string ToString() => "Fisher";

    private static void AddWeighted<T>(ReadOnlySpan<T> fisher, T scale, ReadOnlySpan<T> tau, Span<T> weighted, Span<T> total)
        where T : unmanaged, INumber<T>
    {
        var f = SpanArithmetic.Vectors(fisher);
        var x = SpanArithmetic.Vectors(tau);
        var w = SpanArithmetic.Vectors(weighted);
        var n = SpanArithmetic.Vectors(total);
        var least = T.CreateChecked(Least);
        var leasts = new Vector<T>(least);
        for (var i = 0; i < w.Length; i++)
        {
            var weight = scale * f[i] + leasts;
            w[i] += weight * x[i];
            n[i] += weight;
        }
        for (var i = w.Length * Vector<T>.Count; i < tau.Length; i++)
        {
            var weight = scale * fisher[i] + least;
            weighted[i] += weight * tau[i];
            total[i] += weight;
        }
    }

    private static void Divide<T>(ReadOnlySpan<T> start, ReadOnlySpan<T> weighted, ReadOnlySpan<T> total, Span<T> result) where T : unmanaged,
        INumber<T>
    {
        var s = SpanArithmetic.Vectors(start);
        var w = SpanArithmetic.Vectors(weighted);
        var n = SpanArithmetic.Vectors(total);
        var r = SpanArithmetic.Vectors(result);
        for (var i = 0; i < r.Length; i++) r[i] = s[i] + w[i] / n[i];
        for (var i = r.Length * Vector<T>.Count; i < result.Length; i++) result[i] = start[i] + weighted[i] / total[i];
    }
}
