namespace Polytask;

/// <summary>
/// FairGrad (Ban and Ji, ICML 2024, equation 4): w > 0 with G w = w^(-1/alpha), alpha-fair shares of the decrease of the losses: alpha = 1 is
/// Nash-MTL without its cut, alpha → 0 the plain sum where that conflicts with no task, alpha → infinity has the direction of MGDA. Its scale is
/// that of the equation, as in the paper. See <see cref="FairPoint"/>. O(T³) and about ten iterations, up to some hundreds for large alpha; not
/// differentiated.
/// </summary>
internal sealed record FairGradWeighting(double Alpha) : GradientWeighting
{
    public override GramianRule Start(int tasks) => new Rule(Alpha, tasks);

    public override string ToString() => FormattableString.Invariant($"FairGrad {Alpha}");

    private sealed class Rule(double alpha, int tasks) : DenseRule("FairGrad", tasks)
    {
        protected override double[] Weights(double[,] gramian, double[] losses) => FairPoint.Of(gramian, alpha);
    }
}
