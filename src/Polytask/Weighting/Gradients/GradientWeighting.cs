namespace Polytask;

/// <summary>
/// A weighting that reads the Gramian of the task gradients, G = J Jᵀ with a row g_t of J for each task, and never J itself: G → weights w, and the
/// update is Jᵀ w. The types that need more say so: <see cref="JacobianWeighting"/>, <see cref="SampledWeighting"/>.
/// </summary>
public abstract record GradientWeighting : Weighting
{
    /// <summary>Whether the tasks' own parameters are trained by w_t L_t too; otherwise by the plain L_t.</summary>
    public virtual bool WeighsHeads => false;

    /// <summary>Whether the gradients that it reads are those at the tasks' common representation.</summary>
    public bool ReadsRepresentation { get; private init; }

    /// <summary>Whether each row of a batch is an objective of its own.</summary>
    public bool IsPerInstance { get; private init; }

    /// <summary>
    /// The same rule on the gradients at the representation Z [B, D] that all tasks read, every row's entries kept, as in MGDA-UB (Sener and Koltun,
    /// NeurIPS 2018, section 3.3): no backward pass of the shared part for each task, but one of the weighed losses. For MGDA the least norm there bounds
    /// the one at the parameters from above, up to a factor of the Jacobian of Z.
    /// </summary>
    public GradientWeighting AtRepresentation() => IsPerInstance ? throw Both() : this with { ReadsRepresentation = true };

    /// <summary>
    /// The same rule with one objective for each row and task instead of one for each task (instance-wise Jacobian descent; Quinton and Rey, 2024,
    /// section 5): all parameters are trained by sum_i w_i grad l_i. The batch must be small enough for a Gramian of [rows × tasks] squared and its solver.
    /// </summary>
    public GradientWeighting PerInstance() => ReadsRepresentation ? throw Both() : this with { IsPerInstance = true };

    /// <summary>The rule with its memory, for one training.</summary>
    /// <param name="tasks">T, at least 1.</param>
    public abstract GramianRule Start(int tasks);

    internal override string Describe() =>
        base.Describe() + (ReadsRepresentation ? " at the representation" : IsPerInstance ? " per instance" : "");

    private static DeclarationException Both() =>
        new("a weighting reads gradients at the representation or has an objective for each row, not both; leave out .AtRepresentation() or .PerInstance()");
}
