using Polytask.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Weightings;

/// <summary>How weightings of task gradients train: with rules of a line each, whose updates are known without them.</summary>
public sealed class TaskDirectionTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("polytask-directions-");

    public void Dispose() => folder.Delete(recursive: true);

    private static readonly double[] Fixed = [0.7, 1.9];

    private static Weighting OnGramian(bool weighsHeads = false, params double[] weights) => new GramianSpec(weights, weighsHeads);

    private static TrainingPlan Plan(TrainingPlan plan) => plan.Adam(0.01).Epochs(3).Batch(16);

    [Fact]
    public void Weights_of_one_on_the_Gramian_and_the_sum_of_the_Jacobian_train_as_equal_weighting_does()
    {
        var expected = Problem.TwoTasks.Train(Problem.Joint, Plan, seed: 2).Module;
        Problem.NearWeights(expected, Problem.TwoTasks.Weigh(OnGramian(false, 1, 1)).Train(Problem.Joint, Plan, seed: 2).Module, 1e-6);
        Problem.NearWeights(expected, Problem.TwoTasks.Weigh(new JacobianSpec()).Train(Problem.Joint, Plan, seed: 2).Module, 1e-6);
    }

    [Fact]
    public void Weighed_heads_make_it_a_weighting_of_losses()
    {
        var names = Problem.TwoTasks.Tasks.Select(task => task.Name).ToArray();
        var expected = Problem.TwoTasks.Weigh(Weighting.Constant((names[0], Fixed[0]), (names[1], Fixed[1]))).Train(Problem.Joint, Plan, seed: 2);
        var run = Problem.TwoTasks.Weigh(OnGramian(true, Fixed)).Train(Problem.Joint, Plan, seed: 2);
        Problem.NearWeights(run.Module, expected.Module, 1e-6);
        // The run records the weights.
        foreach (var (name, weight) in names.Zip(Fixed))
            Assert.All(run.History.Where(row => row.Split == "train" && row.Key == $"{name}/weight"), row => Assert.Equal(weight, row.Value, 1e-6));
    }

    [Fact]
    public void Shared_parameters_get_weighed_gradients_and_the_tasks_own_plain_ones()
    {
        manual_seed(3);
        var module = Problem.TwoTasks.Weigh(OnGramian(false, Fixed)).Build();
        var batch = module.Batches(Problem.Joint.Train, 16).First();
        var (losses, weights) = module.Backward(batch);
        Assert.Equal(Fixed, weights.to(ScalarType.Float64).data<double>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
        var each = module.Losses(batch);
        Assert.Equal(each.data<float>().ToArray(), losses.data<float>().ToArray());
        foreach (var (parameters, factors) in new[] { (module.SharedParameters(), Fixed) }
            .Concat(module.Model.Tasks.Select(task => (module.TaskParameters(task.Name), new[] { 1.0, 1.0 }))))
        {
            var expected = autograd.grad([each[0] * factors[0] + each[1] * factors[1]], [.. parameters], retain_graph: true);
            foreach (var (gradient, parameter) in expected.Zip(parameters)) Assert.True(gradient.allclose(parameter.grad!, 1e-5, 1e-7));
        }
    }

    [Fact]
    public void The_rule_is_given_the_dot_products_of_the_gradients_and_the_losses()
    {
        manual_seed(3);
        var module = Problem.TwoTasks.Weigh(new GramianSpec(Fixed, false)).Build();
        var batch = module.Batches(Problem.Joint.Train, 16).First();
        module.Backward(batch);
        var each = module.Losses(batch);
        var rows = Enumerable.Range(0, 2).Select(task => cat([.. autograd.grad([each[task]], [.. module.SharedParameters()], retain_graph: true)
            .Select(gradient => gradient.reshape(-1))])).ToArray();
        var rule = (FixedRule)module.TaskRule!;
        for (var i = 0; i < 2; i++)
            for (var j = 0; j < 2; j++)
                Assert.Equal(rows[i].dot(rows[j]).item<float>(), rule.Gramian![i, j].item<double>(), 1e-5);
        Assert.Equal(each[1].item<float>(), rule.Losses![1].item<double>(), 1e-6);
    }

    [Fact]
    public void Three_parts_of_a_batch_give_the_weights_from_two_and_the_gradients_of_the_third()
    {
        manual_seed(3);
        var module = Problem.TwoTasks.Weigh(new SampledSpec(Fixed, MeanOf: 0.5)).Build();
        var batch = module.Batches(Problem.Joint.Train, 18).First();
        module.Backward(batch);
        var parts = batch.Cut(3).Select(part => module.Losses(part)).ToArray();
        Tensor[] shared = [.. module.SharedParameters()];
        Tensor[] Gradient(Tensor loss, Tensor[] of) => [.. autograd.grad([loss], of, retain_graph: true)];
        var mixed = Fixed.Select(weight => (weight + 0.25) / 1.5).ToArray();
        foreach (var (expected, parameter) in Gradient(parts[2][0] * mixed[0] + parts[2][1] * mixed[1], shared).Zip(module.SharedParameters()))
            Assert.True(expected.allclose(parameter.grad!, 1e-5, 1e-7));
        var own = module.TaskParameters(module.Model.Tasks[0].Name);
        foreach (var (expected, parameter) in Gradient((parts[0][0] + parts[1][0] + parts[2][0]) / 3, [.. own]).Zip(own))
            Assert.True(expected.allclose(parameter.grad!, 1e-5, 1e-7));
        var cross = ((FixedRule)module.TaskRule!).Gramian!;
        var (first, second) = (Gradient(parts[0][0], shared), Gradient(parts[1][1], shared));
        Assert.Equal(first.Zip(second, (a, b) => (a * b).sum().item<float>()).Sum(), cross[0, 1].item<double>(), 1e-5);
        Assert.Contains("cuts a batch into 3 parts", Assert.Throws<DataException>(() => module.Backward(module.Batches(Problem.Joint.Train, 2).First())).Message);
    }

    [Fact]
    public void What_layers_add_to_the_losses_counts_in_full()
    {
        var model = Problem.TwoTasks.Gate(Gate.TopK(2).WithBalance(Balance.Switch));
        Problem.NearWeights(model.Train(Problem.Joint, Plan, seed: 2).Module,
            model.Weigh(OnGramian(false, 1, 1)).Train(Problem.Joint, Plan, seed: 2).Module, 1e-6);
    }

    [Fact]
    public void Rows_of_their_own_resting_tasks_and_nothing_shared_train_as_with_equal_weighting()
    {
        TrainingPlan Resting(TrainingPlan plan) => Plan(plan).Sample(Sampler.RoundRobin());
        foreach (var (model, plan) in new (Model, Func<TrainingPlan, TrainingPlan>)[]
            { (Problem.TwoTasks, Plan), (Problem.TwoTasks, Resting), (Problem.TwoTasks.SingleTask(), Plan) })
            Problem.NearWeights(model.Train(Problem.Separate, plan, seed: 2).Module,
                model.Weigh(OnGramian(false, 1, 1)).Train(Problem.Separate, plan, seed: 2).Module, 1e-6);
    }

    [Theory]
    [InlineData("moco")]
    [InlineData("db-mtl")]
    [InlineData("excess")]
    public void Gradients_that_a_rule_remembers_are_in_a_checkpoint(string name)
    {
        var model = Problem.TwoTasks.Weigh(name switch { "moco" => Weighting.MoCo(), "db-mtl" => Weighting.DbMtl().OfLogs(), _ => Weighting.ExcessMtl() });
        var whole = model.Train(Problem.Joint, Plan, seed: 2);
        TrainingPlan Kept(TrainingPlan plan) => Plan(plan).Checkpoint(folder.FullName, epochs: 1);
        using var cancel = new CancellationTokenSource();
        model.Train(Problem.Joint, t => Kept(t).OnEpoch(now => { if (now.Epoch == 1) cancel.Cancel(); }), seed: 2, cancel.Token);
        Problem.SameWeights(whole.Module, model.Train(Problem.Joint, t => Kept(t).Resume(), seed: 2).Module);
    }

    [Fact]
    public void A_rule_remembers_across_a_checkpoint()
    {
        var model = Problem.TwoTasks.Weigh(new CountingSpec());
        var whole = model.Train(Problem.Joint, Plan, seed: 2);
        TrainingPlan Kept(TrainingPlan plan) => Plan(plan).Checkpoint(folder.FullName, epochs: 1);
        using var cancel = new CancellationTokenSource();
        model.Train(Problem.Joint, t => Kept(t).OnEpoch(now => { if (now.Epoch == 1) cancel.Cancel(); }), seed: 2, cancel.Token);
        var resumed = model.Train(Problem.Joint, t => Kept(t).Resume(), seed: 2);
        Assert.Single(resumed.Remarks);
        Problem.SameWeights(whole.Module, resumed.Module);
        Assert.True(((CountingRule)resumed.Module.TaskRule!).Steps > 3);
    }

    [Fact]
    public void What_such_a_weighting_cannot_do_is_refused_by_name()
    {
        var model = Problem.TwoTasks.Weigh(OnGramian(false, 1, 1));
        string Refusal(Func<TrainingPlan, TrainingPlan> plan) =>
            Assert.Throws<DeclarationException>(() => model.Train(Problem.Joint, plan)).Message;
        Assert.Contains("leave out .Accumulate(2)", Refusal(t => Plan(t).Accumulate(2)));
        Assert.Contains("choose another optimiser", Refusal(t => t.Lbfgs().FullBatch()));
        var module = model.Build();
        var batch = module.Batches(Problem.Joint.Train, 16).First();
        Assert.Contains("call module.Backward(batch)", Assert.Throws<DeclarationException>(() => module.Minimised(batch)).Message);
        Assert.Contains("is of none of the kinds", Assert.Throws<DeclarationException>(() => Problem.TwoTasks.Weigh(new Neither()).Build()).Message);
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_the_training_with_model_step_task_and_checkpoint()
    {
        Loss Failing(Func<double> factor) => Loss.Of("at times", (output, target) => (output - target).square() * factor());
        foreach (var weighting in new Weighting[] { Weighting.PCGrad(), Weighting.MoCo(), Weighting.SdmGrad() })
        {
            var calls = 0;
            var model = Problem.TwoTasks.Task("late", Head.Regress(), loss: Failing(() => ++calls > 4 ? double.NaN : 1)).Weigh(weighting);
            var rows = Examples.Joint(Problem.X, ("y", Problem.Y), ("c", Problem.Class), ("late", Problem.Y));
            var place = Path.Combine(folder.FullName, weighting.ToString()!);
            var message = Assert.Throws<TrainingException>(() => model.Train(new DataSplits(rows, rows, rows), t => Plan(t).Checkpoint(place, steps: 1))).Message;
            Assert.Contains("model 'two', seed 0: in epoch", message);
            Assert.Contains("of task 2", message);
            Assert.Contains("NaN", message);
            Assert.Contains("The last checkpoint before is", message);
        }
    }

    private sealed record Neither : Weighting;

    private sealed record GramianSpec(double[] Weights, bool Heads) : GradientWeighting
    {
        public override bool WeighsHeads => Heads;

        public override GramianRule Start(int tasks) => new FixedRule(Weights);
    }

    private sealed record SampledSpec(double[] Weights, double MeanOf) : SampledWeighting
    {
        public override double MeanShare => MeanOf;

        public override GramianRule Start(int tasks) => new FixedRule(Weights);
    }

    private sealed class FixedRule(double[] weights) : GramianRule("fixed")
    {
        public Tensor? Gramian { get; private set; }

        public Tensor? Losses { get; private set; }

        public override Tensor forward(Tensor gramian, Tensor losses)
        {
            (Gramian, Losses) = (gramian.clone().DetachFromDisposeScope(), losses.clone().DetachFromDisposeScope());
            return tensor(weights);
        }
    }

    private sealed record CountingSpec : GradientWeighting
    {
        public override GramianRule Start(int tasks) => new CountingRule();
    }

    // The first task's weight grows from step to step.
    private sealed class CountingRule : GramianRule
    {
        public CountingRule() : base("counting") => register_buffer("steps", zeros(1, ScalarType.Float64));

        public double Steps => get_buffer("steps")!.item<double>();

        public override Tensor forward(Tensor gramian, Tensor losses)
        {
            get_buffer("steps")!.add_(1);
            return tensor(new[] { Steps / 10, 1 });
        }
    }

    private sealed record JacobianSpec : JacobianWeighting
    {
        public override JacobianRule Start(int tasks) => new SumRule();
    }

    private sealed class SumRule() : JacobianRule("sum")
    {
        public override Tensor[] Combine(TaskGradients gradients, Tensor losses) => [.. gradients.Blocks.Select(block => block.sum(dim: 0))];
    }
}
