namespace Polytask;

/// <summary>How the losses of the tasks become one update.</summary>
public abstract record Weighting
{
    /// <summary>The plain sum of the task losses.</summary>
    public static LossWeighting Equal() => new EqualWeighting();

    /// <summary>A fixed weight per task; tasks not named have weight 1.</summary>
    public static LossWeighting Constant(params (string Task, double Weight)[] weights) => new ConstantWeighting(weights);

    /// <summary>Learned task uncertainties (Kendall et al., CVPR 2018, equation 10); see <see cref="UncertaintyWeighting"/>.</summary>
    public static LossWeighting Uncertainty() => new UncertaintyWeighting();
}
