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
        Assert.StartsWith("two variants are named 'linear'", Assert.Throws<DeclarationException>(() => Study.On(Data).Variants(Linear, Linear)).Message);
        Assert.StartsWith("the study has no variant", Assert.Throws<DeclarationException>(() => Study.On(Data).Run()).Message);
        Assert.StartsWith("a study needs at least 1 seed", Assert.Throws<DeclarationException>(() => Study.On(Data).Seeds(0)).Message);
    }
}
