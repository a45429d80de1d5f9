namespace Polytask;

/// <summary>A weighting that needs the task gradients themselves, T numbers for each parameter in memory: J → the direction of the update.</summary>
public abstract record JacobianWeighting : Weighting
{
    /// <summary>The rule with its memory, for one training.</summary>
    /// <param name="tasks">T, at least 1.</param>
    public abstract JacobianRule Start(int tasks);
}
