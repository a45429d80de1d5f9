using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Studies;

public class StudyTests
{
    private static readonly DataSource Data = DataSource.Of("made", seed =>
    {
        var x = Values.Normal(seed, 60, 4);
        Examples Part(int from) => Examples.Joint(x[TensorIndex.Slice(from, from + 20)], ("y", x[TensorIndex.Slice(from, from + 20), 0] * 2));
        return new(Part(0), Part(20), Part(40));
    });

    private static readonly Model Linear = Model.Named("linear").Input(4).Task("y", Head.Regress());
    private static readonly Model Wide = Linear.Renamed("wide").Backbone(Block.Mlp(32));

    private static readonly StudyResult Result = Study.On(Data).Variants(Linear, Wide).Seeds(3).Train(t => t.Adam(1e-2).Epochs(5).Batch(8)).Run();

    [Fact]
    public void Every_variant_is_run_on_every_seed() =>
        Assert.Equal([("linear", 0), ("wide", 0), ("linear", 1), ("wide", 1), ("linear", 2), ("wide", 2)], Result.Runs.Select(run => (run.Model.Name, run.Seed)));

    [Fact]
    public void A_run_in_a_study_is_the_run_on_its_own() =>
        Assert.Equal(Wide.Train(Data, t => t.Adam(1e-2).Epochs(5).Batch(8), seed: 1).Test("y/mse"), Result.Run("wide", 1).Test("y/mse"));

    [Fact]
    public void Means_deviations_and_ratios_are_over_seeds()
    {
        var (linear, wide) = (Result.Values("linear", "y/mse"), Result.Values("wide", "y/mse"));
        Assert.Equal((linear[0] + linear[1] + linear[2]) / 3, Result.Mean("linear", "y/mse"), 1e-12);
        var mean = Result.Mean("linear", "y/mse");
        Assert.Equal(Math.Sqrt(linear.Sum(value => Math.Pow(value - mean, 2)) / 2), Result.StandardDeviation("linear", "y/mse"), 1e-12);
        Assert.Equal((wide[0] / linear[0] + wide[1] / linear[1] + wide[2] / linear[2]) / 3, Result.Ratio("wide", "linear", "y/mse"), 1e-12);
    }

    [Fact]
    public void A_claim_carries_the_numbers_it_was_decided_on()
    {
        var claim = Result.Claim("wide is better", r => r.Mean("wide", "y/mse") < r.Mean("linear", "y/mse"));
        Assert.Equal(Result.Mean("wide", "y/mse") < Result.Mean("linear", "y/mse"), claim.Holds);
        Assert.Contains(FormattableString.Invariant($"wide y/mse = {Result.Mean("wide", "y/mse"):0.####}"), claim.Measured);
        Assert.Equal("r.Mean(\"wide\", \"y/mse\") < r.Mean(\"linear\", \"y/mse\")", claim.Expected);
        Assert.Equal(3, claim.Seeds);
        var bounded = Result.Claim("a bound", r => r.Ratio("wide", "linear", "y/mse").AtMost(0));
        Assert.False(bounded.Holds);
        Assert.Equal("at most 0", bounded.Expected);
        Assert.StartsWith("wide / linear y/mse = ", bounded.Measured);
        // What was held against the bound is shown first, then the numbers it was computed from.
        var computed = Result.Claim("half", r => (r.Mean("wide", "y/mse") / 2).AtMost(0));
        Assert.Equal(FormattableString.Invariant($"{Result.Mean("wide", "y/mse") / 2:0.####} (wide y/mse = {Result.Mean("wide", "y/mse"):0.####})"), computed.Measured);
        Assert.Equal("7", Result.Claim("nothing read", _ => 7.0.AtLeast(1)).Measured);
    }

    [Fact]
    public void A_small_number_is_not_shown_as_zero() =>
        Assert.Equal("1.25e-6", Result.Claim("small", r => (r.Mean("wide", "y/mse") * 0 + 1.25e-6).AtMost(0)).Measured.Split(' ')[0]);

    // The data has no noise, so a task alone is a copy of the model to itself: another task's labels cannot reach it, while shared parts carry them over.
    [Fact]
    public void In_a_study_single_task_copies_do_not_feel_other_tasks_and_shared_parts_do()
    {
        var shared = Model.Named("shared").Input(6).Backbone(Block.Mlp(4)).Task("task 1", Head.Regress()).Task("task 2", Head.Regress());
        var related = RankTwoTasks.Related(tasks: 2, features: 6, train: 30, validation: 20, test: 20);
        var altered = DataSource.Of("second task negated", seed =>
        {
            var splits = related.Split(seed);
            Examples Negated(Examples rows) => Examples.PerTask(
                ("task 1", rows.Inputs("task 1"), rows.Target("task 1")), ("task 2", rows.Inputs("task 2"), -rows.Target("task 2")));
            return new(Negated(splits.Train), Negated(splits.Validation), Negated(splits.Test));
        });
        StudyResult Compared(DataSource data) => Study.On(data).Variants(shared, shared.Renamed("alone").SingleTask()).Seeds(2)
            .Train(t => t.Adam(1e-2).Epochs(5).Batch(8)).Run();
        var (before, after) = (Compared(related), Compared(altered));
        Assert.Equal(before.Values("alone", "task 1/mse"), after.Values("alone", "task 1/mse"));
        Assert.NotEqual(before.Values("shared", "task 1/mse"), after.Values("shared", "task 1/mse"));
        Assert.Equal((before.Mean("alone", "task 1/mse") + before.Mean("alone", "task 2/mse")) / 2, before.MeanOverTasks("alone", "mse"), 1e-12);
    }

    [Theory]
    [InlineData(0.5, true, true, false, false)]
    [InlineData(0.4, true, false, true, false)]
    [InlineData(0.6, false, true, false, true)]
    [InlineData(double.NaN, false, false, false, false)]
    public void A_number_is_held_against_a_bound(double value, bool atMost, bool atLeast, bool below, bool above) =>
        Assert.Equal((atMost, atLeast, below, above), (value.AtMost(0.5).Holds, value.AtLeast(0.5).Holds, value.Below(0.5).Holds, value.Above(0.5).Holds));

    [Fact]
    public void Mistakes_name_what_there_is()
    {
        Assert.Contains("did you mean 'linear'?", Assert.Throws<DataException>(() => Result.Mean("linaer", "y/mse")).Message);
        Assert.Contains("did you mean 'y/mse'?", Assert.Throws<DataException>(() => Result.Mean("linear", "y/msr")).Message);
        Assert.EndsWith("variants are 'linear' and 'wide', seeds 0, 1, 2", Assert.Throws<DataException>(() => Result.Run("linear", 9)).Message);
        Assert.Contains("no task of 'wide' has the metric 'auc'", Assert.Throws<DataException>(() => Result.MeanOverTasks("wide", "auc")).Message);
        Assert.Throws<ArgumentNullException>(() => Study.On(null!));
        Assert.StartsWith("two variants are named 'linear'", Assert.Throws<DeclarationException>(() => Study.On(Data).Variants(Linear, Linear)).Message);
        Assert.StartsWith("the study has no variant", Assert.Throws<DeclarationException>(() => Study.On(Data).Run()).Message);
        Assert.StartsWith("a study needs at least 1 seed", Assert.Throws<DeclarationException>(() => Study.On(Data).Seeds(0)).Message);
    }
}
