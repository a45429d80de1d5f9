namespace Polytask;

public abstract partial record Loss
{
    /// <summary>Squared error, for regression, depth and normals; see <see cref="MeanSquaredErrorLoss"/>.</summary>
    public static Loss MeanSquaredError() => new MeanSquaredErrorLoss();

    /// <summary>|z - y|, for regression, depth and normals.</summary>
    public static Loss AbsoluteError() => new AbsoluteErrorLoss();

    /// <summary>Squared error near the target, absolute error from delta on, for regression and depth (Huber, 1964).</summary>
    /// <param name="delta">Where the square ends, above 0, in the target's unit.</param>
    public static Loss Huber(double delta = 1) => new HuberLoss(delta);

    /// <summary>One minus the cosine between output and target, for regression of several values and for normals.</summary>
    public static Loss Cosine() => new CosineLoss();

    /// <summary>max(q (y - z), (q - 1) (y - z)), whose minimiser is the q-quantile, for quantile heads and, at one level, regression.</summary>
    /// <param name="levels">q, each between 0 and 1; a quantile head's own levels.</param>
    public static Loss Pinball(params double[] levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        return new PinballLoss(levels);
    }

    /// <summary>
    /// The negative log-likelihood of a normal distribution with its variance predicted, for Gaussian heads (Nix and Weigend, 1994).
    /// </summary>
    public static Loss GaussianLikelihood() => new GaussianLikelihoodLoss();

    /// <summary>The negative log-likelihood of a Poisson count with a log rate, for count heads.</summary>
    public static Loss PoissonLikelihood() => new PoissonLoss();

    /// <summary>The negative log-likelihood of discrete hazards with censoring, for hazard heads (Gensheimer and Narasimhan, 2019).</summary>
    public static Loss DiscreteHazard() => new DiscreteHazardLoss();

    /// <summary>Cox's partial likelihood with Breslow's ties, for Cox heads; a batch is the risk set, so make it large.</summary>
    public static Loss CoxLikelihood() => new CoxLoss();

    /// <summary>A smooth bound of one minus the concordance index, for Cox heads (Steck et al., NIPS 2007).</summary>
    public static Loss Concordance() => new ConcordanceLoss();
}
