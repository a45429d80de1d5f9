using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Segmentation: output logits [rows, classes, height, width] with target int64 [rows, height, width] (negative: no label), or one logit per pixel
/// with a target of 0 and 1 (NaN: no label).
/// </summary>
public sealed partial record Metric
{
    /// <summary>
    /// The mean over the classes that occur of TP / (TP + FP + FN), the counts taken over all images (Everingham et al., IJCV 2010).
    /// </summary>
    public static Metric MeanIntersectionOverUnion { get; } = Confused("miou", true, confusion =>
        confusion.Occurring.Average(count => count.Right / (count.Actual + count.Predicted - count.Right)));

    /// <summary>
    /// Dice's coefficient 2 |A and B| / (|A| + |B|) of each class in each image, the mean over images and the classes that occur in them. (Over all
    /// images together it is <see cref="F1"/>.)
    /// </summary>
    /// <param name="except">A class that does not count, such as the background; for one logit per pixel only "yes" counts.</param>
    public static Metric Dice(int? except = null) =>
        Averaged(except is { } left ? $"dice without {left}" : "dice", true,
            (output, target) => DicePerClass(output, target, except), "no class occurs");

    private static Tensor DicePerClass(Tensor output, Tensor target, int? except)
    {
        var answers = Answers.Of(output, target);
        var present = answers.Actual.ge(0);
        var classes = output.ndim > target.ndim && output.shape[1] > 1 ? Enumerable.Range(0, answers.Classes).Where(number => number != except) : [1];
        Tensor Count(Tensor pixels) => pixels.reshape(target.shape[0], -1).sum(dim: 1).to(ScalarType.Float64);
        // 0 / 0 is NaN: a class that does not occur in the image is left out.
        return stack([.. classes.Select(number =>
        {
            var (predicted, actual) = (answers.Predicted.eq(number).logical_and(present), answers.Actual.eq(number));
            return 2 * Count(predicted.logical_and(actual)) / (Count(predicted) + Count(actual));
        })], 1);
    }

    /// <summary>
    /// The boundary F-measure 2 P R / (P + R): P is the share of predicted boundary pixels within a tolerance of an actual one, R the reverse, over
    /// all images. A boundary pixel has another class than its right or lower neighbour; distance is the larger of the two offsets.
    /// </summary>
    /// <param name="tolerance">The tolerance in pixels; by default 0.75 percent of the diagonal, at least 1.</param>
    public static Metric BoundaryF(int? tolerance = null)
    {
        if (tolerance < 0) throw new DeclarationException($"a tolerance is at least 0 pixels, but got {tolerance}");
        return new("boundary f", true, () => new SumsState((output, target) => BoundaryCounts(output, target, tolerance), sums =>
            sums[1] + sums[3] == 0 ? MetricValue.Undefined("no image has a boundary") : FMeasure(sums[0], sums[1], sums[2], sums[3])));
    }

    private static Tensor BoundaryCounts(Tensor output, Tensor target, int? tolerance)
    {
        var answers = Answers.Of(output, target);
        if (answers.Actual.ndim != 3)
            throw new DataException($"a boundary needs maps [rows, height, width], but got [{string.Join(", ", target.shape)}]");
        var (height, width) = (answers.Actual.shape[1], answers.Actual.shape[2]);
        var near = tolerance ?? (int)Math.Max(1, Math.Round(0.0075 * Math.Sqrt(height * height + width * width)));
        var absent = answers.Actual.lt(0);
        // Beside a pixel without a label there is no boundary, in the prediction as in the target.
        var (predicted, actual) = (Boundary(answers.Predicted, absent), Boundary(answers.Actual, absent));
        Tensor Count(Tensor map) => map.flatten(1).sum(dim: 1);
        return stack([Count(predicted * Dilated(actual, near)), Count(predicted), Count(actual * Dilated(predicted, near)), Count(actual)], 1);
    }

    private static Tensor Boundary(Tensor map, Tensor absent)
    {
        var differs = zeros_like(map);
        foreach (var axis in (long[])[1, 2])
        {
            var count = map.shape[axis] - 1;
            Tensor First(Tensor all) => all.narrow(axis, 0, count);
            Tensor Next(Tensor all) => all.narrow(axis, 1, count);
            First(differs).logical_or_(First(map).ne(Next(map)).logical_and(First(absent).logical_or(Next(absent)).logical_not()));
        }
        return differs.to(ScalarType.Float32);
    }

    /// <summary>The largest value within a distance of each pixel of [rows, height, width].</summary>
    private static Tensor Dilated(Tensor maps, int distance) => distance == 0
        ? maps
        : nn.functional.max_pool2d(maps.unsqueeze(1), 2 * distance + 1, 1, distance).squeeze(1);

    // 2 P R / (P + R), 0 where nothing is matched.
    private static double FMeasure(double matchedPredictions, double predictions, double matchedTargets, double targets)
    {
        var (precision, recall) = (Share(matchedPredictions, predictions), Share(matchedTargets, targets));
        return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
    }
}
