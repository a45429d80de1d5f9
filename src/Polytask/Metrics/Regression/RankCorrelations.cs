using static TorchSharp.torch;

namespace Polytask;

public sealed partial record Metric
{
    /// <summary>Spearman's correlation: Pearson's of the ranks, where equal numbers share their mean rank; the mean over outputs.</summary>
    public static Metric SpearmanCorrelation { get; } = new("spearman", true, () => new PairsState(RankCorrelations.Spearman));

    /// <summary>
    /// Kendall's tau-b: (concordant - discordant pairs) / sqrt((pairs that differ in y) (pairs that differ in z)); the mean over outputs.
    /// </summary>
    public static Metric KendallCorrelation { get; } = new("kendall", true, () => new PairsState(RankCorrelations.Kendall));
}

/// <summary>Keeps the outputs and targets of every column for metrics that compare rows with each other; there is no weighted form of these.</summary>
internal sealed class PairsState(Func<double[], double[], MetricValue> finish) : MetricState
{
    private (List<double> Outputs, List<double> Targets)[] columns = [];

    protected override void Take(Tensor output, Tensor target, Tensor? weights)
    {
        if (weights is not null) throw new DataException(ColumnsState.NoWeights);
        var (outputs, targets, _, width) = RealColumns.Of(output, target, null);
        if (columns.Length == 0) columns = [.. Enumerable.Range(0, width).Select(_ => (new List<double>(), new List<double>()))];
        for (var column = 0; column < width; column++)
        {
            columns[column].Outputs.AddRange(outputs[column]);
            columns[column].Targets.AddRange(targets[column]);
        }
    }

    protected override MetricValue Finish() => RealColumns.Mean(columns, column => finish([.. column.Outputs], [.. column.Targets]));
}

/// <summary>Correlations that read only the order of numbers.</summary>
internal static class RankCorrelations
{
    public static MetricValue Spearman(double[] outputs, double[] targets)
    {
        var moments = new Moments();
        moments.Add(Ranks(outputs), Ranks(targets), default);
        return moments.ConstantTarget ? MetricValue.Undefined(Metric.SameTarget)
            : moments.ConstantOutput ? MetricValue.Undefined(Metric.SameOutput)
            : Math.Clamp(moments.Both / Math.Sqrt(moments.Targets * moments.Outputs), -1, 1);
    }

    public static MetricValue Kendall(double[] outputs, double[] targets)
    {
        var rows = outputs.Length;
        var order = Enumerable.Range(0, rows).ToArray();
        Array.Sort(order, (a, b) => targets[a].CompareTo(targets[b]) is var by && by != 0 ? by : outputs[a].CompareTo(outputs[b]));
        double Pairs(double count) => count * (count - 1) / 2;
        double Tied(IEnumerable<int> rowsOf, Func<int, int, bool> same)
        {
            var (pairs, run, last) = (0.0, 0, -1);
            foreach (var row in rowsOf)
            {
                if (last >= 0 && same(last, row)) run++;
                else (pairs, run) = (pairs + Pairs(run), 1);
                last = row;
            }
            return pairs + Pairs(run);
        }
        var tiedTargets = Tied(order, (a, b) => targets[a] == targets[b]);
        var tiedBoth = Tied(order, (a, b) => targets[a] == targets[b] && outputs[a] == outputs[b]);
        // Sorted by target, then output: discordant pairs are the inversions of the outputs (Knight, 1966).
        var sorted = Array.ConvertAll(order, row => outputs[row]);
        var discordant = Inversions(sorted, new double[rows], 0, rows);
        var tiedOutputs = Tied(Enumerable.Range(0, rows), (a, b) => sorted[a] == sorted[b]);
        var all = Pairs(rows);
        if (all == tiedTargets) return MetricValue.Undefined(Metric.SameTarget);
        if (all == tiedOutputs) return MetricValue.Undefined(Metric.SameOutput);
        var difference = all - tiedTargets - tiedOutputs + tiedBoth - 2 * discordant;
        return Math.Clamp(difference / Math.Sqrt(all - tiedTargets) / Math.Sqrt(all - tiedOutputs), -1, 1);
    }

    /// <summary>Ranks from 1; equal numbers share their mean rank.</summary>
    public static double[] Ranks(double[] numbers)
    {
        var order = Enumerable.Range(0, numbers.Length).ToArray();
        Array.Sort([.. numbers], order);
        var ranks = new double[numbers.Length];
        for (var start = 0; start < order.Length;)
        {
            var end = start;
            while (end < order.Length && numbers[order[end]] == numbers[order[start]]) end++;
            for (var i = start; i < end; i++) ranks[order[i]] = (start + 1 + end) / 2.0;
            start = end;
        }
        return ranks;
    }

    // Pairs out of order, by merge sort; the numbers are sorted afterwards.
    private static double Inversions(double[] numbers, double[] spare, int start, int end)
    {
        if (end - start < 2) return 0;
        var middle = (start + end) / 2;
        var found = Inversions(numbers, spare, start, middle) + Inversions(numbers, spare, middle, end);
        var (left, right) = (start, middle);
        for (var at = start; at < end; at++)
        {
            var takesLeft = right == end || (left < middle && numbers[left] <= numbers[right]);
            if (!takesLeft) found += middle - left;
            spare[at] = takesLeft ? numbers[left++] : numbers[right++];
        }
        Array.Copy(spare, start, numbers, start, end - start);
        return found;
    }
}
