namespace Polytask;

/// <content>Methods with a coefficient for each tensor and task.</content>
public abstract partial record MergeMethod
{
    /// <summary>Task arithmetic with a coefficient for each tensor and task: theta^l = theta_0^l + sum_t lambda_t^l tau'_t^l; see
    /// <see cref="CoefficientsMerge"/>.</summary>
    /// <param name="coefficients">lambda: given, such as those that <see cref="MergePool.AdaMerging"/> learned, or by a rule.</param>
    /// <param name="vectors">What becomes of the task vectors before; they are plain by default.</param>
    public static MergeMethod Coefficients(MergeCoefficients coefficients, TaskVectorRule? vectors = null)
    {
        ArgumentNullException.ThrowIfNull(coefficients);
        return new CoefficientsMerge(coefficients, vectors ?? TaskVectorRule.Plain);
    }

    /// <param name="coefficients">lambda_t^l by the tensors' names, in the order of the models.</param>
    /// <inheritdoc cref="Coefficients(MergeCoefficients, TaskVectorRule)"/>
    /// <param name="vectors">What becomes of the task vectors before; they are plain by default.</param>
    public static MergeMethod Coefficients(IReadOnlyDictionary<string, double[]> coefficients, TaskVectorRule? vectors = null) =>
        Coefficients(MergeCoefficients.Of(coefficients), vectors);

    /// <summary>
    /// DOGE without data (Wei et al., ICML 2025): matrices by task vectors with a common correction, masked and weighed by their norms; other
    /// tensors stay the base's. See <see cref="DogeVectors"/> and <see cref="DogeCorrection"/>.
    /// </summary>
    public static MergeMethod Doge(DogeOptions? options = null) =>
        new CoefficientsMerge((options ?? new()).Coefficients, TaskVectorRule.Doge(options));

    /// <summary>Iso-CTS (Marczak et al., ICML 2025): Iso-C with directions of each task's own; see <see cref="IsotropicSubspacesMerge"/>.</summary>
    /// <param name="common">The fraction of directions that all tasks share, in [0, 1]: 0.8 in the paper.</param>
    /// <param name="scale">lambda.</param>
    public static MergeMethod IsotropicCts(double common = 0.8, double scale = 1) =>
        new IsotropicSubspacesMerge(Fraction(common, "Iso-CTS's share of common directions"), Scale(scale));
}
