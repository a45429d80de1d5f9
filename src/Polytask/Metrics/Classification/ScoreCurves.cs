using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

public sealed partial record Metric
{
    /// <summary>
    /// The area under the receiver operating characteristic: the probability that a positive row scores above a negative one, ties counting one half.
    /// For several classes the mean of one-versus-rest areas over the classes that occur, for several labels the mean over those that have both
    /// positive and negative rows.
    /// </summary>
    public static Metric AreaUnderCurve { get; } = new("auc", true, () => new ScoresState(ScoreCurves.Area));

    /// <summary>
    /// The area under the precision-recall curve as a sum of steps, sum_n (R_n - R_(n-1)) P_n over the distinct scores from the highest on. For several
    /// classes or labels the mean as in <see cref="AreaUnderCurve"/>: of labels this is the mean average precision.
    /// </summary>
    public static Metric AveragePrecision { get; } = new("average precision", true, () => new ScoresState(ScoreCurves.AveragePrecision));
}

/// <summary>Numbers of a yes-or-no score over all its thresholds; NaN where only one of the two occurs.</summary>
internal static class ScoreCurves
{
    public static double Area(double[] scores, bool[] positive, double[]? weights)
    {
        var (area, positives, negatives) = (0.0, 0.0, 0.0);
        foreach (var (yes, no) in Ties(scores, positive, weights, descending: false))
        {
            area += yes * (negatives + no / 2);
            (positives, negatives) = (positives + yes, negatives + no);
        }
        return positives > 0 && negatives > 0 ? area / (positives * negatives) : double.NaN;
    }

    public static double AveragePrecision(double[] scores, bool[] positive, double[]? weights)
    {
        var (sum, positives, negatives) = (0.0, 0.0, 0.0);
        foreach (var (yes, no) in Ties(scores, positive, weights, descending: true))
        {
            (positives, negatives) = (positives + yes, negatives + no);
            if (yes > 0) sum += yes * positives / (positives + negatives);
        }
        return positives > 0 && negatives > 0 ? sum / positives : double.NaN;
    }

    // The weight of positive and of negative rows at each distinct score.
    private static IEnumerable<(double Yes, double No)> Ties(double[] scores, bool[] positive, double[]? weights, bool descending)
    {
        var order = Enumerable.Range(0, scores.Length).ToArray();
        Array.Sort([.. scores], order);
        if (descending) Array.Reverse(order);
        for (var start = 0; start < order.Length;)
        {
            var (yes, no, score) = (0.0, 0.0, scores[order[start]]);
            for (; start < order.Length && scores[order[start]] == score; start++)
            {
                var weight = weights?[order[start]] ?? 1;
                if (positive[order[start]]) yes += weight;
                else no += weight;
            }
            yield return (yes, no);
        }
    }
}

/// <summary>
/// Keeps scores and labels: of a logistic unit its logits, of classes their probabilities (logits carry a constant of their own in every row and
/// cannot be compared between rows).
/// </summary>
internal sealed class ScoresState(Func<double[], bool[], double[]?, double> curve) : MetricState
{
    private readonly List<double[]> scores = [];
    private readonly List<double[]> labels = [];
    private readonly List<double[]> weighed = [];
    private bool classes;
    private int width;

    protected override void Take(Tensor output, Tensor target, Tensor? weights)
    {
        (output, target) = Answers.Fitted(output, target);
        classes = output.ndim > target.ndim;
        var several = classes || output.ndim == 2;
        width = several ? (int)output.shape[1] : 1;
        // Cells become rows: pixels and tokens are judged like rows.
        var probabilities = classes ? output.softmax(1).movedim([1], [-1]) : output;
        scores.Add(Sums.Numbers(probabilities));
        labels.Add(Sums.Numbers(classes ? target : Answers.Label(target)));
        if (weights is null) return;
        var cells = target.ndim == 1 || (several && !classes) ? weights
            : weights.reshape([-1, .. Enumerable.Repeat(1L, (int)target.ndim - 1)]).expand(target.shape);
        weighed.Add(Sums.Numbers(cells));
    }

    protected override MetricValue Finish()
    {
        var (all, given) = (scores.SelectMany(batch => batch).ToArray(), labels.SelectMany(batch => batch).ToArray());
        var weights = weighed.Count > 0 ? weighed.SelectMany(batch => batch).ToArray() : null;
        var rows = all.Length / width;
        var numbers = new List<double>();
        for (var column = 0; column < width; column++)
        {
            double Label(int row) => classes ? given[row] < 0 ? -1 : given[row] == column ? 1 : 0 : given[row * width + column];
            var present = Enumerable.Range(0, rows).Where(row => Label(row) >= 0).ToArray();
            bool[] positive = [.. present.Select(row => Label(row) > 0)];
            // A class that does not occur has no curve of its own.
            if (!Array.Exists(positive, yes => yes)) continue;
            var number = curve([.. present.Select(row => all[row * width + column])], positive, weights is null ? null : [.. present.Select(row => weights[row])]);
            if (!double.IsNaN(number)) numbers.Add(number);
        }
        return numbers.Count > 0 ? numbers.Average() : MetricValue.Undefined(Metric.OneClass);
    }
}
