using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

public sealed partial record Metric
{
    /// <summary>
    /// Harrell's concordance index (Harrell et al., 1996): of the pairs of rows whose order of events is known, the share in which the row with the
    /// earlier event has the higher risk, equal risks counting one half. A pair is known where the earlier time is that of an event; at equal times
    /// an event comes before a censored row, and two events are no pair.
    /// Output: the risk, float [rows], higher for an earlier event; target [rows, 2] of (time, 1 for an event and 0 for censored), or [rows] of times
    /// that all are events.
    /// </summary>
    public static Metric ConcordanceIndex { get; } = new("c-index", true, () => new ColumnsState(SurvivalRows, (columns, _) =>
        Concordance.Of(risks: columns[0], times: columns[1], events: Array.ConvertAll(columns[2], happened => happened > 0.5)), takesWeights: false));

    private static Tensor SurvivalRows(Tensor output, Tensor target)
    {
        if (output.ndim != 1 || target.ndim > 2 || (target.ndim == 2 && target.shape[1] != 2))
            throw new DataException(
                "the concordance index reads risks [rows] and targets [rows, 2] of (time, event), but got "
                + $"[{string.Join(", ", output.shape)}] and [{string.Join(", ", target.shape)}]");
        var times = target.to(ScalarType.Float64);
        if (target.ndim == 1) times = stack([times, ones_like(times)], 1);
        return cat([output.to(ScalarType.Float64).unsqueeze(1), times], 1);
    }
}

/// <summary>Pairs in order, counted in n log n by a tree of counts over the ranks of the risks.</summary>
internal static class Concordance
{
    public static MetricValue Of(double[] risks, double[] times, bool[] events)
    {
        var distinct = risks.Distinct().Order().ToArray();
        var ranks = Array.ConvertAll(risks, risk => Array.BinarySearch(distinct, risk) + 1);
        var tree = new long[distinct.Length + 1];
        var (inOrder, pairs, later) = (0.0, 0.0, 0L);
        void Insert(int rank)
        {
            later++;
            for (; rank < tree.Length; rank += rank & -rank) tree[rank]++;
        }
        long UpTo(int rank)
        {
            var count = 0L;
            for (; rank > 0; rank -= rank & -rank) count += tree[rank];
            return count;
        }
        foreach (var group in Enumerable.Range(0, risks.Length).GroupBy(row => times[row]).OrderByDescending(group => group.Key))
        {
            foreach (var row in group.Where(row => !events[row])) Insert(ranks[row]);
            foreach (var row in group.Where(row => events[row]))
            {
                var (below, upTo) = (UpTo(ranks[row] - 1), UpTo(ranks[row]));
                inOrder += below + (upTo - below) / 2.0;
                pairs += later;
            }
            foreach (var row in group.Where(row => events[row])) Insert(ranks[row]);
        }
        return pairs > 0 ? inOrder / pairs : MetricValue.Undefined("no pair of rows has a known order of events");
    }
}
