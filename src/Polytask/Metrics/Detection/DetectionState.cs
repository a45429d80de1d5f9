using static TorchSharp.torch;

namespace Polytask;

/// <summary>Keeps all boxes; see <see cref="Metric.DetectionAveragePrecision"/>.</summary>
/// <param name="thresholds">The least closeness of a right detection.</param>
/// <param name="closeness">How close two boxes are.</param>
internal sealed class DetectionState(double[] thresholds, Func<Box, Box, double> closeness) : MetricState
{
    private readonly List<(int Image, double Score, double Class, Box Box)> found = [];
    private readonly List<(int Image, double Class, Box Box)> real = [];
    private int images;

    protected override void Take(Tensor output, Tensor target, Tensor? weights)
    {
        if (weights is not null) throw new DataException(ColumnsState.NoWeights);
        if (output.ndim != 3 || output.shape[2] != 6 || target.ndim != 3 || target.shape[2] != 5)
            throw new DataException(
                "detections are [rows, boxes, 6] of (left, top, right, bottom, score, class) with targets [rows, boxes, 5], but got "
                + $"[{string.Join(", ", output.shape)}] and [{string.Join(", ", target.shape)}]; decode the head's output: metric.Reading(...)");
        var (rows, given, expected) = ((int)output.shape[0], Sums.Numbers(output), Sums.Numbers(target));
        var (perRow, realPerRow) = ((int)output.shape[1], (int)target.shape[1]);
        static Box At(double[] numbers, int place) => new(numbers[place], numbers[place + 1], numbers[place + 2], numbers[place + 3]);
        for (var i = 0; i < rows * perRow; i++)
            if (given[6 * i + 5] >= 0) found.Add((images + i / perRow, given[6 * i + 4], given[6 * i + 5], At(given, 6 * i)));
        for (var i = 0; i < rows * realPerRow; i++)
            if (expected[5 * i + 4] >= 0) real.Add((images + i / realPerRow, expected[5 * i + 4], At(expected, 5 * i)));
        images += rows;
    }

    protected override MetricValue Finish() => real.Count == 0
        ? MetricValue.Undefined("no image has a box")
        : thresholds.Average(threshold => real.Select(box => box.Class).Distinct().Average(number => Precision(number, threshold)));

    private double Precision(double number, double threshold)
    {
        var free = real.Where(box => box.Class == number).GroupBy(box => box.Image)
            .ToDictionary(group => group.Key, group => group.Select(box => box.Box).ToList());
        var total = free.Values.Sum(boxes => boxes.Count);
        // OrderBy is stable: of equal scores the earlier detection comes first, however the rows were cut.
        var right = found.Where(box => box.Class == number).OrderByDescending(box => box.Score).Select(box =>
        {
            if (!free.TryGetValue(box.Image, out var boxes) || boxes.Count == 0) return false;
            var best = Enumerable.Range(0, boxes.Count).MaxBy(i => closeness(box.Box, boxes[i]));
            if (closeness(box.Box, boxes[best]) < threshold) return false;
            boxes.RemoveAt(best);
            return true;
        }).ToArray();
        var precisions = new double[right.Length];
        var hits = 0;
        for (var i = 0; i < right.Length; i++)
        {
            if (right[i]) hits++;
            precisions[i] = (double)hits / (i + 1);
        }
        var (area, envelope) = (0.0, 0.0);
        for (var i = right.Length - 1; i >= 0; i--)
        {
            envelope = Math.Max(envelope, precisions[i]);
            if (right[i]) area += envelope / total;
        }
        return area;
    }
}
