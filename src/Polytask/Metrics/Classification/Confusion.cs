using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>How often each class was taken for each: what many metrics are computed from.</summary>
/// <param name="counts">[labels, actual, predicted], the weights of the cells summed.</param>
/// <param name="labels">The number of independent yes-or-no labels of a row, 1 for classes.</param>
/// <param name="classes">The number of classes.</param>
internal sealed class Confusion(double[] counts, int labels, int classes)
{
    public int Classes => classes;

    public int Labels => labels;

    public double Total => counts.Sum();

    public double Right => Enumerable.Range(0, labels * classes).Sum(i => this[i / classes, i % classes, i % classes]);

    public double this[int label, int actual, int predicted] => counts[(label * classes + actual) * classes + predicted];

    /// <summary>A count per class, or, where a row has several labels, a count of "yes" per label.</summary>
    public ClassCount[] PerClass => labels > 1
        ? [.. Enumerable.Range(0, labels).Select(label => Count(label, 1))]
        : [.. Enumerable.Range(0, classes).Select(number => Count(0, number))];

    /// <summary>The same, without the classes that occur neither in the target nor in the prediction.</summary>
    public ClassCount[] Occurring => [.. PerClass.Where(count => count.Actual + count.Predicted > 0)];

    private ClassCount Count(int label, int number) => new(this[label, number, number],
        Enumerable.Range(0, classes).Sum(actual => this[label, actual, number]),
        Enumerable.Range(0, classes).Sum(predicted => this[label, number, predicted]));
}

/// <summary>One class: how often it was right, predicted, and the label.</summary>
internal readonly record struct ClassCount(double Right, double Predicted, double Actual);

/// <summary>A metric of the confusion matrix.</summary>
internal sealed class ConfusionState(Func<Confusion, MetricValue> finish) : MetricState
{
    private double[] counts = [];
    private int labels;
    private int classes;

    protected override void Take(Tensor output, Tensor target, Tensor? weights)
    {
        var answers = Answers.Of(output, target);
        (labels, classes) = (answers.Labels, answers.Classes);
        var places = answers.Actual * classes + answers.Predicted;
        if (labels > 1) places = places + arange(labels, ScalarType.Int64, places.device) * (classes * classes);
        var present = answers.Actual.ge(0);
        if (answers.Actual.ge(classes).any().item<bool>())
            throw new DataException($"label {answers.Actual.max().item<long>()} is outside the {classes} classes 0 to {classes - 1}");
        var counted = weights?.reshape([-1, .. Enumerable.Repeat(1L, (int)places.ndim - 1)]).expand_as(places).masked_select(present);
        Sums.Add(ref counts, bincount(places.masked_select(present), counted, labels * classes * classes));
    }

    protected override MetricValue Finish()
    {
        var confusion = new Confusion(counts, labels, classes);
        return confusion.Total > 0 ? finish(confusion) : MetricValue.Undefined("no cell has a label");
    }
}
