namespace Polytask;

/// <summary>factor^epoch, epochs from 0: PyTorch's ExponentialLR.</summary>
internal sealed record ExponentialSchedule : Schedule
{
    private readonly double factor;

    public ExponentialSchedule(double factor) => this.factor = Share(factor, "the factor of an exponential schedule");

    public override double Factor(ScheduleTime time) => Math.Pow(factor, time.Epoch);

    public override string ToString() => FormattableString.Invariant($"x {factor} every epoch");
}
