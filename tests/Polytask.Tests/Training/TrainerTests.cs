using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Training;

public class TrainerTests
{
    private static readonly Tensor X = Values.Normal(1, 80, 5);
    private static readonly Tensor Y = X.matmul(Values.Normal(2, 5, 1)).squeeze(1) + 0.3 * Values.Normal(3, 80);
    private static readonly Tensor Class = Y.gt(0).to(ScalarType.Int64);

    private static DataSplits Splits(params (string, Tensor)[] targets)
    {
        var examples = Examples.Joint(X, targets);
        return new(examples, examples, examples);
    }

    private static Model Regression => Model.Named("m").Input(5).Task("y", Head.Regress());

    [Fact]
    public void Least_squares_reaches_its_closed_form()
    {
        var run = Regression.Train(Splits(("y", Y)), t => t.Sgd(0.1, momentum: 0.9).FullBatch().Epochs(2000).ValidateEvery(500).UntilGradientBelow(1e-6));
        var design = cat([X, ones(80, 1)], 1).to(ScalarType.Float64);
        var solution = linalg.solve(design.t().matmul(design), design.t().matmul(Y.to(ScalarType.Float64).unsqueeze(1)));
        var best = (design.matmul(solution).squeeze(1) - Y.to(ScalarType.Float64)).square().mean().item<double>();
        Assert.Equal(best, run.Test("y/mse"), 1e-6);
        Assert.True(run.Epochs < 2000, "training should have stopped at the gradient's norm");
    }

    [Fact]
    public void A_missing_label_counts_for_nothing()
    {
        // Half the labels missing: the same weights as training on the labelled half alone, in full batches.
        var missing = Y.clone();
        missing[TensorIndex.Slice(40)] = tensor(float.NaN);
        var half = Examples.Joint(X[TensorIndex.Slice(0, 40)], ("y", Y[TensorIndex.Slice(0, 40)]));
        TrainingPlan Plan(TrainingPlan t) => t.Sgd(0.05).FullBatch().Epochs(30);
        var masked = Regression.Train(Splits(("y", missing)), Plan, seed: 4);
        var alone = Regression.Train(new DataSplits(half, half, half), Plan, seed: 4);
        Assert.All(masked.Module.parameters().Zip(alone.Module.parameters()), pair => Assert.True(Values.Difference(pair.First, pair.Second) <= 1e-6));
        Assert.Equal(alone.Test("y/mse"), masked.Test("y/mse"), 1e-6);
    }

