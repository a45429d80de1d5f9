namespace Polytask;

/// <summary>floor + (1 - floor) (1 + cos(pi t / T)) / 2 in step t of T: PyTorch's CosineAnnealingLR over all steps.</summary>
internal sealed record CosineSchedule : Schedule
{
    private readonly double floor;

    public CosineSchedule(double floor) => this.floor = Share(floor, "the floor of a cosine schedule");

    public override double Factor(ScheduleTime time) => floor + (1 - floor) * (1 + Math.Cos(Math.PI * time.Progress)) / 2;

    public override string ToString() => "cosine" + (floor > 0 ? FormattableString.Invariant($" to {floor}") : "");
}
