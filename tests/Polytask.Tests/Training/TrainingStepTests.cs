using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Training;

public class TrainingStepTests
{
    private static Run Trained(Model model, Func<TrainingPlan, TrainingPlan> plan, DataSplits? splits = null) =>
        model.Train(splits ?? Problem.Joint, t => plan(t.Sgd(0.05).Epochs(3).Batch(16)), seed: 3);

    // Labels missing unevenly over the parts, and a weighting with state of its own.
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Accumulated_parts_are_the_large_batch(int parts)
    {
        var missing = Problem.Y.clone();
        missing[TensorIndex.Slice(0, 20)] = tensor(float.NaN);
        var examples = Examples.Joint(Problem.X, ("y", missing), ("c", Problem.Class));
        var splits = new DataSplits(examples, examples, examples);
        var model = Problem.TwoTasks.Weigh(Weighting.Uncertainty());
        var (large, small) = (Trained(model, t => t, splits), Trained(model, t => t.Accumulate(parts), splits));
        Problem.NearWeights(large.Module, small.Module, 1e-6);
        foreach (var (one, other) in large.History.Zip(small.History)) Assert.Equal(one.Value, other.Value, 1e-5);
    }

    // L = mean (w x + b - y)^2 by hand, in double precision.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sharpness_aware_steps_are_those_by_hand(bool adaptive)
    {
        double[] x = [0.5, -1, 2], y = [1, 0, 3];
        var examples = Examples.Joint(tensor(x).to(ScalarType.Float32).unsqueeze(1), ("y", tensor(y).to(ScalarType.Float32)));
        var model = Model.Named("line").Input(1).Task("y", Head.Regress());
        var run = model.Train(new DataSplits(examples, examples, examples), t => t.Sgd(0.1).FullBatch().Epochs(4).Sam(0.3, adaptive), seed: 9);
        manual_seed(9);
        var start = model.Build().parameters().ToArray();
        var (w, b) = (start[0].Numbers()[0], start[1].Numbers()[0]);
        (double W, double B) Gradient(double w, double b)
        {
            var errors = x.Zip(y, (input, target) => w * input + b - target).ToArray();
            return (errors.Zip(x, (error, input) => 2 * error * input).Average(), errors.Average(error => 2 * error));
        }
        for (var step = 0; step < 4; step++)
        {
            var (gw, gb) = Gradient(w, b);
            var (sw, sb) = adaptive ? (Math.Abs(w), Math.Abs(b)) : (1, 1);
            var norm = Math.Sqrt(sw * sw * gw * gw + sb * sb * gb * gb);
            var (near, nearB) = Gradient(w + 0.3 * sw * sw * gw / norm, b + 0.3 * sb * sb * gb / norm);
            (w, b) = (w - 0.1 * near, b - 0.1 * nearB);
        }
        var trained = run.Module.parameters().ToArray();
        Assert.Equal(w, trained[0].Numbers()[0], 1e-6);
        Assert.Equal(b, trained[1].Numbers()[0], 1e-6);
    }

    [Fact]
    public void Sharpness_aware_passes_share_their_dropout_and_count_statistics_once()
    {
        var model = Model.Named("m").Input(5).Backbone(Block.Mlp(8).WithDropout(0.5).Then(Block.Of("norm", Shape.Of(8), () => nn.BatchNorm1d(8))))
            .Task("y", Head.Regress());
        Run Of(Func<TrainingPlan, TrainingPlan> plan) => Trained(model, t => plan(t).Epochs(1));
        // A radius too small to change a float: the plain step, if both passes see the same and the statistics move once.
        var (plain, sharp) = (Of(t => t), Of(t => t.Sam(1e-12)));
        Problem.NearWeights(plain.Module, sharp.Module, 1e-6);
        Assert.Equal(3, sharp.Module.state_dict().Single(pair => pair.Key.EndsWith("num_batches_tracked")).Value.item<long>());
    }

    [Fact]
    public void Averaged_weights_are_their_closed_form_and_are_what_is_judged()
    {
        const double decay = 0.8;
        manual_seed(3);
        var seen = new List<Dictionary<string, double[]>> { Problem.WeightsOf(Problem.TwoTasks.Build()) };
        var run = Trained(Problem.TwoTasks, t => t.Ema(decay).OnStep(now => seen.Add(Problem.WeightsOf(now.Module))));
        Assert.Equal(10, seen.Count);
        foreach (var (name, average) in Problem.WeightsOf(run.Module))
        {
            for (var i = 0; i < average.Length; i++)
            {
                var expected = Math.Pow(decay, 9) * seen[0][name][i]
                    + Enumerable.Range(1, 9).Sum(step => (1 - decay) * Math.Pow(decay, 9 - step) * seen[step][name][i]);
                Assert.Equal(expected, average[i], 1e-6);
            }
        }
        // All three splits are the same rows here.
        Assert.Equal(run.Test("y/loss"), run.History.Last(row => row is { Split: "validation", Key: "y/loss" }).Value);
    }

