namespace Polytask;

/// <summary>A weighting's module that learns from epochs.</summary>
public interface IEpochEnd
{
    /// <summary>Called after each epoch in which every task ran.</summary>
    /// <param name="losses">The tasks' mean training losses of the epoch.</param>
    void EndEpoch(IReadOnlyList<double> losses);
}
