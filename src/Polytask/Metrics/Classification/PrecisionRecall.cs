namespace Polytask;

/// <summary>How the precision, recall or F1 of several classes become one number.</summary>
public enum Averaging
{
    /// <summary>Only that of "yes", for a binary head or two classes.</summary>
    Positive,

    /// <summary>The plain mean over classes.</summary>
    Macro,

    /// <summary>That of the counts of all classes together.</summary>
    Micro,

    /// <summary>The mean over classes, weighted by how often each is the label.</summary>
    Weighted,
}

/// <summary>
/// Precision, recall and F1. A class that occurs neither in the target nor in the prediction is left out of a mean; one that was never predicted
/// has precision 0, one that is never the label recall 0.
/// </summary>
public sealed partial record Metric
{
    /// <summary>Right / predicted: the share of what was predicted as the class that is of it.</summary>
    /// <param name="averaging">How classes become one number; see <see cref="Averaging"/>.</param>
    /// <param name="except">A class that does not count, such as "outside" of a tagging or the background.</param>
    public static Metric Precision(Averaging averaging = Averaging.Positive, int? except = null) =>
        Retrieved("precision", averaging, except, count => Share(count.Right, count.Predicted));

    /// <summary>Right / actual: the share of what is of the class that was predicted as it.</summary>
    /// <inheritdoc cref="Precision"/>
    public static Metric Recall(Averaging averaging = Averaging.Positive, int? except = null) =>
        Retrieved("recall", averaging, except, count => Share(count.Right, count.Actual));

    /// <summary>2 right / (predicted + actual): the harmonic mean of precision and recall.</summary>
    /// <inheritdoc cref="Precision"/>
    public static Metric F1(Averaging averaging = Averaging.Positive, int? except = null) =>
        Retrieved("f1", averaging, except, count => Share(2 * count.Right, count.Predicted + count.Actual));

    private static double Share(double part, double whole) => whole > 0 ? part / whole : 0;

    private static Metric Retrieved(string what, Averaging averaging, int? except, Func<ClassCount, double> of)
    {
        if (!Enum.IsDefined(averaging)) throw new DeclarationException($"there is no averaging {averaging}");
        if (except is not null && averaging == Averaging.Positive)
            throw new DeclarationException($"the {what} of \"yes\" leaves no class out; choose Averaging.Macro, Micro or Weighted");
        var name = (averaging == Averaging.Positive ? what : $"{averaging.ToString().ToLowerInvariant()} {what}")
            + (except is { } left ? $" without {left}" : "");
        return Confused(name, true, confusion => averaging == Averaging.Positive
            ? OfPositive(what, confusion, of)
            : OfClasses([.. confusion.PerClass.Where((count, number) => number != except && count.Actual + count.Predicted > 0)], averaging, of));
    }

    private static MetricValue OfPositive(string what, Confusion confusion, Func<ClassCount, double> of)
    {
        if (confusion.Labels > 1 || confusion.Classes != 2)
            throw new DataException(
                $"the {what} of \"yes\" needs a binary output, but got {(confusion.Labels > 1 ? $"{confusion.Labels} labels" : $"{confusion.Classes} classes")}; "
                + "choose Averaging.Macro, Micro or Weighted");
        var positive = confusion.PerClass[1];
        return positive.Actual > 0 ? of(positive) : MetricValue.Undefined("no row is positive");
    }

    private static MetricValue OfClasses(ClassCount[] counts, Averaging averaging, Func<ClassCount, double> of)
    {
        var actual = counts.Sum(count => count.Actual);
        if (counts.Length == 0 || (averaging == Averaging.Weighted && actual == 0))
            return MetricValue.Undefined("no row has a label of the classes that count");
        return averaging switch
        {
            Averaging.Micro => of(new(counts.Sum(count => count.Right), counts.Sum(count => count.Predicted), actual)),
            Averaging.Weighted => counts.Sum(count => count.Actual * of(count)) / actual,
            _ => counts.Average(of),
        };
    }
}
