using Polytask.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Weightings;

/// <summary>Training with gradients computed in other ways, at other places, and of single rows.</summary>
public sealed class GradientModeTests
{
    private static TrainingPlan Plan(TrainingPlan plan) => plan.Adam(0.01).Epochs(3).Batch(16);

    private static Model Shared => Model.Named("shared").Input(5).Backbone(Block.Mlp(64, 64)).Task("y", Head.Regress()).Task("c", Head.Classify(2));

    [Theory]
    [InlineData(TaskGradientMode.Batched)]
    [InlineData(TaskGradientMode.Columns)]
    public void The_mode_does_not_change_the_training(TaskGradientMode mode)
    {
        foreach (var model in new[] { Shared, Problem.TwoTasks })
        {
            var weighed = model.Weigh(Weighting.CAGrad());
            Problem.NearWeights(weighed.Train(Problem.Joint, Plan, seed: 2).Module,
                weighed.Train(Problem.Joint, t => Plan(t).TaskGradients(mode), seed: 2).Module, 2e-4);
        }
    }

    [Fact]
    public void Factored_layers_train_as_gradients_multiplied_out_do()
    {
        var model = Shared.Weigh(Weighting.GradientSum());
        Problem.NearWeights(Shared.Train(Problem.Joint, Plan, seed: 2).Module, model.Train(Problem.Joint, Plan, seed: 2).Module, 2e-5);
    }

    [Fact]
    public void At_the_representation_weights_come_from_there_and_the_update_is_of_the_weighed_losses()
    {
        manual_seed(3);
        var module = Shared.Weigh(Weighting.MgdaUb()).Build();
        var batch = module.Batches(Problem.Joint.Train, 16).First();
        var (_, weights) = module.Backward(batch);
        var z = module.Representation("y", batch.Inputs("y"));
        Tensor[] losses = [.. module.Model.Tasks.Select((task, i) =>
        {
            var tower = (nn.Module<Tensor, Tensor>)module.named_children().Single(child => child.name == $"task_{task.Name}").module;
            return task.Loss.Mean(tower.call(z), batch.Target(task.Name));
        })];
        using var rows = TaskGradients.Of(losses, [z], retainGraph: true);
        // Two tasks, in closed form: w_1 = clip((G22 - G12) / (G11 + G22 - 2 G12), 0, 1).
        var g = rows.Gramian(ScalarType.Float64);
        double G(int i, int j) => g[i, j].item<double>();
        var w = Math.Clamp((G(1, 1) - G(0, 1)) / (G(0, 0) + G(1, 1) - 2 * G(0, 1)), 0, 1);
        Assert.Equal(w, weights[0].item<float>(), 1e-5);
        Assert.Equal(1 - w, weights[1].item<float>(), 1e-5);
        var expected = autograd.grad([losses[0] * w + losses[1] * (1 - w)], [.. module.SharedParameters()], retain_graph: true);
        foreach (var (gradient, parameter) in expected.Zip(module.SharedParameters())) Assert.True(gradient.allclose(parameter.grad!, 1e-4, 1e-6));
        var own = module.TaskParameters("c");
        foreach (var (gradient, parameter) in autograd.grad([losses[1]], [.. own]).Zip(own)) Assert.True(gradient.allclose(parameter.grad!, 1e-4, 1e-6));
    }

    [Fact]
    public void The_mean_of_all_rows_gradients_is_the_mean_loss()
    {
        var single = Model.Named("one").Input(5).Backbone(Block.Mlp(8)).Task("y", Head.Regress());
        var examples = Examples.Joint(Problem.X, ("y", Problem.Y));
        var splits = new DataSplits(examples, examples, examples);
        Problem.NearWeights(single.Train(splits, Plan, seed: 2).Module,
            single.Weigh(Weighting.GradientMean().PerInstance()).Train(splits, Plan, seed: 2).Module, 1e-5);
        // Of two tasks half of each.
        var run = Shared.Weigh(Weighting.GradientMean().PerInstance()).Train(Problem.Joint, Plan, seed: 2);
        Problem.NearWeights(run.Module, Shared.Weigh(Weighting.Constant(("y", 0.5), ("c", 0.5))).Train(Problem.Joint, Plan, seed: 2).Module, 1e-5);
        Assert.All(run.History.Where(row => row.Key == "y/weight"), row => Assert.Equal(0.5, row.Value, 1e-6));
    }

