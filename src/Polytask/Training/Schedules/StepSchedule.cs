namespace Polytask;

/// <summary>factor^floor(epoch / every), epochs from 0: PyTorch's StepLR.</summary>
internal sealed record StepSchedule : Schedule
{
    private readonly int every;
    private readonly double factor;

    public StepSchedule(int every, double factor)
    {
        if (every < 1) throw new DeclarationException($"a step schedule changes every 1 epoch or more, but got {every}");
        (this.every, this.factor) = (every, Share(factor, "the factor of a step schedule"));
    }

    public override double Factor(ScheduleTime time) => Math.Pow(factor, time.Epoch / every);

    public override string ToString() => FormattableString.Invariant($"x {factor} every {every} epochs");
}
