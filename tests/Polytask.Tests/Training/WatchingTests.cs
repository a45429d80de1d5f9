using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Training;

public class WatchingTests
{
    [Fact]
    public void Callbacks_see_every_step_and_epoch_and_may_end_the_training()
    {
        var log = new List<string>();
        var run = Problem.TwoTasks.Train(Problem.Joint, t => t.Epochs(5).Batch(16)
            .OnStep(now => log.Add($"step {now.Step} of epoch {now.Epoch}, {now.Losses.shape[0]} losses, training {now.Module.training}"))
            .OnEpoch(now =>
            {
                log.Add($"epoch {now.Epoch} after {now.Step}, training {now.Module.training}, {now.History.Count(row => row.Split == "validation")}");
                if (now.Epoch == 2) now.Stop();
            }));
        Assert.Equal(8, log.Count);
        Assert.Equal("step 1 of epoch 1, 2 losses, training True", log[0]);
        Assert.Equal("epoch 2 after 6, training False, 12", log[7]);
        Assert.Equal(2, run.Epochs);
        Assert.False(run.Interrupted);
    }

    [Fact]
    public void A_stop_within_an_epoch_still_validates_it()
    {
        var run = Problem.TwoTasks.Train(Problem.Joint, t => t.Epochs(5).Batch(16).OnStep(now =>
        {
            if (now.Step == 4) now.Stop();
        }));
        Assert.Equal(2, run.Epochs);
        Assert.Equal(2, run.History.Count(row => row is { Split: "validation", Key: "y/loss" }));
    }

    [Fact]
    public void Probes_are_recorded_and_change_nothing()
    {
        var plain = Dropped(t => t);
        var probed = Dropped(t => t
            .Probe("size", now => now.Representation("y").square().mean().item<float>() + 0 * rand(3).sum().item<float>(), every: 2)
            .Probe("rows", now => [("y", now.Representation("y").shape[0]), ("c", now.Validation.RowsOf("c"))]));
        Problem.SameWeights(plain.Module, probed.Module);
        var sizes = probed.History.Where(row => row is { Split: "probe", Key: "size" }).ToArray();
        Assert.Equal([2, 4], sizes.Select(row => row.Epoch));
        using (no_grad())
            Assert.Equal(probed.Module.Representation("y", Problem.X).square().mean().item<float>(), sizes[^1].Value, 1e-6);
        Assert.Equal(4, probed.History.Count(row => row is { Split: "probe", Key: "c/rows", Value: 48 }));
        Assert.Contains("there already is a probe 'p'",
            Assert.Throws<DeclarationException>(() => Dropped(t => t.Probe("p", _ => 1.0).Probe("p", _ => 2.0))).Message);

        static Run Dropped(Func<TrainingPlan, TrainingPlan> plan) => Model.Named("m").Input(5).Backbone(Block.Mlp(8).WithDropout(0.3))
            .Task("y", Head.Regress()).Task("c", Head.Classify(2)).Train(Problem.Joint, t => plan(t.Epochs(4).Batch(16)), seed: 2);
    }

    [Fact]
    public void A_token_ends_the_run_with_what_there_is()
    {
        using var stop = new CancellationTokenSource();
        var run = Problem.TwoTasks.Train(Problem.Joint, t => t.Adam(0.01).Epochs(5).Batch(16).KeepBest().OnStep(now =>
        {
            if (now.Step == 7) stop.Cancel();
        }), cancellation: stop.Token);
        Assert.True(run.Interrupted);
        Assert.Equal(3, run.Epochs);
        Assert.InRange(run.BestEpoch, 1, 2);
        Assert.Equal(2, run.History.Count(row => row is { Split: "validation", Key: "y/loss" }));
        // The weights are those of the best epoch: all splits are the same rows here.
        Assert.Equal(run.History.Single(row => row is { Split: "validation", Key: "y/loss" } && row.Epoch == run.BestEpoch).Value, run.Test("y/loss"), 1e-9);
        Assert.Contains("interrupted", run.ToString());
    }

    [Fact]
    public void An_interrupted_thread_leaves_the_training_by_its_exception()
    {
        Exception? left = null;
        var thread = new Thread(() => left = Record.Exception(() => Problem.TwoTasks.Train(Problem.Joint, t => t.Epochs(100_000).Batch(16))));
        thread.Start();
        Thread.Sleep(200);
        thread.Interrupt();
        Assert.True(thread.Join(TimeSpan.FromSeconds(30)), "the training went on");
        Assert.IsType<ThreadInterruptedException>(left);
    }

    [Fact]
    public void The_record_says_with_what_it_ran()
    {
        var environment = Problem.Linear.Train(Problem.Joint, t => t.Epochs(1)).Environment;
        Assert.Equal(("cpu", 1), (environment.Device, environment.Threads));
        Assert.True(environment.PeakMemory > 10_000_000);
        Assert.DoesNotContain(System.Environment.MachineName, environment.ToString());
    }
}
