using Polytask.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Weightings;

public sealed class RecordedGradientTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("polytask-gradients-");

    public void Dispose() => folder.Delete(recursive: true);

    private static TrainingPlan Plan(TrainingPlan plan) => plan.Adam(0.01).Epochs(3).Batch(16).RecordGradients();

    private static Measurement[] Recorded(Run run) => [.. run.History.Where(row => row.Split == "gradients")];

    [Fact]
    public void Norms_cosines_and_conflicts_are_those_of_the_steps_of_an_epoch()
    {
        var gramians = new List<double[]>();
        var run = Problem.TwoTasks.Train(Problem.Joint, t => Plan(t).OnStep(now => gramians.Add(now.Gramian!.contiguous().data<double>().ToArray())), seed: 2);
        Assert.Equal(9, gramians.Count);
        for (var epoch = 1; epoch <= 3; epoch++)
        {
            var steps = gramians.Skip(3 * (epoch - 1)).Take(3).ToArray();
            double At(string key) => Recorded(run).Single(row => row.Epoch == epoch && row.Key == key).Value;
            Assert.Equal(steps.Average(g => Math.Sqrt(g[0])), At("y/norm"), 1e-9);
            Assert.Equal(steps.Average(g => Math.Sqrt(g[3])), At("c/norm"), 1e-9);
            Assert.Equal(steps.Average(g => g[1] / Math.Sqrt(g[0] * g[3])), At("y, c/cosine"), 1e-9);
            Assert.Equal(steps.Count(g => g[1] < 0) / 3.0, At("y, c/conflict"), 1e-9);
        }
    }

    [Fact]
    public void The_first_step_s_products_are_those_of_the_gradients_at_the_start()
    {
        double[]? first = null;
        Problem.TwoTasks.Train(Problem.Joint, t => Plan(t).Epochs(1).OnStep(now => first ??= now.Gramian!.contiguous().data<double>().ToArray()), seed: 2);
        manual_seed(2);
        var module = Problem.TwoTasks.Build();
        var losses = module.Losses(module.Batches(Problem.Joint.Train, 16, seed: 2).First());
        var rows = Enumerable.Range(0, 2).Select(task => cat([.. autograd.grad([losses[task]], [.. module.SharedParameters()], retain_graph: true)
            .Select(gradient => gradient.reshape(-1))])).ToArray();
        Assert.Equal(rows[0].dot(rows[1]).item<float>(), first![1], 1e-5);
        Assert.Equal(rows[1].dot(rows[1]).item<float>(), first[3], 1e-5);
    }

    [Fact]
    public void Gradients_are_those_of_the_losses_that_the_weighting_is_given_whether_it_reads_losses_or_gradients()
    {
        double[] First(Weighting weighting, double factor)
        {
            double[]? first = null;
            Problem.TwoTasks.Weigh(weighting).Train(Problem.Joint, t => Plan(t).Epochs(1).LossWeight("c", _ => factor)
                .OnStep(now => first ??= now.Gramian!.contiguous().data<double>().ToArray()), seed: 2);
            return first!;
        }
        foreach (var weighting in new Weighting[] { Weighting.Equal(), Weighting.Uncertainty(), Weighting.GradientSum() })
        {
            var (one, ten) = (First(weighting, 1), First(weighting, 10));
            double[] expected = [one[0], 10 * one[1], 10 * one[2], 100 * one[3]];
            foreach (var (wanted, value) in expected.Zip(ten)) Assert.Equal(1, value / wanted, 1e-5);
        }
    }

    [Fact]
    public void Looking_changes_nothing_whatever_the_weighting()
    {
        foreach (var model in new[] { Problem.TwoTasks, Problem.TwoTasks.Weigh(Weighting.GradNorm()) })
        {
            var watched = model.Train(Problem.Joint, Plan, seed: 2);
            Problem.SameWeights(model.Train(Problem.Joint, t => t.Adam(0.01).Epochs(3).Batch(16), seed: 2).Module, watched.Module);
            Assert.Equal(12, Recorded(watched).Length);
        }
    }

    [Fact]
    public void A_run_that_goes_on_within_an_epoch_records_the_whole_of_it()
    {
        var whole = Problem.TwoTasks.Train(Problem.Joint, Plan, seed: 2);
        TrainingPlan Kept(TrainingPlan plan) => Plan(plan).Checkpoint(folder.FullName, steps: 1);
        using var cancel = new CancellationTokenSource();
        Problem.TwoTasks.Train(Problem.Joint, t => Kept(t).OnStep(now => { if (now.Step == 5) cancel.Cancel(); }), seed: 2, cancel.Token);
        var resumed = Problem.TwoTasks.Train(Problem.Joint, t => Kept(t).Resume(), seed: 2);
        Assert.Contains("step 5", Assert.Single(resumed.Remarks));
        Assert.Equal(Recorded(whole), Recorded(resumed));
    }

    [Fact]
    public void Parts_of_batches_are_refused() => Assert.Contains("leave out .Accumulate(2) or .RecordGradients()",
        Assert.Throws<DeclarationException>(() => Problem.TwoTasks.Train(Problem.Joint, t => Plan(t).Accumulate(2))).Message);
}
