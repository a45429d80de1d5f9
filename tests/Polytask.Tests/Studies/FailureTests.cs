namespace Polytask.Tests.Studies;

public sealed class FailureTests
{
    private static readonly Study Declared = Study.On(Small.Seeded).Variants(Small.Linear, Small.FailingWith(1, 2)).Seeds(4).Train(t => t.Adam(1e-2).Epochs(2).Batch(8));
    private static readonly StudyResult Result = Declared.Run();

    [Fact]
    public void A_cell_that_fails_leaves_the_others_alone()
    {
        Assert.Equal([("failing", 1), ("failing", 2)], Result.Failures.Select(failure => (failure.Variant, failure.Seed)));
        Assert.All(Result.Failures, failure => Assert.Contains("the loss of task 'z' became NaN", failure.Message));
        Assert.All(Result.Failures, failure => Assert.IsType<TrainingException>(failure.Error));
        Assert.Equal(6, Result.Runs.Count);
        Assert.Equal(Small.Linear.Train(Small.Seeded, t => t.Adam(1e-2).Epochs(2).Batch(8), seed: 2).Test("y/mse"), Result.Run("linear", 2).Test("y/mse"));
        Assert.Contains("failing: ", Result.ToString());
        Assert.Contains("(2 of 4 seeds)", Result.ToString());
        Assert.StartsWith("2 of 8 cells have no result; 'failing', seed 1: ", Assert.Single(Result.Notes));
    }

    [Fact]
    public void What_reads_a_missing_number_says_which_cell_failed()
    {
        Assert.StartsWith("there is no run of 'failing', seed 1: model 'failing'", Assert.Throws<DataException>(() => Result.Mean("failing", "y/mse")).Message);
        var claim = Result.Claim("it works", r => r.Mean("linear", "y/mse") > 0 && r.Mean("failing", "z/mse") < 1);
        Assert.False(claim.Holds);
        Assert.StartsWith("not measured: 'failing', seed 1: ", claim.Measured);
        Assert.False(Result.Claim("it works", r => r.Ratio("linear", "failing", "y/mse").AtLeast(0)).Holds);
        Assert.True(Result.Claim("it works", r => r.Mean("linear", "y/mse") > 0).Holds);
    }

    [Fact]
    public void A_metric_that_a_variant_lacks_is_named()
    {
        Assert.Contains("run 'linear' has no 'z/mse'", Assert.Throws<DataException>(() => Result.Mean("linear", "z/mse")).Message);
    }

    [Fact]
    public void It_stops_at_the_first_failure_where_that_is_wanted() =>
        Assert.Contains("seed 1", Assert.Throws<TrainingException>(() => Declared.StopAtFirstFailure().Run()).Message);

    [Fact]
    public void Where_all_fail_the_first_reason_is_thrown()
    {
        Assert.Throws<TrainingException>(() => Study.On(Small.Seeded).Variants(Small.FailingWith(0, 1)).Seeds(2).Train(t => t.Epochs(1)).Run());
        Assert.Throws<DataException>(() => Study.On(Small.Data()).Variants(Small.Linear.Task("q", Head.Regress())).Run());
    }

    [Fact]
    public void A_source_that_fails_on_a_seed_loses_that_seed_alone()
    {
        var source = DataSource.Of("holes", seed => seed == 1 ? throw new DataException("no such rows") : Small.Data().Split(seed));
        var result = Study.On(source).Variants(Small.Linear, Small.Wide).Seeds(3).Train(t => t.Epochs(1)).Run();
        Assert.Equal([("linear", 1, "no such rows"), ("wide", 1, "no such rows")], result.Failures.Select(f => (f.Variant, f.Seed, f.Message)));
        Assert.Equal(4, result.Runs.Count);
    }

    [Fact]
    public void A_study_that_is_cancelled_has_what_is_finished()
    {
        using var cancel = new CancellationTokenSource();
        var source = Small.Data(asked: seed => { if (seed == 1) cancel.Cancel(); });
        var result = Study.On(source).Variants(Small.Linear, Small.Wide).Seeds(3).Train(t => t.Epochs(1)).Run(cancel.Token);
        Assert.Equal([("linear", 0), ("wide", 0)], result.Runs.Select(run => (run.Model.Name, run.Seed)));
        // The cell that asked for the data of seed 1 had begun.
        Assert.Equal("it was interrupted", result.Failures[0].Message);
        Assert.Equal(4, result.Failures.Count);
        Assert.All(result.Failures.Skip(1), failure => Assert.Contains("the study was stopped", failure.Message));
        using var before = new CancellationTokenSource();
        before.Cancel();
        Assert.Throws<OperationCanceledException>(() => Small.Study.Run(before.Token));
    }
}
