using Polytask.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Weightings;

/// <summary>How weightings that look ahead train, whichever it is.</summary>
public sealed class BilevelTrainingTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("polytask-bilevel-");

    public void Dispose() => folder.Delete(recursive: true);

    private static Model Noisy => Model.Named("noisy").Input(5)
        .Backbone(Block.Mlp(8).WithDropout(0.3).Then(Block.Of("norm", Shape.Of(8), () => nn.BatchNorm1d(8))))
        .Experts(3, Block.Mlp(6)).Gate(Gate.TopK(2).WithBalance(Balance.Switch)).Task("y", Head.Regress()).Task("c", Head.Classify(2));

    private static BilevelWeighting Named(string name) => name switch
    {
        "Auto-Lambda" => Weighting.AutoLambda(rate: 0.01),
        "MOML" => Weighting.Moml(rate: 0.01),
        "FORUM" => Weighting.Forum(rate: 0.01),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private static readonly string[] Tasks = ["y", "c"];

    public static TheoryData<string> Names => ["Auto-Lambda", "MOML", "FORUM"];

    private static TrainingPlan Plan(TrainingPlan plan) => plan.Adam(0.01).Epochs(3).Batch(16);

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_remembered_is_in_a_checkpoint(string name)
    {
        var model = Noisy.Weigh(Named(name));
        var whole = model.Train(Problem.Joint, Plan, seed: 2);
        TrainingPlan Kept(TrainingPlan plan) => Plan(plan).Checkpoint(folder.FullName, steps: 1);
        using var cancel = new CancellationTokenSource();
        model.Train(Problem.Joint, t => Kept(t).OnStep(now => { if (now.Step == 4) cancel.Cancel(); }), seed: 2, cancel.Token);
        var resumed = model.Train(Problem.Joint, t => Kept(t).Resume(), seed: 2);
        Assert.Contains("went on from step", Assert.Single(resumed.Remarks));
        Problem.SameWeights(whole.Module, resumed.Module);
        Assert.Equal(9, ((BilevelRule)resumed.Module.TaskRule!).get_buffer("steps")!.item<double>());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_look_leaves_weights_and_running_statistics_alone(string name)
    {
        manual_seed(3);
        // Without dropout, which would draw otherwise.
        var model = Model.Named("normed").Input(5).Backbone(Block.Mlp(8).Then(Block.Of("norm", Shape.Of(8), () => nn.BatchNorm1d(8))))
            .Task("y", Head.Regress()).Task("c", Head.Classify(2)).Weigh(Named(name));
        var module = model.Build();
        manual_seed(3);
        var other = model.Build();
        var batch = module.Batches(Problem.Joint.Train, 16).First();
        module.Backward(batch);
        foreach (var half in batch.Cut(2)) other.Losses(half);
        var others = Problem.WeightsOf(other);
        foreach (var (key, values) in Problem.WeightsOf(module))
            if (!key.StartsWith("weighting", StringComparison.Ordinal)) Assert.Equal(others[key], values);
        Assert.Equal([1.0], Problem.WeightsOf(module)["weighting.steps"]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_weights_are_recorded_and_gradients_where_asked(string name)
    {
        var run = Problem.TwoTasks.Weigh(Named(name)).Train(Problem.Joint, t => Plan(t).RecordGradients().LossWeight("c", _ => 0.5), seed: 1);
        foreach (var task in Tasks)
        {
            var weights = run.History.Where(row => row.Split == "train" && row.Key == $"{task}/weight").Select(row => row.Value).ToArray();
            Assert.Equal(3, weights.Length);
            Assert.All(weights, weight => Assert.True(weight > 0));
            Assert.Equal(3, weights.Distinct().Count());
        }
        Assert.Contains(run.History, row => row.Metric.Contains("cosine", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Rows_of_their_own_logs_and_nothing_shared_are_trained(string name)
    {
        double Fall(Model model, DataSplits splits)
        {
            var run = model.Train(splits, t => t.Adam(0.02).Epochs(12).Batch(16), seed: 1);
            var losses = run.History.Where(row => row.Split == "train" && row.Key == "y/loss").Select(row => row.Value).ToArray();
            return losses[^1] / losses[0];
        }
        Assert.InRange(Fall(Problem.TwoTasks.Weigh(Named(name)), Problem.Separate), 0, 0.8);
        Assert.InRange(Fall(Problem.TwoTasks.Weigh(Named(name).OfLogs()), Problem.Joint), 0, 0.8);
        Assert.InRange(Fall(Problem.TwoTasks.SingleTask().Weigh(Named(name)), Problem.Joint), 0, 0.8);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_trains_on_a_real_table(string name)
    {
        var people = Datasets.Income();
        var run = Model.Named("people").Input(people.Features).Backbone(Block.Mlp(16))
            .Task("income", Head.Classify(9)).Task("married", Head.Binary()).Weigh(Named(name))
            .Train(people, t => t.Adam(3e-3).Epochs(2).Batch(256), seed: 1);
        double[] Losses(string task) => [.. run.History.Where(row => row.Split == "train" && row.Key == $"{task}/loss").Select(row => row.Value)];
        foreach (var task in new[] { "income", "married" }) Assert.True(Losses(task)[1] < Losses(task)[0]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_a_look_ahead_cannot_do_is_refused_by_name(string name)
    {
        var model = Problem.TwoTasks.Weigh(Named(name));
        string Refusal(Func<TrainingPlan, TrainingPlan> plan, DataSplits? splits = null) =>
            Assert.Throws<DeclarationException>(() => model.Train(splits ?? Problem.Joint, plan)).Message;
        Assert.Contains($"model 'two': weighting '{model.WeightingRule}' reads the tasks' gradients", Refusal(t => Plan(t).Accumulate(2)));
        Assert.Contains("leave out .Accumulate(2)", Refusal(t => Plan(t).Accumulate(2)));
        Assert.Contains("choose another optimiser", Refusal(t => t.Lbfgs().FullBatch()));
        Assert.Contains("looks ahead once in a step, from the step's own weights; leave out .Sam(...)", Refusal(t => Plan(t).Sam()));
        Assert.Contains("looks ahead for all tasks in every step; leave out .Sample(...)",
            Refusal(t => Plan(t).Sample(Sampler.RoundRobin()), Problem.Separate));
        Assert.Contains("looks ahead without the scaled losses that Float16 needs; use .MixedPrecision(ScalarType.BFloat16)",
            Assert.Throws<DeclarationException>(
                () => new TrainingStep(model.Build(), new TrainingPlan().MixedPrecision(ScalarType.Float16), 0)).Message);
        Assert.Contains("leave out .TaskGradients(TaskGradientMode.Batched)", Refusal(t => Plan(t).TaskGradients(TaskGradientMode.Batched)));
        var module = model.Build();
        var batch = module.Batches(Problem.Joint.Train, 16).First();
        Assert.Contains("call module.Backward(batch)", Assert.Throws<DeclarationException>(() => module.Minimised(batch)).Message);
        Assert.Equal($"weighting '{model.WeightingRule}' cuts a batch into 2 halves, but one has a single row; use .Batch(rows) with more",
            Assert.Throws<DataException>(() => module.Backward(module.Batches(Problem.Joint.Train, 1).First())).Message);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_loss_that_is_no_number_ends_the_training_with_model_step_and_task(string name)
    {
        var calls = 0;
        var model = Problem.TwoTasks.Task("late", Head.Regress(), loss: Loss.Of("at times", (output, target) =>
            (output - target).square() * (++calls > 20 ? double.NaN : 1))).Weigh(Named(name));
        var rows = Examples.Joint(Problem.X, ("y", Problem.Y), ("c", Problem.Class), ("late", Problem.Y));
        var message = Assert.Throws<TrainingException>(
            () => model.Train(new DataSplits(rows, rows, rows), t => Plan(t).Epochs(20).ValidateEvery(20))).Message;
        Assert.Contains("model 'two', seed 0: in epoch", message);
        Assert.Contains("loss of task 2 (counted from 0) is NaN", message);
    }
}
