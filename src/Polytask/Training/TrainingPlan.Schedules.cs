using System.Collections.Immutable;

namespace Polytask;

public sealed partial record TrainingPlan
{
    /// <summary>How learning rates change; constant unless said.</summary>
    public Schedule RateSchedule { get; private init; } = Polytask.Schedule.Constant();

    /// <summary>The steps or epochs in which rates rise from 0 first.</summary>
    public (int Epochs, int Steps) WarmUpTime { get; private init; }

    /// <summary>Functions of the epoch, from 0 on, by which the losses of tasks are multiplied.</summary>
    public ImmutableArray<ScheduledLossWeight> LossWeights { get; private init; } = [];

    /// <summary>How learning rates change during training: <c>.Schedule(Schedule.Cosine())</c>. After a warm-up it covers the rest.</summary>
    public TrainingPlan Schedule(Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return this with { RateSchedule = schedule };
    }

    /// <summary>
    /// Let learning rates rise linearly first, in n steps as 1/n, 2/n, ..., 1 (Goyal et al., 2017, section 2.2): <c>.WarmUp(epochs: 1)</c> or
    /// <c>.WarmUp(steps: 100)</c>. The schedule begins afterwards.
    /// </summary>
    public TrainingPlan WarmUp(int epochs = 0, int steps = 0) => epochs >= 0 && steps >= 0 && epochs > 0 != steps > 0
        ? this with { WarmUpTime = (epochs, steps) }
        : throw new DeclarationException(
            $"a warm-up lasts a number of epochs or a number of steps above 0, but got {epochs} epochs and {steps} steps");

    /// <summary>
    /// Multiply a task's loss by w0 gamma^epoch before it is weighed, epochs from 0 (Tang et al., RecSys 2020, section 4.4):
    /// <c>.LossWeight("income", 1, 0.95)</c>.
    /// </summary>
    public TrainingPlan LossWeight(string task, double initial, double gamma)
    {
        NotNegative(initial, $"the first loss weight of task '{task}'");
        Positive(gamma, $"the factor of task '{task}''s loss weight");
        return LossWeight(task, epoch => initial * Math.Pow(gamma, epoch));
    }

    /// <summary>Multiply a task's loss by a function of the epoch, from 0 on, before it is weighed.</summary>
    public TrainingPlan LossWeight(string task, Func<int, double> weight)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(weight);
        return this with { LossWeights = [.. LossWeights.Where(entry => entry.Task != task), new(task, weight)] };
    }

    /// <summary>The factor of every learning rate in a step.</summary>
    internal double RateFactor(long step, long steps, long stepsPerEpoch)
    {
        var warm = WarmUpSteps(stepsPerEpoch);
        return step < warm ? (step + 1.0) / warm : RateSchedule.Factor(new(step - warm, steps - warm, stepsPerEpoch));
    }

    /// <summary>Refuses a warm-up that leaves no step to the training itself.</summary>
    internal void CheckWarmUp(long steps, long stepsPerEpoch)
    {
        if (WarmUpSteps(stepsPerEpoch) is var warm && warm >= steps && warm > 0)
            throw new DeclarationException(
                $"the warm-up of {warm} steps is as long as the training or longer: {EpochCount} epochs of {stepsPerEpoch} steps are {steps}; shorten .WarmUp(...) or train for more epochs");
    }

    private long WarmUpSteps(long stepsPerEpoch) => WarmUpTime.Steps + WarmUpTime.Epochs * stepsPerEpoch;
}
