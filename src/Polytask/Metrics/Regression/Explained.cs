namespace Polytask;

public sealed partial record Metric
{
    /// <summary>R^2 = 1 - sum (y - z)^2 / sum (y - mean y)^2, the mean over outputs.</summary>
    public static Metric CoefficientOfDetermination { get; } = Moment("r2", moments =>
        moments.ConstantTarget ? MetricValue.Undefined(SameTarget) : 1 - moments.SquaredErrors / moments.Targets);

    /// <summary>1 - Var(y - z) / Var(y), the mean over outputs: R^2 of outputs from which their mean error was taken away.</summary>
    public static Metric ExplainedVariance { get; } = Moment("explained variance", moments =>
        moments.ConstantTarget ? MetricValue.Undefined(SameTarget) : 1 - moments.Errors / moments.Targets);

    /// <summary>Pearson's correlation of outputs and targets, the mean over outputs.</summary>
    public static Metric PearsonCorrelation { get; } = Moment("pearson", moments =>
        moments.ConstantTarget ? MetricValue.Undefined(SameTarget)
        : moments.ConstantOutput ? MetricValue.Undefined(SameOutput)
        : Math.Clamp(moments.Both / Math.Sqrt(moments.Targets * moments.Outputs), -1, 1));

    internal const string SameTarget = "all targets are the same number";
    internal const string SameOutput = "all outputs are the same number";

    private static Metric Moment(string name, Func<Moments, MetricValue> finish) => new(name, true, () => new MomentsState(finish));
}
