namespace Polytask.Tests.Training;

/// <summary>Learning rates over 5 epochs of 4 steps, as Python's torch gives them (tests/peers/schedules_reference.py).</summary>
public class ScheduleTests
{
    private static double[] Factors(TrainingPlan plan) => [.. Enumerable.Range(0, 20).Select(step => plan.RateFactor(step, 20, 4))];

    private static double[] Factors(Schedule schedule) => Factors(new TrainingPlan().Schedule(schedule));

    private static void Near(double[] expected, double[] given)
    {
        Assert.Equal(expected.Length, given.Length);
        foreach (var (one, other) in expected.Zip(given)) Assert.Equal(one, other, 1e-8);
    }

    [Fact]
    public void Steps() => Near(
        [1, 1, 1, 1, 1, 1, 1, 1, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.09, 0.09, 0.09, 0.09], Factors(Schedule.Step(2, 0.3)));

    [Fact]
    public void Exponential() => Near([1, 1, 1, 1, 0.7, 0.7, 0.7, 0.7, 0.49, 0.49, 0.49, 0.49, 0.343, 0.343, 0.343, 0.343, 0.2401, 0.2401, 0.2401, 0.2401],
        Factors(Schedule.Exponential(0.7)));

    [Fact]
    public void Cosine() => Near([1.0, 0.994459753, 0.977975432, 0.950952936, 0.914057647, 0.868198052, 0.814503364, 0.754295725, 0.689057647, 0.620395509, 0.55,
        0.479604491, 0.410942353, 0.345704275, 0.285496636, 0.231801948, 0.185942353, 0.149047064, 0.122024568, 0.105540247], Factors(Schedule.Cosine(0.1)));

    [Fact]
    public void Polynomial() => Near([1.0, 0.9025, 0.81, 0.7225, 0.64, 0.5625, 0.49, 0.4225, 0.36, 0.3025, 0.25, 0.2025, 0.16, 0.1225, 0.09, 0.0625, 0.04,
        0.0225, 0.01, 0.0025], Factors(Schedule.Polynomial(2)));

    [Fact]
    public void One_cycle() => Near([0.04, 0.131671843, 0.371671843, 0.668328157, 0.908328157, 1.0, 0.987464006, 0.950484632, 0.890916178, 0.811745654, 0.716943002,
        0.611262022, 0.500002, 0.388741978, 0.283060998, 0.188258346, 0.109087822, 0.049519368, 0.0125399938, 4e-06], Factors(Schedule.OneCycle()));

    [Fact]
    public void Warm_up_rises_to_one_and_the_schedule_has_the_rest()
    {
        Near([0.25, 0.5, 0.75, .. Enumerable.Repeat(1.0, 17)], Factors(new TrainingPlan().WarmUp(steps: 4)));
        var warm = Factors(new TrainingPlan().WarmUp(epochs: 1).Schedule(Schedule.Polynomial()));
        Near([0.25, 0.5, 0.75, 1, .. Enumerable.Range(0, 16).Select(step => 1 - step / 16.0)], warm);
    }

    [Fact]
    public void Numbers_that_are_no_schedule()
    {
        Assert.Contains("a warm-up lasts", Assert.Throws<DeclarationException>(() => new TrainingPlan().WarmUp()).Message);
        Assert.Contains("is between 0 and 1, but got 1.5", Assert.Throws<DeclarationException>(() => Schedule.Exponential(1.5)).Message);
        var odd = Schedule.Of("odd", time => -time.Step);
        Assert.Equal("schedule 'odd' gave -3 in step 3; a factor is a finite number of at least 0",
            Assert.Throws<DeclarationException>(() => odd.Factor(new(3, 20, 4))).Message);
        Assert.Equal("the warm-up of 20 steps is as long as the training or longer: 5 epochs of 4 steps are 20; shorten .WarmUp(...) or train for more epochs",
            Assert.Throws<DeclarationException>(() => new TrainingPlan().Epochs(5).WarmUp(epochs: 5).CheckWarmUp(20, 4)).Message);
    }
}
