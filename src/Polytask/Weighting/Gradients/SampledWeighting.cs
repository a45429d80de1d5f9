namespace Polytask;

/// <summary>
/// A weighting that avoids the bias of one batch by three independent ones: J₁ J₂ᵀ of the first two → weights, applied to the gradients of the third.
/// A training step cuts its batch into three parts.
/// </summary>
public abstract record SampledWeighting : Weighting
{
    /// <summary>The share lambda of the mean gradient in the update, (Jᵀ w + lambda mean) / (1 + lambda); 0 for none.</summary>
    public virtual double MeanShare => 0;

    /// <summary>The rule with its memory: (J₁ J₂ᵀ, losses) → w.</summary>
    /// <param name="tasks">T, at least 1.</param>
    public abstract GramianRule Start(int tasks);
}
