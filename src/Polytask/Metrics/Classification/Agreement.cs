namespace Polytask;

public sealed partial record Metric
{
    /// <summary>
    /// Matthews' correlation of predicted and actual classes, -1 to 1 (Gorodkin, 2004, for several): with N rows, c right ones, p_k predicted and t_k
    /// actual ones of class k, (c N - sum p_k t_k) / sqrt((N^2 - sum p_k^2) (N^2 - sum t_k^2)); 0 where all predictions are the same.
    /// </summary>
    public static Metric MatthewsCorrelation { get; } = Confused("mcc", true, confusion =>
    {
        var (counts, total) = (Single(confusion, "Matthews' correlation"), confusion.Total);
        var predicted = total * total - counts.Sum(count => count.Predicted * count.Predicted);
        var actual = total * total - counts.Sum(count => count.Actual * count.Actual);
        if (actual <= 0) return MetricValue.Undefined(OneClass);
        var covariance = confusion.Right * total - counts.Sum(count => count.Predicted * count.Actual);
        return predicted > 0 ? covariance / Math.Sqrt(predicted * actual) : 0;
    });

    /// <summary>Cohen's kappa: 1 - (share of wrong answers) / (that expected by chance, from how often each class is predicted and actual).</summary>
    public static Metric CohenKappa { get; } = Confused("kappa", true, confusion =>
        Kappa(confusion, (actual, predicted) => actual == predicted ? 0 : 1));

    /// <summary>Cohen's kappa where an answer is as wrong as the squared difference of the class numbers, for ordered classes.</summary>
    public static Metric QuadraticKappa { get; } = Confused("quadratic kappa", true, confusion =>
        Kappa(confusion, (actual, predicted) => (actual - predicted) * (actual - predicted)));

    internal const string OneClass = "only one class occurs";

    private static MetricValue Kappa(Confusion confusion, Func<int, int, double> wrong)
    {
        var (counts, total) = (Single(confusion, "kappa"), confusion.Total);
        var (measured, expected) = (0.0, 0.0);
        for (var i = 0; i < counts.Length; i++)
            for (var j = 0; j < counts.Length; j++)
            {
                measured += wrong(i, j) * confusion[0, i, j];
                expected += wrong(i, j) * counts[i].Actual * counts[j].Predicted / total;
            }
        return expected > 0 ? 1 - measured / expected : MetricValue.Undefined("only one class occurs, in target and prediction");
    }

    private static ClassCount[] Single(Confusion confusion, string what) => confusion.Labels == 1 ? confusion.PerClass : throw new DataException(
        $"{what} reads one class per row, but got {confusion.Labels} labels; measure them one by one: .Reading(output => output.select(1, 0), ...)");
}
