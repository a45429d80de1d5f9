namespace Polytask;

/// <summary>How the losses of the tasks become one update.</summary>
public abstract record Weighting
{
    /// <summary>The plain sum of the task losses.</summary>
    public static LossWeighting Equal() => new EqualWeighting();

    /// <summary>A fixed weight per task, at least 0; tasks not named have weight 1. Checked against the model's tasks when it is built.</summary>
    public static LossWeighting Constant(params (string Task, double Weight)[] weights) => new ConstantWeighting([.. weights]);

    /// <summary>
    /// Learned task uncertainties (Kendall et al., CVPR 2018, equations 7 and 10): L = sum_t c_t exp(-s_t) L_t + s_t / 2, where s_t = log sigma_t^2
    /// is
    /// trained with the model from 0 on, and c_t is 1/2 for a regression head and 1 for the others.
    /// </summary>
    public static LossWeighting Uncertainty() => new UncertaintyWeighting();
}
