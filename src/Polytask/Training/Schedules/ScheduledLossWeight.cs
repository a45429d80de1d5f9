namespace Polytask;

/// <summary>A factor of a task's loss that changes with the epoch; see <see cref="TrainingPlan.LossWeight(string, double, double)"/>.</summary>
/// <param name="Task">The task.</param>
/// <param name="Of">The epoch, from 0 on → the factor.</param>
public sealed record ScheduledLossWeight(string Task, Func<int, double> Of);
