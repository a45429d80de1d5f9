namespace Polytask;

/// <content>The methods in short: <c>pool.Average()</c> is <c>pool.By(MergeMethod.Average())</c>.</content>
public sealed partial class MergePool
{
    /// <inheritdoc cref="MergeMethod.Average"/>
    public MergedModel Average() => By(MergeMethod.Average());

    /// <inheritdoc cref="MergeMethod.Weighted"/>
    public MergedModel Weighted(params double[] weights) => By(MergeMethod.Weighted(weights));

    /// <inheritdoc cref="MergeMethod.TaskArithmetic(double)"/>
    public MergedModel TaskArithmetic(double scale = 0.3) => By(MergeMethod.TaskArithmetic(scale));

    /// <inheritdoc cref="MergeMethod.TaskArithmetic(double[])"/>
    public MergedModel TaskArithmetic(params double[] scales) => By(MergeMethod.TaskArithmetic(scales));

    /// <inheritdoc cref="MergeMethod.Ties"/>
    public MergedModel Ties(double keep = 0.2, double scale = 1, TiesReduction reduction = TiesReduction.Mean) =>
        By(MergeMethod.Ties(keep, scale, reduction));

    /// <inheritdoc cref="MergeMethod.Dare"/>
    public MergedModel Dare(double rate, MergeMethod then, int seed = 0) => By(MergeMethod.Dare(rate, then, seed));
}
