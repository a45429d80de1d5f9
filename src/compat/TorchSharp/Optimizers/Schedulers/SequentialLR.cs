namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>One schedule after the other: each begins at its milestone, as if that were its epoch 0.</summary>
                public class SequentialLR : LRScheduler
                {
                    private readonly LRScheduler[] schedulers;
                    private readonly int[] milestones;

                    /// <param name="optimizer">That of all the schedules.</param>
                    /// <param name="schedulers">One more than there are milestones.</param>
                    /// <param name="milestones">The epochs at which the second, third ... schedule begins, in rising order.</param>
                    public SequentialLR(Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch = -1)
                        : base(optimizer, last_epoch + 1)
                    {
                        (this.schedulers, this.milestones) = ([.. schedulers], [.. milestones]);
                        if (this.schedulers.Any(scheduler => scheduler.Optimizer != optimizer))
                            throw new ArgumentException(
                                "The SequentialLR scheduler expects all its sub-schedulers to be bound to the same optimizer.", nameof(schedulers));
                        if (this.milestones.Length != this.schedulers.Length - 1)
                            throw new ArgumentException(
                                $"SequentialLR expects one scheduler more than milestones, got {this.schedulers.Length} schedulers and "
                                + $"{this.milestones.Length} milestones.",
                                nameof(milestones));
                        // What the schedules did when they were made is undone; the first one does it again.
                        foreach (var group in Groups) group.LearningRate = group.InitialLearningRate;
                        foreach (var scheduler in this.schedulers) scheduler.LastEpoch--;
                        this.schedulers[0].step();
                        for (var i = 0; i < Groups.Length; i++) LastRates[i] = Groups[i].LearningRate;
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        var current = milestones.Count(milestone => milestone <= LastEpoch);
                        if (current > 0 && milestones[current - 1] == LastEpoch) schedulers[current].step((int?)0);
                        else schedulers[current].step();
                        return Groups.Select(group => group.LearningRate);
                    }
                }

                /// <summary>Several schedules at once: each changes what the one before it has set.</summary>
                public class ChainedLR(IEnumerable<LRScheduler> schedulers) : LRScheduler
                {
                    private readonly LRScheduler[] schedulers = [.. schedulers];

                    /// <inheritdoc/>
                    public override void step(int? epoch)
                    {
                        foreach (var scheduler in schedulers) scheduler.step(epoch);
                    }

                    /// <inheritdoc/>
                    public override IEnumerable<double> get_last_lr() => schedulers[^1].get_last_lr();
                }
            }
        }
    }
}
