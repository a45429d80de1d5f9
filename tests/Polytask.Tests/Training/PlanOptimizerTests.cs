using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask.Tests.Training;

public class PlanOptimizerTests
{
    public static TheoryData<string, Func<TrainingPlan, TrainingPlan>, Func<IEnumerable<Parameter>, optim.Optimizer>> Optimizers => new()
    {
        { "adam", t => t.Adam(0.01, weightDecay: 0.1), p => optim.Adam(p, 0.01, weight_decay: 0.1) },
        { "adamw", t => t.AdamW(0.01), p => optim.AdamW(p, 0.01, weight_decay: 0.01) },
        { "sgd", t => t.Sgd(0.05, momentum: 0.9, nesterov: true), p => optim.SGD(p, 0.05, momentum: 0.9, nesterov: true) },
        { "adagrad", t => t.Adagrad(0.05), p => optim.Adagrad(p, 0.05) },
        { "rmsprop", t => t.RmsProp(0.01, smoothing: 0.9, momentum: 0.5), p => optim.RMSProp(p, 0.01, alpha: 0.9, momentum: 0.5) },
        { "radam", t => t.Optimizer("radam", p => optim.RAdam(p, 0.01)), p => optim.RAdam(p, 0.01) },
        { "singly", t => t.Adam(0.01).WithoutFlatParameters(), p => optim.Adam(p, 0.01) },
    };

    // A loop of ten lines, with nothing of the trainer but the pieces that it offers.
    private static MultiTaskModule OwnLoop(Model model, Func<MultiTaskModule, optim.Optimizer[]> optimizers, int epochs, int seed)
    {
        manual_seed(seed);
        var module = model.Build();
        var all = optimizers(module);
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            foreach (var batch in module.Batches(Problem.Joint.Train, 16, seed, epoch))
            {
                foreach (var optimizer in all) optimizer.zero_grad();
                module.Minimised(batch).backward();
                foreach (var optimizer in all) optimizer.step();
            }
        }
        return module;
    }

    [Theory]
    [MemberData(nameof(Optimizers), DisableDiscoveryEnumeration = true)]
    public void A_run_is_the_loop_that_it_stands_for(
        string name, Func<TrainingPlan, TrainingPlan> plan, Func<IEnumerable<Parameter>, optim.Optimizer> optimizer)
    {
        var run = Problem.TwoTasks.Train(Problem.Joint, t => plan(t).Epochs(3).Batch(16), seed: 4);
        Problem.SameWeights(run.Module, OwnLoop(Problem.TwoTasks, module => [optimizer(module.parameters())], epochs: 3, seed: 4));
        Assert.StartsWith(name == "singly" ? "adam" : name, run.Plan.ToString());
    }

    [Fact]
    public void Groups_are_optimisers_of_their_own()
    {
        var model = Problem.TwoTasks.Weigh(Weighting.Uncertainty());
        var run = model.Train(Problem.Joint, t => t.Adam(0.01).LearningRate("experts", 0.1).Group("tasks", weightDecay: 0.5).Group("c", learningRate: 0.2)
            .Freeze("backbone").LearningRate("weighting", 0.3).Epochs(3).Batch(16), seed: 5);
        optim.Optimizer[] Separate(MultiTaskModule module)
        {
            Parameter[] Of(string start) => [.. module.named_parameters().Where(pair => pair.name.StartsWith(start)).Select(pair => pair.parameter)];
            Parameter[] OfPart(string part) =>
                [.. module.named_parameters().Where(pair => MultiTaskModule.PartOf(pair.name) == part).Select(pair => pair.parameter)];
            return [optim.Adam(OfPart("experts"), 0.1), optim.Adam(OfPart("gates"), 0.01), optim.Adam(Of("task_y"), 0.01, weight_decay: 0.5),
                optim.Adam(Of("task_c"), 0.2, weight_decay: 0.5), optim.Adam(Of("weighting"), 0.3)];
        }
        Problem.SameWeights(run.Module, OwnLoop(model, Separate, epochs: 3, seed: 5));
        manual_seed(5);
        const string frozen = "trunk.backbone.layers.0.weight";
        Assert.Equal(model.Build().get_parameter(frozen)!.Numbers(), run.Module.get_parameter(frozen)!.Numbers());
        Assert.All(run.Module.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void A_schedule_multiplies_every_group()
    {
        var half = Problem.TwoTasks.Train(Problem.Joint, t => t.Sgd(0.1).LearningRate("tasks", 0.02).Schedule(Schedule.Of("half", _ => 0.5)).Epochs(2), seed: 1);
        var plain = Problem.TwoTasks.Train(Problem.Joint, t => t.Sgd(0.05).LearningRate("tasks", 0.01).Epochs(2), seed: 1);
        Problem.SameWeights(half.Module, plain.Module);
    }

    [Fact]
    public void A_part_that_is_not_there_is_refused() => Assert.Equal(
        "the plan has settings for 'expert', but model 'two' has parameters in 'backbone', 'experts', 'gates', 'tasks', 'y' and 'c'; did you mean 'experts'?",
        Assert.Throws<DeclarationException>(() => Problem.TwoTasks.Train(Problem.Joint, t => t.LearningRate("expert", 0.1))).Message);

    [Fact]
    public void Freezing_everything_is_refused() => Assert.StartsWith("the plan freezes every parameter of model 'linear'",
        Assert.Throws<DeclarationException>(() => Problem.Linear.Train(Problem.Joint, t => t.Freeze("tasks"))).Message);

    [Fact]
    public void L_bfgs_solves_least_squares_in_a_few_steps()
    {
        var run = Problem.Linear.Train(Problem.Joint, t => t.Lbfgs().FullBatch().Epochs(3));
        var design = cat([Problem.X, ones(48, 1)], 1).to(ScalarType.Float64);
        var target = Problem.Y.to(ScalarType.Float64).unsqueeze(1);
        var solution = linalg.solve(design.t().matmul(design), design.t().matmul(target));
        Assert.Equal((design.matmul(solution) - target).square().mean().item<double>(), run.Test("y/mse"), 1e-6);
        Assert.Contains("it does not go with .ClipGradients",
            Assert.Throws<DeclarationException>(() => Problem.Linear.Train(Problem.Joint, t => t.Lbfgs().ClipGradients(1))).Message);
    }
}
