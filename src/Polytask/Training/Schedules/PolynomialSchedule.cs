namespace Polytask;

/// <summary>(1 - t / T)^power in step t of T: PyTorch's PolynomialLR over all steps.</summary>
internal sealed record PolynomialSchedule : Schedule
{
    private readonly double power;

    public PolynomialSchedule(double power) => this.power = power > 0 && double.IsFinite(power)
        ? power
        : throw new DeclarationException(FormattableString.Invariant($"the power of a polynomial schedule is a number above 0, but got {power}"));

    public override double Factor(ScheduleTime time) => Math.Pow(1 - time.Progress, power);

    public override string ToString() => power == 1 ? "linear to 0" : FormattableString.Invariant($"polynomial of power {power}");
}
