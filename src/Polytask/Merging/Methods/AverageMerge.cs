namespace Polytask;

/// <summary>Weight averaging: theta = theta_0 + (1/T) sum_t tau_t, the mean of the models (Wortsman et al., "Model soups", ICML 2022). One
/// pass.</summary>
internal sealed record AverageMerge : BlockMethod
{
    public override BlockRule<T> Prepare<T>(BlockPasses<T> passes) => TaskArithmeticMerge.Sum(passes, T.One / T.CreateChecked(passes.Tasks));

    public override string ToString() => "average";
}
