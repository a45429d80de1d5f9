namespace Polytask;

/// <summary>Where in the training a schedule is asked.</summary>
/// <param name="Step">The steps taken so far, from 0 on.</param>
/// <param name="Steps">The steps of the whole training.</param>
/// <param name="StepsPerEpoch">The steps of an epoch.</param>
public readonly record struct ScheduleTime(long Step, long Steps, long StepsPerEpoch)
{
    /// <summary>The epoch, from 0 on.</summary>
    public int Epoch => (int)(Step / StepsPerEpoch);

    /// <summary>The share of the training that is done, from 0 up to but not including 1.</summary>
    public double Progress => (double)Step / Steps;
}

/// <summary>
/// How learning rates change during training: a factor of every rate, the same for all parts, before each step. A function of the step alone, so
/// that a resumed run needs nothing but its step.
/// </summary>
public abstract record Schedule
{
    /// <summary>What the learning rates are multiplied by in the step to come.</summary>
    public abstract double Factor(ScheduleTime time);

    /// <summary>1 throughout.</summary>
    public static Schedule Constant() => new ConstantSchedule();

    /// <summary>Multiplied by <paramref name="factor"/> every so many epochs.</summary>
    public static Schedule Step(int epochs, double factor = 0.1) => new StepSchedule(epochs, factor);

    /// <summary>Half a cosine from 1 to <paramref name="floor"/> at the end (Loshchilov and Hutter, ICLR 2017, equation 5, one period).</summary>
    public static Schedule Cosine(double floor = 0) => new CosineSchedule(floor);

    /// <summary>Up to 1 and down to nearly 0; see <see cref="OneCycleSchedule"/>.</summary>
    /// <param name="rise">The share of the training that goes up.</param>
    /// <param name="start">The factor of the first step.</param>
    /// <param name="end">The factor of the last step.</param>
    public static Schedule OneCycle(double rise = 0.3, double start = 0.04, double end = 4e-6) => new OneCycleSchedule(rise, start, end);

    /// <summary>Multiplied by <paramref name="factor"/> every epoch.</summary>
    public static Schedule Exponential(double factor) => new ExponentialSchedule(factor);

    /// <summary>(1 - share done)^power: linear to 0 for a power of 1.</summary>
    public static Schedule Polynomial(double power = 1) => new PolynomialSchedule(power);

    /// <summary>A function of your own: <c>Schedule.Of("halves", time => 1.0 / (1 + time.Epoch))</c>.</summary>
    public static Schedule Of(string name, Func<ScheduleTime, double> factor)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(factor);
        return new OwnSchedule(name, factor);
    }

    private protected static double Share(double value, string what) => value is >= 0 and <= 1
        ? value
        : throw new DeclarationException(FormattableString.Invariant($"{what} is between 0 and 1, but got {value}"));

    private sealed record OwnSchedule(string Name, Func<ScheduleTime, double> Function) : Schedule
    {
        public override double Factor(ScheduleTime time) => Function(time) is var factor && factor >= 0 && double.IsFinite(factor)
            ? factor
            : throw new DeclarationException(FormattableString.Invariant(
                $"schedule '{Name}' gave {factor} in step {time.Step}; a factor is a finite number of at least 0"));

        public override string ToString() => Name;
    }
}
