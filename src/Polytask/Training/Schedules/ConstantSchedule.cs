namespace Polytask;

/// <summary>The factor is 1 in every step.</summary>
internal sealed record ConstantSchedule : Schedule
{
    public override double Factor(ScheduleTime time) => 1;

    public override string ToString() => "constant";
}