    [Fact]
    public void Rows_that_conflict_are_projected()
    {
        // One parameter, two rows that pull it apart: no direction serves both, and UPGrad stays where the mean would move.
        var model = Model.Named("one").Input(1).Task("y", Head.Regress());
        Tensor x = tensor(new[,] { { 1f }, { 1f } }), y = tensor(new[] { 5f, -3f });
        var examples = Examples.Joint(x, ("y", y));
        var splits = new DataSplits(examples, examples, examples);
        TrainingPlan Step(TrainingPlan plan) => plan.Sgd(0.1).Epochs(1).FullBatch();
        var run = model.Weigh(Weighting.UPGrad(ridge: 1e-6).PerInstance()).Train(splits, Step, seed: 4);
        var mean = model.Train(splits, Step, seed: 4);
        double Bias(Run one) => one.Module.state_dict().Single(pair => pair.Key.EndsWith("bias", StringComparison.Ordinal)).Value.item<float>();
        var untouched = model.Train(splits, t => t.Sgd(1e-12).Epochs(1).FullBatch(), seed: 4);
        Assert.Equal(Bias(untouched), Bias(run), 1e-4);
        Assert.NotEqual(Bias(untouched), Bias(mean), 1e-2);
    }

    [Fact]
    public void What_has_no_meaning_is_refused_by_name()
    {
        string Refusal<T>(Model model, Func<TrainingPlan, TrainingPlan>? plan = null, DataSplits? data = null) where T : Exception =>
            Assert.Throws<T>(() => model.Train(data ?? Problem.Joint, t => (plan ?? (p => p))(Plan(t)))).Message;
        var mgda = Weighting.Mgda();
        Assert.Contains("they read different ones", Refusal<DataException>(Problem.TwoTasks.Weigh(mgda.AtRepresentation())));
        Assert.Contains("each has rows of its own", Refusal<DataException>(Shared.Weigh(mgda.AtRepresentation()), data: Problem.Separate));
        Assert.Contains("each has rows of its own", Refusal<DataException>(Shared.Weigh(mgda.PerInstance()), data: Problem.Separate));
        Assert.Contains("leave out .PerInstance()", Refusal<DeclarationException>(Shared.Weigh(Weighting.GradVac().PerInstance())));
        Assert.Contains("leave out .RecordGradients()", Refusal<DeclarationException>(Shared.Weigh(mgda.PerInstance()), t => t.RecordGradients()));
        Assert.Contains("is one of the whole batch",
            Refusal<DeclarationException>(Shared.Task("s", Head.Regress(), loss: Loss.WorstRows(Loss.MeanSquaredError(), 0.5)).Weigh(mgda.PerInstance()),
                data: Three));
        Assert.Contains("leave out .TaskGradients(TaskGradientMode.Columns)", Refusal<DeclarationException>(Shared, t => t.TaskGradients(TaskGradientMode.Columns)));
        Assert.Contains("not both", Assert.Throws<DeclarationException>(() => mgda.AtRepresentation().PerInstance()).Message);
        Assert.Contains("MGDA at the representation", Shared.Weigh(mgda.AtRepresentation()).ToString());
        Assert.Contains("MGDA of logs per instance", Shared.Weigh(mgda.PerInstance().OfLogs()).ToString());
    }

    private static DataSplits Three
    {
        get
        {
            var examples = Examples.Joint(Problem.X, ("y", Problem.Y), ("c", Problem.Class), ("s", Problem.Y));
            return new(examples, examples, examples);
        }
    }
}
