namespace Polytask;

/// <summary>The settings of DOGE; those of the paper are absolute numbers for CLIP, these hold on any scale of task vectors.</summary>
public sealed record DogeOptions
{
    /// <summary>lambda_t^l: the paper's are <c>MergeCoefficients.EqualNorms(0.07)</c>.</summary>
    public MergeCoefficients Coefficients { get; init; } = MergeCoefficients.EqualNormsOfMedian(0.3);

    /// <summary>K, the fraction of entries of largest |tau_t| that is kept of each task, over all merged matrices; 1 is no mask.</summary>
    public double Keep { get; init; } = 0.3;

    /// <summary>How many steps Delta is improved; 0 is no correction.</summary>
    public int Steps { get; init; } = 400;

    /// <summary>Whether the gradient is kept out of the subspace that the tasks share.</summary>
    public bool IsProjected { get; init; } = true;

    /// <summary>The shared subspace has q / this many dimensions, q the shorter side; with less than one there is no projection.</summary>
    public int Subspace { get; init; } = 6;

    /// <summary>
    /// Of the steps. Null is 0.02 times the root mean square of the tensor's task vectors, with Adam's epsilon on that scale too; the paper's is
    /// 1e-4.
    /// </summary>
    public double? LearningRate { get; init; }

    /// <summary>Plain gradient descent in place of Adam, for exact statements: only then the correction stays out of the shared subspace exactly. It
    /// needs a learning rate.</summary>
    public bool IsPlainDescent { get; init; }

    internal DogeOptions Checked()
    {
        if (!(Keep is >= 0 and <= 1)) throw new DeclarationException($"the fraction that DOGE keeps is in [0, 1], but got {Keep}");
        if (Steps < 0) throw new DeclarationException($"DOGE takes 0 or more steps, but got {Steps}");
        if (Subspace < 1)
            throw new DeclarationException($"DOGE's subspace is one of so many parts of all directions, at least 1, but got {Subspace}");
        if (LearningRate is { } rate && !(rate > 0 && double.IsFinite(rate)))
            throw new DeclarationException($"DOGE's learning rate is a finite number above 0, but got {rate}");
        if (IsPlainDescent && LearningRate is null)
            throw new DeclarationException("plain descent needs a LearningRate: the steps that are stable depend on the task vectors' sizes");
        return this;
    }
}
