using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

public sealed partial record Metric
{
    /// <summary>
    /// The share of right answers: the most probable class, or one half as the threshold of a logistic unit. Every cell is an answer: a row, a pixel,
    /// a token, one of several labels (see <see cref="SubsetAccuracy"/> for rows that are right in all).
    /// </summary>
    public static Metric Accuracy { get; } = Confused("accuracy", true, confusion => confusion.Right / confusion.Total);

    /// <summary>Accuracy of the pixels of all images together; output logits [rows, classes, height, width], target int64 [rows, height, width].</summary>
    public static Metric PixelAccuracy { get; } = Accuracy.Named("pixel accuracy");

    /// <summary>The share of wrong answers over all labels of all rows.</summary>
    public static Metric HammingLoss { get; } = Confused("hamming loss", false, confusion => 1 - confusion.Right / confusion.Total);

    /// <summary>The mean over the classes that occur of the share of their rows that was right: the mean recall.</summary>
    public static Metric BalancedAccuracy { get; } = Confused("balanced accuracy", true, confusion =>
        confusion.PerClass.Where(count => count.Actual > 0).Select(count => count.Right / count.Actual).DefaultIfEmpty(double.NaN).Average());

    /// <summary>The share of rows of [rows, labels] that are right in all their labels.</summary>
    public static Metric SubsetAccuracy { get; } = Averaged("subset accuracy", true, AllRight);

    /// <summary>
    /// The share of sequences that are right in every position that has a label; output logits [rows, classes, length], target int64 [rows, length],
    /// negative where a sequence is over.
    /// </summary>
    public static Metric ExactMatch { get; } = Averaged("exact match", true, AllRight);

    /// <summary>
    /// The share of answers whose label is among the most probable classes. Of equal scores the wrong classes come first: a model that gives all
    /// classes the same score names none.
    /// </summary>
    /// <param name="classes">How many classes may be named.</param>
    public static Metric TopAccuracy(int classes)
    {
        AtLeastOne(classes, "the number of classes that may be named");
        return Averaged($"top-{classes} accuracy", true, (output, target) =>
        {
            (output, target) = ClassLogits(output, target);
            var score = output.gather(1, target.clamp(0).unsqueeze(1));
            // The label itself is among those that score as high.
            var named = output.ge(score).sum(dim: 1).le(classes).to(ScalarType.Float64);
            return named.masked_fill(target.lt(0), double.NaN);
        });
    }

    private static Tensor AllRight(Tensor output, Tensor target)
    {
        var answers = Answers.Of(output, target);
        var absent = answers.Actual.lt(0);
        var right = answers.Predicted.eq(answers.Actual).logical_or(absent).reshape(target.shape[0], -1).all(1).to(ScalarType.Float64);
        return right.masked_fill(absent.reshape(target.shape[0], -1).all(1), double.NaN);
    }

    private static (Tensor Output, Tensor Target) ClassLogits(Tensor output, Tensor target)
    {
        (output, target) = Answers.Fitted(output, target);
        return output.ndim > target.ndim ? (output, target) : throw new DataException(
            $"this metric reads logits [rows, classes, ...], but got one number per target, [{string.Join(", ", output.shape)}]");
    }

    private static Metric Confused(string name, bool higherIsBetter, Func<Confusion, MetricValue> finish) =>
        new(name, higherIsBetter, () => new ConfusionState(finish));

    private static Metric Averaged(
        string name, bool higherIsBetter, Func<Tensor, Tensor, Tensor> cells, string empty = "no cell has a label", Func<double, double>? finish = null) =>
        new(name, higherIsBetter, () => new MeanState(cells, empty, finish));
}
