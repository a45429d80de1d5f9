using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A number by which a task is judged on a whole split.</summary>
/// <param name="Name">What tables call it, as in "income/accuracy".</param>
/// <param name="HigherIsBetter">The direction of better.</param>
/// <param name="Of">
/// (output, target), labelled rows only, on the CPU → the number; NaN where it is not defined (one class only, an output that is no number).
/// </param>
public sealed record Metric(string Name, bool HigherIsBetter, Func<Tensor, Tensor, double> Of)
{
    /// <summary>The share of rows whose most probable class is the label (a binary head's threshold is one half).</summary>
    public static Metric Accuracy { get; } = new("accuracy", true, Polytask.Accuracy.Of);

    /// <summary>
    /// The area under the receiver operating characteristic; for several classes the mean of one-versus-rest areas over the classes that occur.
    /// </summary>
    public static Metric AreaUnderCurve { get; } = new("auc", true, Polytask.AreaUnderCurve.Of);

    /// <summary>The mean of squared errors, over all outputs.</summary>
    public static Metric MeanSquaredError { get; } = new("mse", false, Regression.MeanSquaredError);

    /// <summary>R^2 = 1 - sum (y - z)^2 / sum (y - mean y)^2, the mean over outputs.</summary>
    public static Metric CoefficientOfDetermination { get; } = new("r2", true, Regression.CoefficientOfDetermination);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
