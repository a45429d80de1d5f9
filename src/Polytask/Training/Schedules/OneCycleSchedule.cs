namespace Polytask;

/// <summary>
/// The one-cycle policy (Smith and Topin, 2018) in PyTorch's form, OneCycleLR with cosines: from <c>start</c> up to 1 in the first
/// <c>rise</c> of the steps, then down to <c>end</c> in the last step. Momentum stays as it is.
/// </summary>
internal sealed record OneCycleSchedule : Schedule
{
    private readonly double rise, start, end;

    public OneCycleSchedule(double rise, double start, double end) => (this.rise, this.start, this.end) =
        (Share(rise, "the rise of a one-cycle schedule"), Share(start, "the start of a one-cycle schedule"),
            Share(end, "the end of a one-cycle schedule"));

    public override double Factor(ScheduleTime time)
    {
        var (top, last) = (rise * time.Steps - 1, (double)time.Steps - 1);
        return time.Step <= top ? Between(start, 1, time.Step / top) : Between(1, end, (time.Step - top) / (last - top));
    }

    public override string ToString() => FormattableString.Invariant($"one cycle, rising for {rise}");

    private static double Between(double from, double to, double share) => to + (from - to) / 2 * (1 + Math.Cos(Math.PI * share));
}