    [Fact]
    public void Gradient_noise_has_its_variance_and_a_generator_of_its_own()
    {
        var flat = Loss.Of("flat", (output, _) => output * 0);
        var model = Model.Named("wide").Input(5).Backbone(Block.Mlp(4000)).Task("y", Head.Regress(), loss: flat);
        manual_seed(3);
        var before = Problem.WeightsOf(model.Build());
        var run = model.Train(Problem.Joint, t => t.Sgd(0.5).FullBatch().Epochs(4).GradientNoise(0.3), seed: 3);
        var moved = Problem.WeightsOf(run.Module).SelectMany(pair => pair.Value.Zip(before[pair.Key], (after, start) => after - start)).ToArray();
        var expected = 0.5 * 0.5 * Enumerable.Range(0, 4).Sum(step => 0.3 / Math.Pow(1 + step, 0.55));
        Assert.Equal(28_001, moved.Length);
        Assert.Equal(0, moved.Average(), 4 * Math.Sqrt(expected / moved.Length));
        Assert.Equal(1, moved.Average(value => value * value) / expected, 4 * Math.Sqrt(2.0 / moved.Length));
        Problem.SameWeights(Trained(Problem.TwoTasks, t => t).Module, Trained(Problem.TwoTasks, t => t.GradientNoise(0)).Module);
    }

    [Fact]
    public void Scaled_losses_give_the_same_step_and_an_overflow_none()
    {
        var plan = new TrainingPlan().Adam(0.01).ClipGradients(1);
        MultiTaskModule Stepped(GradientScaler scaler, int steps, Tensor? factors = null)
        {
            manual_seed(3);
            var module = Problem.TwoTasks.Build();
            using var step = new TrainingStep(module, plan, seed: 0, scaler: scaler);
            foreach (var (i, batch) in module.Batches(Problem.Joint.Train, 16).Take(steps).Index()) step.Take(batch, i, 1, factors);
            return module;
        }
        // A scale that is a power of two is exact.
        Problem.SameWeights(Stepped(new GradientScaler(enabled: false), 3), Stepped(new GradientScaler(65536), 3));
        var overflown = new GradientScaler(3e38);
        Problem.SameWeights(Stepped(overflown, 1, tensor([1e6f, 1e6f])), Stepped(overflown, 0));
        Assert.Equal(1.5e38, overflown.CurrentScale, 1e32);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(1000)]
    public void Batches_outlive_the_pass_that_gave_them(int rows)
    {
        var module = Problem.TwoTasks.Build();
        Batch[] all = [.. module.Batches(Problem.Joint.Train, rows)];
        var sum = all.Sum(batch => batch.Inputs("y").sum().item<float>());
        Assert.Equal(Problem.Joint.Train.Inputs("y").sum().item<float>(), sum, 1e-3);
    }

    [Fact]
    public void Half_precision_trains_where_the_device_has_it()
    {
        var run = Trained(Problem.TwoTasks, t => t.Adam(0.02).Epochs(30).MixedPrecision());
        Assert.True(run.Test("y/r2") > 0.7);
        Assert.All(run.Module.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));
        Assert.NotEqual(Trained(Problem.TwoTasks, t => t.Adam(0.02).Epochs(30)).Test("y/mse"), run.Test("y/mse"));
        if (!torch.__version__.StartsWith("1.")) return;
        Assert.StartsWith("the plan's .MixedPrecision(Float16) is not possible here: autocast on CPU",
            Assert.Throws<DeclarationException>(() => Trained(Problem.TwoTasks, t => t.MixedPrecision(ScalarType.Float16))).Message);
    }

    [Fact]
    public void A_scheduled_loss_weight_is_the_task_s_factor_by_epoch()
    {
        var run = Trained(Problem.TwoTasks, t => t.LossWeight("c", 2, 0.5));
        double[] Weights(string task) => [.. run.History.Where(row => row is { Split: "train", Metric: "weight" } && row.Task == task).Select(row => row.Value)];
        Assert.Equal([2, 1, 0.5], Weights("c"));
        Assert.Equal([1, 1, 1], Weights("y"));
        var constant = Trained(Problem.TwoTasks.Weigh(Weighting.Constant(("c", 0.25))), t => t);
        var scheduled = Trained(Problem.TwoTasks, t => t.LossWeight("c", 0.25, 1));
        foreach (var (name, parameter) in scheduled.Module.named_parameters())
            Assert.Equal(constant.Module.get_parameter(name)!.Numbers(), parameter.Numbers());
        Assert.Contains("did you mean 'c'?",
            Assert.Throws<DeclarationException>(() => Trained(Problem.TwoTasks, t => t.LossWeight("cc", 1, 1))).Message);
    }
}
