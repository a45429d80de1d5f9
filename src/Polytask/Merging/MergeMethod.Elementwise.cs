using System.Collections.Immutable;

namespace Polytask;

/// <content>Methods that go element by element.</content>
public abstract partial record MergeMethod
{
    /// <summary>The mean of the models; see <see cref="AverageMerge"/>.</summary>
    public static MergeMethod Average() => new AverageMerge();

    /// <summary>The weighted mean of the models: sum_t w_t theta_t / sum_t w_t.</summary>
    /// <param name="weights">w_t, at least 0 and not all 0, in the order of the models.</param>
    public static MergeMethod Weighted(params double[] weights) => weights.All(weight => weight >= 0 && double.IsFinite(weight)) && weights.Sum() > 0
        ? new WeightedMerge([.. weights])
        : throw new DeclarationException($"the weights of a mean are finite, at least 0 and not all 0, "
            + $"but got {TaskArithmeticMerge.Listed(weights)}");

    /// <summary>Task arithmetic (Ilharco et al., ICLR 2023): theta_0 + lambda sum_t tau_t.</summary>
    /// <param name="scale">lambda; the paper's default is 0.3 for eight tasks.</param>
    public static MergeMethod TaskArithmetic(double scale = 0.3) => TaskArithmetic([scale]);

    /// <summary>Task arithmetic with a scale for each model: theta_0 + sum_t lambda_t tau_t. A negative one unlearns its task.</summary>
    /// <param name="scales">lambda_t, in the order of the models.</param>
    public static MergeMethod TaskArithmetic(params double[] scales) => new TaskArithmeticMerge(
        [.. scales.Length > 0 ? scales.Select(Scale) : throw new DeclarationException("task arithmetic takes a scale, or one for each model")]);

    /// <summary>TIES (Yadav et al., NeurIPS 2023): trim, elect signs, merge what agrees; see <see cref="TiesMerge"/>.</summary>
    /// <param name="keep">k, the fraction of each task vector that is kept, in [0, 1].</param>
    /// <param name="scale">lambda: about 1 for the mean, 0.3 for the sum.</param>
    /// <param name="reduction">How entries that agree become one.</param>
    public static MergeMethod Ties(double keep = 0.2, double scale = 1, TiesReduction reduction = TiesReduction.Mean) =>
        new TiesMerge(Fraction(keep, "the fraction that TIES keeps"), Scale(scale), reduction);

    /// <summary>DARE (Yu et al., ICML 2024): elements of the task vectors are dropped at random and the others rescaled, then another method
    /// merges.</summary>
    /// <param name="rate">p, the share that is dropped, in [0, 1).</param>
    /// <param name="then">The average, the weighted mean, task arithmetic or TIES.</param>
    /// <param name="seed">Of the draws.</param>
    public static MergeMethod Dare(double rate, MergeMethod then, int seed = 0)
    {
        if (!(rate is >= 0 and < 1)) throw new DeclarationException($"the share that DARE drops is in [0, 1), but got {rate}");
        return then is AverageMerge or WeightedMerge or TaskArithmeticMerge or TiesMerge ? new DareMerge(rate, (BlockMethod)then, seed)
            : throw new DeclarationException($"after DARE goes the average, the weighted mean, task arithmetic or TIES, but got {then}");
    }

    private static double Scale(double scale) => double.IsFinite(scale) ? scale
        : throw new DeclarationException($"the scale of a merge is a finite number, but got {scale}");

    private static double Fraction(double value, string what) => value is >= 0 and <= 1 ? value
        : throw new DeclarationException($"{what} is in [0, 1], but got {value}");
}
