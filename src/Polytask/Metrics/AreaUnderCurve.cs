using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// The probability that a positive row scores above a negative one, ties counting one half: with ranks r (ties sharing their mean rank),
/// (sum of positive ranks - P (P + 1) / 2) / (P N) (the Mann-Whitney statistic).
/// </summary>
internal static class AreaUnderCurve
{
    public static double Of(Tensor output, Tensor target)
    {
        using var scope = NewDisposeScope();
        if (output.ndim == 1) return Binary(Scores(output), Array.ConvertAll(Scores(target), label => label > 0.5));
        var labels = target.contiguous().data<long>().ToArray();
        // One-versus-rest areas compare rows with each other, so they need probabilities: logits carry a constant of their own in every row.
        var probabilities = output.softmax(1);
        var areas = labels.Distinct().Order()
            .Select(label => Binary(Scores(probabilities.select(1, label)), [.. labels.Select(other => other == label)]))
            .ToArray();
        return areas.Average();
    }

    private static double[] Scores(Tensor column) => column.to(ScalarType.Float64).contiguous().data<double>().ToArray();

    private static double Binary(double[] scores, bool[] positive)
    {
        var positives = (double)positive.Count(label => label);
        var negatives = scores.Length - positives;
        // A score that is no number has no rank.
        if (positives == 0 || negatives == 0 || Array.Exists(scores, double.IsNaN)) return double.NaN;
        var order = Enumerable.Range(0, scores.Length).ToArray();
        Array.Sort([.. scores], order);
        double ranks = 0;
        for (var start = 0; start < order.Length;)
        {
            var end = start;
            while (end < order.Length && scores[order[end]] == scores[order[start]]) end++;
            var shared = (start + 1 + end) / 2.0;
            for (var i = start; i < end; i++)
                if (positive[order[i]]) ranks += shared;
            start = end;
        }
        return (ranks - positives * (positives + 1) / 2) / (positives * negatives);
    }
}