    [Fact]
    public void Missing_classes_and_several_outputs_are_masked_too()
    {
        var classes = Class.clone();
        classes[0] = tensor(-1L);
        var two = stack([Y, -Y], 1);
        two[1, 0] = tensor(float.NaN);
        var model = Model.Named("m").Input(5).Task("c", Head.Classify(2)).Task("two", Head.Regress(2));
        var run = model.Train(Splits(("c", classes), ("two", two)), t => t.Epochs(3).Batch(16));
        Assert.All(run.Keys, key => Assert.True(double.IsFinite(run.Test(key)), key));
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_and_another_seed_others()
    {
        var model = Model.Named("m").Input(5).Backbone(Block.Mlp(8).WithDropout(0.2)).Task("y", Head.Regress()).Task("c", Head.Classify(2)).Weigh(Weighting.Uncertainty());
        Run Trained(int seed) => model.Train(Splits(("y", Y), ("c", Class)), t => t.AdamW(1e-2).Epochs(3).Batch(32).ClipGradients(1), seed);
        var (first, again, other) = (Trained(1), Trained(1), Trained(2));
        Assert.All(first.Module.parameters().Zip(again.Module.parameters()), pair => Assert.Equal(pair.First.Numbers(), pair.Second.Numbers()));
        Assert.NotEqual(first.Test("y/mse"), other.Test("y/mse"));
    }

    [Fact]
    public void The_best_epoch_is_the_one_with_the_lowest_validation_loss_and_its_weights_are_kept()
    {
        // A learning rate that overshoots, so that the last epoch is not the best.
        var run = Regression.Train(Splits(("y", Y)), t => t.Adam(0.5).Epochs(25).Batch(16).KeepBest(), seed: 3);
        var validation = run.History.Where(row => row is { Split: "validation", Key: "y/loss" }).ToArray();
        Assert.Equal(25, validation.Length);
        Assert.Equal(validation.MinBy(row => row.Value)!.Epoch, run.BestEpoch);
        Assert.Equal(validation.Min(row => row.Value), run.Test("y/loss"), 1e-9); // the test split is the validation split here
    }

    [Fact]
    public void Patience_ends_a_run_that_no_longer_improves()
    {
        var run = Regression.Train(Splits(("y", Y)), t => t.Sgd(1e-9).Epochs(50).Batch(16).Patience(2).ValidateEvery(2), seed: 3);
        Assert.True(run.Epochs < 50);
        Assert.Equal(run.BestEpoch + 4, run.Epochs);
    }

    [Fact]
    public void Tasks_with_rows_of_their_own_are_trained_together()
    {
        var examples = Examples.PerTask(("y", X, Y), ("c", X[TensorIndex.Slice(0, 30)], Class[TensorIndex.Slice(0, 30)]));
        var model = Model.Named("m").Input(5).Backbone(Block.Mlp(16)).Task("y", Head.Regress()).Task("c", Head.Classify(2));
        var run = model.Train(new DataSplits(examples, examples, examples), t => t.Adam(1e-2).Epochs(40).Batch(20));
        Assert.True(run.Test("c/accuracy") > 0.9);
        Assert.True(run.Test("y/r2") > 0.8);
    }

    [Fact]
    public void Embedded_columns_of_a_table_go_straight_into_a_model()
    {
        var people = Datasets.Income().Embedded();
        var model = Model.Named("embedded").Input(people.Features).Backbone(Block.Embed(people.Cardinalities, 4).Then(Block.Mlp(16))).Task("married", Head.Binary());
        Assert.True(model.Train(people, t => t.Adam(1e-2).Epochs(2).Batch(256)).Test("married/auc") > 0.8);
    }

    [Fact]
    public void A_loss_that_is_no_number_stops_the_run_and_says_where()
    {
        var huge = Y.clone();
        huge[3] = tensor(1e30f);
        var model = Model.Named("m").Input(5).Task("c", Head.Classify(2)).Task("y", Head.Regress());
        var error = Assert.Throws<TrainingException>(() => model.Train(Splits(("y", huge), ("c", Class)), t => t.FullBatch().Epochs(3), seed: 2));
        Assert.StartsWith("model 'm', seed 2: the loss of task 'y' became ", error.Message);
        Assert.Contains("in epoch 1, step 1 of 1", error.Message);
    }

    [Fact]
    public void A_validation_loss_that_is_no_number_stops_the_run_too()
    {
        var huge = Y.clone();
        huge[3] = tensor(1e30f);
        var splits = new DataSplits(Examples.Joint(X, ("y", Y)), Examples.Joint(X, ("y", huge)), Examples.Joint(X, ("y", Y)));
        Assert.StartsWith("model 'm', seed 0: the loss of task 'y' became Infinity on the validation split after epoch 1; no epoch was finished before. ",
            Assert.Throws<TrainingException>(() => Regression.Train(splits, t => t.Epochs(2))).Message);
    }

    [Fact]
    public void A_clipped_gradient_is_not_taken_for_the_end() =>
        Assert.Equal(3, Regression.Train(Splits(("y", Y)), t => t.Sgd(0.01).FullBatch().Epochs(3).ClipGradients(1e-7).UntilGradientBelow(1e-6)).Epochs);

    // Ten rows and three in batches of two: five steps, in which the three rows come as 2, 1, 2, 1, 2.
    [Fact]
    public void A_task_with_fewer_rows_starts_over_within_an_epoch()
    {
        var seen = new List<double[]>();
        var recorded = Loss.Of("recorded", (output, target) =>
        {
            if (is_grad_enabled()) seen.Add(target.Numbers());
            return (output - target).square();
        });
        var labels = tensor(new[] { 1f, 2f, 3f });
        var few = Examples.PerTask(("y", X[TensorIndex.Slice(0, 10)], Y[TensorIndex.Slice(0, 10)]), ("few", X[TensorIndex.Slice(0, 3)], labels));
        Regression.Task("few", Head.Regress(), loss: recorded).Train(new DataSplits(few, few, few), t => t.Epochs(1).Batch(2));
        Assert.Equal([2, 1, 2, 1, 2], seen.Select(batch => batch.Length));
        Assert.Equal([1.0, 2, 3], seen.Take(2).SelectMany(batch => batch).Order());
        Assert.Equal([1.0, 2, 3], seen.Skip(2).Take(2).SelectMany(batch => batch).Order());
    }

    // More rows than the evaluator takes at once, with rows for all tasks and with rows of their own.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_large_split_is_measured_as_a_whole(bool joint)
    {
        var (x, y) = (Values.Normal(8, 8192 + 100, 5), Values.Normal(9, 8192 + 100));
        var large = joint ? Examples.Joint(x, ("y", y)) : Examples.PerTask(("y", x, y));
        var small = Examples.Joint(X, ("y", Y));
        var run = Regression.Backbone(Block.Mlp(4)).Train(new DataSplits(small, small, large), t => t.Epochs(1));
        using var untracked = no_grad();
        var expected = (run.Module.Forward("y", x) - y).to(ScalarType.Float64).square().mean().item<double>();
        Assert.Equal(expected, run.Test("y/mse"), 1e-6);
        Assert.Equal(expected, run.Test("y/loss"), 1e-6);
    }

    [Fact]
    public void Training_leaves_nothing_behind_but_the_module()
    {
        var missing = Y.clone();
        missing[0] = tensor(float.NaN);
        var splits = Splits(("y", missing));
        using var outer = NewDisposeScope();
        var run = Regression.Backbone(Block.Mlp(4)).Weigh(Weighting.Uncertainty()).Train(splits, t => t.Epochs(2).Batch(16).KeepBest().ClipGradients(1));
        Assert.Equal(0, outer.DisposablesCount);
        Assert.All(run.Module.parameters(), parameter => Assert.Null(parameter.grad));
        Assert.Equal(80, splits.Train.Inputs("y").shape[0]); // the caller's data is not touched
    }

    public static TheoryData<string, Func<TrainingPlan, TrainingPlan>> Mistakes => new()
    {
        { "a learning rate must be a finite number above 0, but got NaN", t => t.Adam(double.NaN) },
        { "a learning rate must be a finite number above 0, but got Infinity", t => t.Sgd(double.PositiveInfinity) },
        { "weight decay must be a finite number of at least 0, but got NaN", t => t.AdamW(1e-3, double.NaN) },
        { "momentum must be a finite number of at least 0, but got -0.9", t => t.Sgd(1e-3, momentum: -0.9) },
        { "the number of epochs must be a finite number above 0, but got 0", t => t.Epochs(0) },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void A_plan_refuses_numbers_that_cannot_train(string message, Func<TrainingPlan, TrainingPlan> plan) =>
        Assert.Equal(message, Assert.Throws<DeclarationException>(() => Regression.Train(Splits(("y", Y)), plan)).Message);

    [Fact]
    public void A_gpu_that_is_not_there_is_said_to_be_missing()
    {
        if (cuda.is_available()) return;
        Assert.Contains("this libtorch sees no CUDA device", Assert.Throws<DeclarationException>(() => Regression.Train(Splits(("y", Y)), t => t.On("cuda"))).Message);
        Assert.Contains("there is no device 'gpu'", Assert.Throws<DeclarationException>(() => Regression.Train(Splits(("y", Y)), t => t.On("gpu"))).Message);
    }

    [Fact]
    public void Progress_is_reported_after_every_epoch()
    {
        var (before, display) = (Progress.Display, new Recorder());
        try
        {
            Progress.Display = display;
            Regression.Train(Splits(("y", Y)), t => t.Epochs(3).Batch(40), seed: 6);
        }
        finally
        {
            Progress.Display = before;
        }
        Assert.Equal(["m, seed 6 of 3", "1", "2", "3", "done"], display.Log);
    }

    private sealed class Recorder : IProgressDisplay, IProgressBar
    {
        public List<string> Log { get; } = [];

        public IProgressBar Start(string title, long total)
        {
            Log.Add($"{title} of {total}");
            return this;
        }

        public void Report(long done, string message) => Log.Add($"{done}");

        public void Dispose() => Log.Add("done");
    }
}
