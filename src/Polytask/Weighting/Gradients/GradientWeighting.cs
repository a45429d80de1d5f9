namespace Polytask;

/// <summary>
/// A weighting that reads the Gramian of the task gradients, G = J Jᵀ with a row g_t of J for each task, and never J itself: G → weights w, and the
/// update is Jᵀ w. The types that need more say so: <see cref="JacobianWeighting"/>, <see cref="SampledWeighting"/>.
/// </summary>
public abstract record GradientWeighting : Weighting
{
    /// <summary>Whether the tasks' own parameters are trained by w_t L_t too; otherwise by the plain L_t.</summary>
    public virtual bool WeighsHeads => false;

    /// <summary>The rule with its memory, for one training.</summary>
    /// <param name="tasks">T, at least 1.</param>
    public abstract GramianRule Start(int tasks);
}
