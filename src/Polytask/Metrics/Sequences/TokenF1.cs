using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

public sealed partial record Metric
{
    /// <summary>
    /// The overlap of predicted and actual tokens of a sequence, whatever their order (Rajpurkar et al., EMNLP 2016), the mean over sequences: a
    /// token counts as often as it is in both, and F1 = 2 common / (predicted + actual). Output logits [rows, classes, length], target int64
    /// [rows, length], negative where a sequence is over; what is predicted there does not count.
    /// </summary>
    public static Metric TokenF1 { get; } = Averaged("token f1", true, (output, target) =>
    {
        (output, target) = ClassLogits(output, target);
        if (target.ndim != 2) throw new DataException($"sequences are [rows, length], but the target is [{string.Join(", ", target.shape)}]");
        var (predicted, actual) = (Sums.Numbers(output.argmax(1)), Sums.Numbers(target));
        var length = (int)target.shape[1];
        return tensor(Enumerable.Range(0, (int)target.shape[0])
            .Select(row => Overlap(predicted.AsSpan(row * length, length), actual.AsSpan(row * length, length))).ToArray());
    });

    private static double Overlap(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        var left = new Dictionary<double, int>();
        var (length, common) = (0, 0);
        foreach (var token in actual)
            if (token >= 0)
            {
                left[token] = left.GetValueOrDefault(token) + 1;
                length++;
            }
        for (var i = 0; i < actual.Length; i++)
            if (actual[i] >= 0 && left.GetValueOrDefault(predicted[i]) > 0)
            {
                left[predicted[i]]--;
                common++;
            }
        // As many tokens are predicted as there are actual ones, so that F1 is the share of common ones.
        return length > 0 ? (double)common / length : double.NaN;
    }
}
