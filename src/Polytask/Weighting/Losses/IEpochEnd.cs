namespace Polytask;

/// <summary>A weighting's module that learns from epochs.</summary>
public interface IEpochEnd
{
    /// <summary>Called after each epoch in which every task ran.</summary>
    /// <param name="losses">
    /// The tasks' mean training losses of the epoch, times the plan's factors (<see cref="TrainingPlan.LossWeight(string, Func{int, double})"/>).
    /// </param>
    void EndEpoch(IReadOnlyList<double> losses);
}
