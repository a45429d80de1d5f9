using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Training;

public sealed class CheckpointTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("checkpoints").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // Everything that has a state: dropout, running statistics, a learned weighting, averaged weights, patience, a schedule, noise, groups.
    private static Model Model => Polytask.Model.Named("every state").Input(5)
        .Backbone(Block.Mlp(8).WithDropout(0.3).Then(Block.Of("norm", Shape.Of(8), () => nn.BatchNorm1d(8)))).Experts(2, Block.Mlp(6))
        .Task("y", Head.Regress()).Task("c", Head.Classify(2)).Weigh(Weighting.Uncertainty());

    private static TrainingPlan Plan(TrainingPlan t) => t.Adam(0.02).LearningRate("gates", 0.1).Schedule(Schedule.Cosine()).WarmUp(steps: 3)
        .Epochs(5).Batch(12).Patience(4).Ema(0.7).GradientNoise(0.001).ClipGradients(1).LossWeight("c", 1, 0.9);

    private sealed class KilledException : Exception;

    private Run Resumed(Model model, Func<TrainingPlan, TrainingPlan> plan, DataSplits splits, long killedAt, int every)
    {
        TrainingPlan Kept(TrainingPlan t) => plan(t).Checkpoint(folder, steps: every).Resume();
        Assert.Throws<KilledException>(() => model.Train(splits, t => Kept(t).OnStep(now =>
        {
            if (now.Step == killedAt) throw new KilledException();
        }), seed: 3));
        _ = rand(5); // a process that goes on has drawn other numbers
        return model.Train(splits, Kept, seed: 3);
    }

    private static void Same(Run one, Run other)
    {
        Assert.Equal(one.History, other.History);
        Assert.Equal((one.Epochs, one.BestEpoch), (other.Epochs, other.BestEpoch));
        Problem.SameWeights(one.Module, other.Module);
    }

    // 48 rows in batches of 12: 4 steps an epoch. Killed within epochs, at their ends, before the first checkpoint and in the last step.
    [Theory]
    [InlineData(1, 3)]
    [InlineData(4, 1)]
    [InlineData(5, 4)]
    [InlineData(13, 3)]
    [InlineData(20, 5)]
    public void A_run_that_was_killed_ends_as_if_it_had_not_been(long killedAt, int every)
    {
        var straight = Model.Train(Problem.Joint, Plan, seed: 3);
        var resumed = Resumed(Model, Plan, Problem.Joint, killedAt, every);
        Same(straight, resumed);
        Assert.Equal(killedAt > every ? [$"went on from step {(killedAt - 1) / every * every}, epoch {((killedAt - 1) / every * every + 3) / 4}"] : [], resumed.Remarks);
    }

    public static TheoryData<Func<TrainingPlan, TrainingPlan>> Plans => new()
    {
        t => t.Sgd(0.05, momentum: 0.9).Epochs(3).Batch(12).Sam(0.05).KeepBest(),
        t => t.RmsProp(0.01, momentum: 0.5).Epochs(3).Batch(12).Accumulate(2),
        t => t.Optimizer("nadam", p => optim.NAdam(p, 0.01)).Epochs(3).Batch(12),
        t => t.Adagrad(0.05).WithoutFlatParameters().Epochs(3).Batch(12),
        t => t.Adam(0.02).Epochs(3).Batch(12).Sample(Sampler.Temperature(2).Unmixed()),
        t => t.AdamW(0.02).Epochs(3).Batch(12).Sample(Sampler.Of("eight and four", _ => [8, 4])).Freeze("gates"),
    };

    [Theory]
    [MemberData(nameof(Plans), DisableDiscoveryEnumeration = true)]
    public void So_with_other_optimisers_and_with_rows_of_each_task(Func<TrainingPlan, TrainingPlan> plan)
    {
        Same(Model.Train(Problem.Joint, plan, seed: 3), Resumed(Model, plan, Problem.Joint, killedAt: 8, every: 3));
        Directory.Delete(folder, recursive: true);
        Same(Model.Train(Problem.Separate, plan, seed: 3), Resumed(Model, plan, Problem.Separate, killedAt: 4, every: 3));
    }

    [Fact]
    public void What_the_optimiser_remembers_is_the_same_too()
    {
        TrainingPlan Short(TrainingPlan t) => t.Adam(0.01).Epochs(2).Batch(12);
        Dictionary<string, double[]> LastState(string place)
        {
            var file = Directory.GetFiles(Path.Combine(place, "two-seed3")).Order().Last();
            return CheckpointFile.Load(file).Tensors.Where(pair => pair.Key.StartsWith("optimizer."))
                .ToDictionary(pair => pair.Key, pair => pair.Value.Numbers());
        }
        Resumed(Problem.TwoTasks, Short, Problem.Joint, killedAt: 6, every: 5);
        using var other = new CheckpointTests();
        Problem.TwoTasks.Train(Problem.Joint, t => Short(t).Checkpoint(other.folder), seed: 3);
        var (resumed, straight) = (LastState(folder), LastState(other.folder));
        Assert.NotEmpty(straight);
        Problem.SameWeights(straight, resumed);
    }

    [Fact]
    public void A_finished_run_is_read_and_not_trained_again()
    {
        TrainingPlan Kept(TrainingPlan t) => Plan(t).Checkpoint(folder).Resume();
        var first = Model.Train(Problem.Joint, Kept, seed: 3);
        var again = Model.Train(Problem.Joint, t => Kept(t).OnStep(_ => throw new KilledException()), seed: 3);
        Same(first, again);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(folder, "every-state-seed3")).Length);
        Assert.Equal(first.Checkpoint, again.Checkpoint);
    }

    [Fact]
    public void An_interrupted_run_goes_on()
    {
        using var stop = new CancellationTokenSource();
        TrainingPlan Kept(TrainingPlan t) => Plan(t).Checkpoint(folder, epochs: 100).Resume();
        var interrupted = Model.Train(Problem.Joint, t => Kept(t).OnStep(now =>
        {
            if (now.Step == 7) stop.Cancel();
        }), seed: 3, stop.Token);
        Assert.True(interrupted.Interrupted);
        Assert.EndsWith("step-0000000007.safetensors", interrupted.Checkpoint);
        Same(Model.Train(Problem.Joint, Plan, seed: 3), Model.Train(Problem.Joint, Kept, seed: 3));
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("changed")]
    [InlineData("empty")]
    public void A_damaged_checkpoint_is_passed_over(string damage)
    {
        TrainingPlan Kept(TrainingPlan t) => Plan(t).Checkpoint(folder, steps: 2, keep: 3).Resume();
        Assert.Throws<KilledException>(() => Model.Train(Problem.Joint, t => Kept(t).OnStep(now =>
        {
            if (now.Step == 9) throw new KilledException();
        }), seed: 3));
        var files = Directory.GetFiles(Path.Combine(folder, "every-state-seed3")).Order().ToArray();
        Assert.Equal(["step-0000000004.safetensors", "step-0000000006.safetensors", "step-0000000008.safetensors"], files.Select(Path.GetFileName));
        var bytes = File.ReadAllBytes(files[^1]);
        if (damage == "changed") bytes[^100] ^= 1;
        File.WriteAllBytes(files[^1], damage switch { "cut" => bytes[..^10], "empty" => [], _ => bytes });
        File.WriteAllText(Path.Combine(folder, "every-state-seed3", ".step-0000000010.safetensors.1.tmp"), "left by a killed process");
        var resumed = Model.Train(Problem.Joint, Kept, seed: 3);
        Same(Model.Train(Problem.Joint, Plan, seed: 3), resumed);
        Assert.Equal("the checkpoint 'step-0000000008.safetensors' is damaged; went on from 'step-0000000006.safetensors'", resumed.Remarks[0]);
        Assert.Equal(3, Directory.GetFiles(Path.Combine(folder, "every-state-seed3")).Length);
    }

    [Fact]
    public void Nothing_is_trained_over_checkpoints_that_cannot_be_read()
    {
        Model.Train(Problem.Joint, t => Plan(t).Checkpoint(folder, keep: 1), seed: 3);
        var file = Directory.GetFiles(Path.Combine(folder, "every-state-seed3")).Single();
        File.WriteAllBytes(file, [1, 2, 3]);
        Assert.StartsWith("none of the checkpoints in ",
            Assert.Throws<TrainingException>(() => Model.Train(Problem.Joint, t => Plan(t).Checkpoint(folder, keep: 1).Resume(), seed: 3)).Message);
    }

    [Fact]
    public void Another_run_is_refused_with_what_differs()
    {
        Problem.TwoTasks.Train(Problem.Joint, t => t.Adam(0.01).Epochs(1).Batch(16).Checkpoint(folder), seed: 3);
        string Refusal(Model model, Func<TrainingPlan, TrainingPlan> plan, DataSplits splits) =>
            Assert.Throws<TrainingException>(() => model.Train(splits, t => plan(t.Adam(0.01).Epochs(1).Batch(16).Checkpoint(folder)), seed: 3)).Message;
        Assert.EndsWith("holds checkpoints of an earlier run, the last of step 3; add .Resume() to go on from it, or give another folder",
            Refusal(Problem.TwoTasks, t => t, Problem.Joint));
        Assert.Contains("its plan had EpochCount 1, now it is 2", Refusal(Problem.TwoTasks, t => t.Resume().Epochs(2), Problem.Joint));
        Assert.Contains("its plan had OptimizerRule ", Refusal(Problem.TwoTasks, t => t.Resume().Adam(0.02), Problem.Joint));
        Assert.Contains("LearningRate: 0.02", Refusal(Problem.TwoTasks, t => t.Resume().Adam(0.02), Problem.Joint));
        Assert.Contains("its model had BackboneBlock ", Refusal(Problem.TwoTasks.Backbone(Block.Mlp(9)), t => t.Resume(), Problem.Joint));
        Assert.Contains("its model had WeightingRule ", Refusal(Problem.TwoTasks.Weigh(Weighting.Constant(("y", 2))), t => t.Resume(), Problem.Joint));
        var other = Problem.Y.clone();
        other[0] = tensor(7f);
        var changed = Examples.Joint(Problem.X, ("y", other), ("c", Problem.Class));
        Assert.Contains("its validation split held other data", Refusal(Problem.TwoTasks, t => t.Resume(), Problem.Joint with { Validation = changed }));
        // Watching and another interval change nothing.
        Problem.TwoTasks.Train(Problem.Joint, t => t.Adam(0.01).Epochs(1).Batch(16).Checkpoint(folder, epochs: 3).Resume().OnEpoch(_ => { }), seed: 3);
    }

    private sealed record OwnLoss(double Power) : RowLoss
    {
        public override string Name => "own";

        public override Tensor PerRow(Tensor output, Tensor target) => (output - target).abs().pow(Power);
    }

    [Fact]
    public void A_declaration_is_told_apart_by_every_number_in_it()
    {
        static string Text(Model model) => string.Join("; ", Declaration.Of(model));
        static Model With(Loss loss, Block? tower = null) => Polytask.Model.Named("m").Input(5).Task("y", Head.Regress(), tower, loss);
        static Loss Scaled(double factor) => Loss.Of("scaled", (output, target) => factor * (output - target).square());
        Assert.Equal(Text(With(new OwnLoss(2), Block.Mlp(3, 4))), Text(With(new OwnLoss(2), Block.Mlp(3, 4))));
        Assert.NotEqual(Text(With(new OwnLoss(2))), Text(With(new OwnLoss(3))));
        Assert.NotEqual(Text(With(new OwnLoss(2), Block.Mlp(3, 4))), Text(With(new OwnLoss(2), Block.Mlp(3, 5))));
        Assert.NotEqual(Text(With(Scaled(2))), Text(With(Scaled(3))));
        Assert.Equal(Text(With(Scaled(2))), Text(With(Scaled(2))));
    }

    [Fact]
    public void A_loss_that_is_no_number_names_the_last_checkpoint_and_leaves_it()
    {
        var loss = Loss.Of("breaks", (output, target) => (output - target).square() * (is_grad_enabled() && calls++ >= 7 ? double.NaN : 1));
        var model = Polytask.Model.Named("breaking").Input(5).Task("y", Head.Regress(), loss: loss);
        var error = Assert.Throws<TrainingException>(() => model.Train(Problem.Joint, t => t.Epochs(5).Batch(16).Checkpoint(folder, steps: 2)));
        Assert.StartsWith("model 'breaking', seed 0: the loss of task 'y' became NaN in epoch 3, step 2 of 3; ", error.Message);
        var last = Directory.GetFiles(Path.Combine(folder, "breaking-seed0")).Order().Last();
        Assert.EndsWith("step-0000000006.safetensors", last);
        Assert.Contains($"The last checkpoint before is '{last}'", error.Message);
    }

    private int calls;

    [Fact]
    public void A_finished_run_is_stored_and_read()
    {
        var run = Model.Train(Problem.Joint, Plan, seed: 3);
        var path = Path.Combine(folder, "run.safetensors");
        run.Save(path);
        var read = Run.Load(path, Model, Plan);
        Same(run, read);
        Assert.Equal((run.Seed, run.Duration, run.Environment), (read.Seed, read.Duration, read.Environment));
        Assert.Equal(run.Test("y/mse"), read.Test("y/mse"));
        using (no_grad()) Assert.Equal(run.Module.Forward("y", Problem.X).Numbers(), read.Module.Forward("y", Problem.X).Numbers());
        Assert.Contains("its plan had EpochCount 5, now it is 6", Assert.Throws<TrainingException>(() => Run.Load(path, Model, t => Plan(t).Epochs(6))).Message);
        Assert.Contains("its model had Tasks ", Assert.Throws<TrainingException>(() => Run.Load(path, Model.Only("y"), Plan)).Message);
    }
}
