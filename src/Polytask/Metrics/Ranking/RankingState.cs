using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>The mean over queries: a query that is a row is finished at once, rows that share a query number are kept until the end.</summary>
internal sealed class RankingState(Func<double[], double[], double> query, bool weighsByRows = false) : MetricState
{
    private readonly Dictionary<double, (List<double> Scores, List<double> Relevance)> queries = [];
    private double sum;
    private double total;

    protected override void Take(Tensor output, Tensor target, Tensor? weights)
    {
        if (weights is not null) throw new DataException(ColumnsState.NoWeights);
        var (scores, targets) = (Sums.Numbers(output), Sums.Numbers(target));
        var rows = (int)output.shape[0];
        if (output.ndim == 1 && target.ndim == 2 && target.shape[1] == 2)
            for (var row = 0; row < rows; row++)
            {
                if (!queries.TryGetValue(targets[2 * row + 1], out var items)) queries.Add(targets[2 * row + 1], items = ([], []));
                items.Scores.Add(scores[row]);
                items.Relevance.Add(targets[2 * row]);
            }
        else if (output.ndim == 2 && (output.shape.SequenceEqual(target.shape) || (target.ndim == 1 && !target.is_floating_point())))
            for (var row = 0; row < rows; row++) Count(ref sum, ref total, Row(scores, targets, row, (int)output.shape[1], oneRight: target.ndim == 1));
        else
            throw new DataException(
                "rankings are [rows, items] with relevances of the same shape or int64 [rows], or [rows] with (relevance, query) [rows, 2]; got "
                + $"[{string.Join(", ", output.shape)}] and [{string.Join(", ", target.shape)}]");
    }

    protected override MetricValue Finish()
    {
        var (all, counted) = (sum, total);
        foreach (var (scores, relevance) in queries.Values) Count(ref all, ref counted, ([.. scores], [.. relevance]));
        return counted > 0 ? all / counted
            : MetricValue.Undefined(weighsByRows ? "no query has both a positive and a negative row" : "no query has a relevant item");
    }

    private void Count(ref double sum, ref double total, (double[] Scores, double[] Relevance) items)
    {
        var value = query(items.Scores, items.Relevance);
        if (double.IsNaN(value)) return;
        var weight = weighsByRows ? items.Scores.Length : 1;
        sum += weight * value;
        total += weight;
    }

    private static (double[], double[]) Row(double[] scores, double[] targets, int row, int width, bool oneRight)
    {
        var own = scores.AsSpan(row * width, width).ToArray();
        if (oneRight) return (own, [.. own.Select((_, item) => item == targets[row] ? 1.0 : 0)]);
        var relevance = targets.AsSpan(row * width, width).ToArray();
        return Array.Exists(relevance, double.IsNaN)
            ? ([.. own.Where((_, item) => !double.IsNaN(relevance[item]))], [.. relevance.Where(value => !double.IsNaN(value))])
            : (own, relevance);
    }
}
