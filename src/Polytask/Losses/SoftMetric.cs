using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A metric computed from a soft confusion matrix, higher is better, for <see cref="Loss.Any"/>.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Of">The confusion matrix → the metric, a scalar.</param>
public sealed record SoftMetric(string Name, Func<SoftConfusion, Tensor> Of)
{
    /// <summary>(TP + TN) / N.</summary>
    public static SoftMetric Accuracy { get; } = new("accuracy", c => SoftConfusion.Share(c.TruePositives + c.TrueNegatives, c.Rows));

    /// <summary>(TP / P + TN / N) / 2, P and N the positives and negatives.</summary>
    public static SoftMetric BalancedAccuracy { get; } = new("balanced accuracy", c => (Sensitivity(c) + Specificity(c)) / 2);

    /// <summary>sqrt(TP / P * TN / N).</summary>
    public static SoftMetric GeometricMean { get; } = new("g-mean", c => (Sensitivity(c) * Specificity(c)).clamp(1e-14).sqrt());

    /// <summary>(1 + b^2) TP / (b^2 P + TP + FP).</summary>
    /// <param name="beta">b, how much recall counts beside precision.</param>
    public static SoftMetric F(double beta = 1) => new($"f{beta.ToString(CultureInfo.InvariantCulture)}", c => SoftConfusion.Share(
        (1 + beta * beta) * c.TruePositives,
        beta * beta * (c.TruePositives + c.FalseNegatives) + c.TruePositives + c.FalsePositives));

    private static Tensor Sensitivity(SoftConfusion c) => SoftConfusion.Share(c.TruePositives, c.TruePositives + c.FalseNegatives);

    private static Tensor Specificity(SoftConfusion c) => SoftConfusion.Share(c.TrueNegatives, c.TrueNegatives + c.FalsePositives);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
