using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

public sealed partial record Metric
{
    /// <summary>
    /// F1 of spans of tags, such as names in a text, over all sequences together (the CoNLL shared task: Tjong Kim Sang and De Meulder, 2003): a
    /// predicted span counts where its kind, its first and its last token are right; F1 = 2 right / (predicted + actual). Tags are of the scheme
    /// BIO: 0 is outside, 2k - 1 begins a span of kind k, 2k continues it; a 2k that continues no span of its kind begins one. Output logits [rows,
    /// tags, length], target int64 [rows, length], negative where a sequence is over; what is predicted there does not count.
    /// </summary>
    public static Metric SpanF1 { get; } = new("span f1", true, () => new SumsState((output, target) =>
    {
        (output, target) = ClassLogits(output, target);
        if (target.ndim != 2) throw new DataException($"sequences are [rows, length], but the target is [{string.Join(", ", target.shape)}]");
        var (predicted, actual) = (Sums.Numbers(output.argmax(1)), Sums.Numbers(target));
        var length = (int)target.shape[1];
        return tensor(Enumerable.Range(0, (int)target.shape[0])
            .SelectMany(row => Spans(predicted.AsSpan(row * length, length), actual.AsSpan(row * length, length))).ToArray()).reshape(-1, 3);
    }, sums => sums[1] + sums[2] == 0
        ? MetricValue.Undefined("no span occurs, in the labels or in the predictions")
        : 2 * sums[0] / (sums[1] + sums[2])));

    // Right, predicted and actual spans of a sequence.
    private static double[] Spans(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        var tags = new double[actual.Length];
        for (var i = 0; i < tags.Length; i++) tags[i] = actual[i] < 0 ? 0 : predicted[i];
        var (found, there) = (SpansOf(tags), SpansOf(actual));
        return [found.Count(there.Contains), found.Count, there.Count];
    }

    private static HashSet<(int First, int Last, int Kind)> SpansOf(ReadOnlySpan<double> tags)
    {
        var spans = new HashSet<(int, int, int)>();
        var (first, open) = (0, 0);
        for (var i = 0; i <= tags.Length; i++)
        {
            var tag = i < tags.Length ? Math.Max(0, (int)tags[i]) : 0;
            var kind = (tag + 1) / 2;
            if (open > 0 && kind == open && tag % 2 == 0) continue;
            if (open > 0) spans.Add((first, i - 1, open));
            (first, open) = (i, kind);
        }
        return spans;
    }
}
