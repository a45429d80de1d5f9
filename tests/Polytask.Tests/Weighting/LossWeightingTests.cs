using Polytask.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Weightings;

/// <summary>Weightings that read losses, against identities between them and closed forms (all in double precision).</summary>
public class LossWeightingTests
{
    private static readonly TaskSpec[] Tasks = [.. Problem.TwoTasks.Tasks.Append(new TaskSpec("third", Head.Regress(), Loss.MeanSquaredError(), null))];

    private static readonly double[] Losses = [0.7, 1.9, 0.2];

    private static nn.Module<Tensor, Tensor> Built(LossWeighting weighting) => weighting.Build(Tasks).to(ScalarType.Float64);

    // The scalar and its derivative with respect to the losses.
    private static (double Value, double[] Weights) At(nn.Module<Tensor, Tensor> module, params double[] losses)
    {
        using var scope = NewDisposeScope();
        var given = tensor(losses, requires_grad: true);
        var value = module.call(given);
        value.backward();
        return (value.item<double>(), given.grad!.data<double>().ToArray());
    }

    private static double Cosine(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(x => x * x));

    private static void Near(IEnumerable<double> expected, IEnumerable<double> found, double tolerance = 1e-6) =>
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, tolerance));

    [Fact]
    public void What_takes_logs_itself_is_not_given_logs()
    {
        Assert.Contains("leave out .OfLogs()", Assert.Throws<DeclarationException>(() => Weighting.Famo().OfLogs()).Message);
        Assert.Contains("leave out .OfLogs()", Assert.Throws<DeclarationException>(() => Weighting.NadirTchebycheff().OfLogs()).Message);
    }

    [Fact]
    public void The_geometric_mean_has_the_weights_of_its_closed_form()
    {
        var mean = Math.Pow(Losses.Aggregate((a, b) => a * b), 1.0 / 3);
        var (value, weights) = At(Built(Weighting.GeometricMean()), Losses);
        Assert.Equal(mean, value, 1e-9);
        Near(Losses.Select(loss => mean / (3 * loss)), weights);
        Assert.Contains("must be above 0", Assert.Throws<TrainingException>(() => At(Built(Weighting.GeometricMean()), 1, -0.5, 2)).Message);
    }

    [Fact]
    public void Learned_scales_at_their_optimum_weigh_as_the_geometric_mean_does()
    {
        var expected = At(Built(Weighting.GeometricMean()), Losses).Weights;
        void AtOptimum(LossWeighting weighting, Func<double, double> optimum)
        {
            var module = Built(weighting);
            var scales = module.parameters().Single();
            using (no_grad()) scales.copy_(tensor(Losses.Select(optimum).ToArray()));
            var weights = At(module, Losses).Weights;
            Assert.Equal(1, Cosine(expected, weights), 1e-9);
            scales.grad!.zero_();
            module.call(tensor(Losses)).backward();
            Near(new double[3], scales.grad!.data<double>().ToArray(), 1e-9);
        }
        AtOptimum(Weighting.ImtlL(), loss => -Math.Log(loss));
        // d/ds [exp(-s) L / 2 + log(1 + exp(s))] = 0 where L / 2 = e^s e^s / (1 + e^s).
        var revised = Built(Weighting.RevisedUncertainty());
        Near([Losses.Sum() / 2 + 3 * Math.Log(2)], [At(revised, Losses).Value]);
        using (no_grad()) revised.parameters().Single().copy_(tensor(Losses.Select(loss => Math.Log((loss / 2 + Math.Sqrt(loss * loss / 4 + 2 * loss)) / 2)).ToArray()));
        revised.zero_grad();
        At(revised, Losses);
        Near(new double[3], revised.parameters().Single().grad!.data<double>().ToArray(), 1e-9);
    }

    [Fact]
    public void Famo_at_its_start_is_the_geometric_mean_scaled_and_its_weights_add_up_to_one()
    {
        var module = Built(Weighting.Famo());
        var (_, weights) = At(module, Losses);
        var geometric = At(Built(Weighting.GeometricMean()), Losses).Weights;
        var (harmonic, mean) = (3 / Losses.Sum(loss => 1 / loss), Math.Pow(Losses.Aggregate((a, b) => a * b), 1.0 / 3));
        Near(geometric.Select(weight => weight * harmonic / mean), weights, 1e-6);
        Assert.Equal(1, weights.Sum(), 1e-6);
        // A task that fell less than the others is given more.
        ((IStepEnd)module).EndStep(tensor(new[] { 0.35, 0.95, 0.2 }));
        var after = At(module, Losses).Weights;
        Assert.Equal(1, after.Sum(), 1e-6);
        Assert.True(after[2] > weights[2] && after[0] < weights[0] && after[1] < weights[1]);
        // Adam's first step moves each logit by the learning rate along the sign of its slope.
        Near([-0.025, -0.025, 0.025], module.get_buffer("xi")!.data<double>().ToArray(), 1e-6);
    }

    [Fact]
    public void Dynamic_average_weights_add_up_to_the_tasks_and_favour_losses_that_fall_slowly()
    {
        var module = Built(Weighting.DynamicAverage(temperature: 2));
        var epochs = (IEpochEnd)module;
        epochs.EndEpoch([1, 1, 1]);
        Near([1, 1, 1], At(module, Losses).Weights);
        epochs.EndEpoch([0.5, 0.5, 0.5]);
        Near([1, 1, 1], At(module, Losses).Weights);
        epochs.EndEpoch([0.5, 0.25, 0.1]);
        var exps = new[] { 1.0, 0.5, 0.2 }.Select(ratio => Math.Exp(ratio / 2)).ToArray();
        Near(exps.Select(each => 3 * each / exps.Sum()), At(module, Losses).Weights, 1e-6);
    }

    [Fact]
    public void Random_weights_are_a_third_each_on_average_and_a_seed_draws_them_again()
    {
        var module = Built(Weighting.RandomLosses());
        manual_seed(1);
        var draws = Enumerable.Range(0, 10_000).Select(_ => At(module, Losses).Weights).ToArray();
        for (var task = 0; task < 3; task++) Assert.Equal(1.0 / 3, draws.Average(draw => draw[task]), 0.01);
        manual_seed(1);
        Assert.Equal(draws[0], At(module, Losses).Weights);
        Assert.Equal(1, draws[0].Sum(), 1e-6);
    }

    [Fact]
    public void The_smooth_maximum_lies_within_its_bounds_and_has_the_limits_of_maximum_and_mean()
    {
        Preference[] preferences = [new("y", 0.5, 0.1), new("c", 0.3), new("third", 0.2)];
        double[] y = [0.5 * (0.7 - 0.1), 0.3 * 1.9, 0.2 * 0.2];
        foreach (var mu in new[] { 0.1, 1, 10 })
        {
            var (value, _) = At(Built(Weighting.SmoothTchebycheff(mu, preferences)), Losses);
            Assert.InRange(value, y.Max() - 1e-6, y.Max() + mu * Math.Log(3) + 1e-6);
        }
        var (largest, alone) = At(Built(Weighting.Tchebycheff(preferences)), Losses);
        Assert.Equal(y.Max(), largest, 1e-6);
        Near(alone, At(Built(Weighting.SmoothTchebycheff(1e-3, preferences)), Losses).Weights, 1e-6);
        Near([0, 0.3, 0], alone, 1e-6);
        Near([0.5 / 3, 0.3 / 3, 0.2 / 3], At(Built(Weighting.SmoothTchebycheff(1e4, preferences)), Losses).Weights, 1e-4);
    }

    [Fact]
    public void From_the_nadir_smooth_tchebycheff_trains_the_logarithm_of_the_sum_of_ratios()
    {
        var module = Built(Weighting.NadirTchebycheff(smoothness: 1, warmUp: 2));
        Near(Losses.Select(loss => 1 / loss), At(module, Losses).Weights);
        double[] nadir = [2, 4, 0.5];
        ((IEpochEnd)module).EndEpoch([9, 9, 9]);
        ((IEpochEnd)module).EndEpoch(nadir);
        var sum = Losses.Zip(nadir, (loss, worst) => loss / worst).Sum();
        var (value, weights) = At(module, Losses);
        Assert.Equal(3 * Math.Log(sum), value, 1e-6);
        Near(nadir.Select(worst => 3 / worst / sum), weights);
        ((IEpochEnd)module).EndEpoch([1, 1, 1]);
        Assert.Equal(value, At(module, Losses).Value, 1e-9);
    }

    [Fact]
    public void Preferences_point_the_losses_somewhere()
    {
        Preference[] preferences = [new("y", 1), new("c", 2), new("third", 2)];
        // On the preferred direction there is no penalty, and the cosine is 1.
        double[] on = [0.3, 0.6, 0.6];
        var norm = 0.9;
        Assert.Equal(norm, At(Built(Weighting.PenaltyIntersection(100, preferences)), on).Value, 1e-3);
        Assert.Equal((0.3 * 1 + 0.6 * 2 + 0.6 * 2) / 5 - 0.7, At(Built(Weighting.Cosmos(0.7, preferences)), on).Value, 1e-6);
        // Beside it: the parts along and across by hand.
        double[] u = [1 / 3.0, 2 / 3.0, 2 / 3.0];
        var along = Losses.Zip(u, (loss, each) => loss * each).Sum();
        var across = Math.Sqrt(Losses.Zip(u, (loss, each) => Math.Pow(loss - along * each, 2)).Sum());
        Assert.Equal(along + 5 * across, At(Built(Weighting.PenaltyIntersection(5, preferences)), Losses).Value, 1e-5);
        Assert.Contains("preference for task 'x'", Assert.Throws<DeclarationException>(() => Weighting.Cosmos(1, new Preference("x", 1)).Build(Tasks)).Message);
        Assert.Contains("two preferences for task 'y'",
            Assert.Throws<DeclarationException>(() => Weighting.Tchebycheff(new("y", 1), new("y", 2)).Build(Tasks)).Message);
        Assert.Contains("are 0", Assert.Throws<DeclarationException>(() => Weighting.Tchebycheff(new("y", 0), new("c", 0), new("third", 0)).Build(Tasks)).Message);
    }

    [Fact]
    public void Aligned_groups_weigh_by_their_mean_need()
    {
        // p stays about 1/3: needs are (sum L) / (3 L).
        var needs = Losses.Select(loss => Losses.Sum() / (3 * loss)).ToArray();
        var one = At(Built(Weighting.GoAlign(groups: 1, rate: 1e-12)), Losses).Weights;
        Near(Enumerable.Repeat(needs.Average(), 3), one);
        var two = At(Built(Weighting.GoAlign(groups: 2, rate: 1e-12)), Losses).Weights;
        Near([(needs[0] + needs[1]) / 2, (needs[0] + needs[1]) / 2, needs[2]], two);
        // The share of a task with a large loss shrinks: p = softmax(-eta L) after a step from 1/3.
        var module = Built(Weighting.GoAlign(groups: 3, rate: 1));
        var shares = Losses.Select(loss => Math.Exp(-loss)).ToArray();
        Near(Losses.Zip(shares, (loss, share) => share / shares.Sum() * Losses.Sum() / loss), At(module, Losses).Weights);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Groups_on_a_line_are_the_best_of_all_groupings(int groups)
    {
        double[] numbers = [0.3, 5, 4.4, 0.1, 9, 2.2];
        var means = LineGroups.Means(numbers, groups);
        var found = numbers.Zip(means, (number, mean) => Math.Pow(number - mean, 2)).Sum();
        var best = Enumerable.Range(0, (int)Math.Pow(groups, numbers.Length)).Min(code => numbers
            .Select((number, i) => (number, Group: code / (int)Math.Pow(groups, i) % groups)).GroupBy(each => each.Group)
            .Sum(group => group.Sum(each => Math.Pow(each.number - group.Average(other => other.number), 2))));
        Assert.Equal(best, found, 1e-9);
        Assert.Equal(groups, means.Distinct().Count());
    }

    [Fact]
    public void A_loss_a_hundred_times_larger_changes_no_direction_where_scales_do_not_matter()
    {
        double[] larger = [Losses[0], 100 * Losses[1], Losses[2]];
        // The direction in the losses before scaling: dL/dL_t times the scale.
        double Turned(LossWeighting weighting)
        {
            var (before, after) = (At(Built(weighting), Losses).Weights, At(Built(weighting), larger).Weights);
            return Cosine(before, [after[0], 100 * after[1], after[2]]);
        }
        Assert.Equal(1, Turned(Weighting.GeometricMean()), 1e-6);
        Assert.Equal(1, Turned(Weighting.Famo()), 1e-6);
        Assert.True(Turned(Weighting.Equal()) < 0.9);
    }

    [Fact]
    public void Logs_of_losses_are_what_the_rule_then_sees()
    {
        // Equal weighting of logs is T log of the geometric mean.
        var module = Problem.TwoTasks.Weigh(Weighting.Equal().OfLogs()).Build();
        var batch = module.Batches(Problem.Joint.Train, 16).First();
        var losses = module.Losses(batch).to(ScalarType.Float64).data<double>().ToArray();
        Assert.Equal(losses.Sum(Math.Log), module.Minimised(batch).item<float>(), 1e-5);
    }

    [Fact]
    public void Rules_that_remember_are_told_of_epochs_and_steps()
    {
        TrainingPlan Plan(TrainingPlan plan) => plan.Adam(0.01).Epochs(4).Batch(16);
        var average = Problem.TwoTasks.Weigh(Weighting.DynamicAverage()).Train(Problem.Joint, Plan, seed: 1);
        double Mean(int epoch, string what, string task) =>
            average.History.Single(row => row.Epoch == epoch && row.Split == "train" && row.Key == $"{task}/{what}").Value;
        Assert.Equal((1.0, 1.0), (Mean(2, "weight", "y"), Mean(2, "weight", "c")));
        var exps = new[] { "y", "c" }.Select(task => Math.Exp(Mean(2, "loss", task) / Mean(1, "loss", task) / 2)).ToArray();
        Assert.Equal(2 * exps[0] / exps.Sum(), Mean(3, "weight", "y"), 1e-5);

        var famo = Problem.TwoTasks.Weigh(Weighting.Famo()).Train(Problem.Joint, Plan, seed: 1);
        Assert.Equal(12, famo.Module.LossRule!.get_buffer("steps")!.item<double>());
        Assert.NotEqual(0, famo.Module.LossRule.get_buffer("xi")![0].item<double>());
    }

    [Fact]
    public void A_nadir_is_taken_of_the_losses_as_they_were_given_with_the_factors_of_the_plan()
    {
        TrainingPlan Plan(TrainingPlan plan) => plan.Adam(0.01).Epochs(3).Batch(16).LossWeight("y", _ => 100);
        var run = Problem.TwoTasks.Weigh(Weighting.NadirTchebycheff(warmUp: 2)).Train(Problem.Joint, Plan, seed: 1);
        double Mean(string task) => run.History.Single(row => row.Epoch == 2 && row.Split == "train" && row.Key == $"{task}/loss").Value;
        var nadir = run.Module.LossRule!.get_buffer("nadir")!.data<float>().ToArray();
        Near([100 * Mean("y"), Mean("c")], nadir.Select(value => (double)value), 1e-4 * Mean("y"));
    }

    [Fact]
    public void Wrong_numbers_are_named()
    {
        Assert.Contains("FAMO's learning rate is a finite number above 0", Assert.Throws<DeclarationException>(() => Weighting.Famo(0)).Message);
        Assert.Contains("at least 1 epoch", Assert.Throws<DeclarationException>(() => Weighting.NadirTchebycheff(warmUp: 0)).Message);
        Assert.Contains("at least 1 group", Assert.Throws<DeclarationException>(() => Weighting.GoAlign(0)).Message);
        Assert.Contains("the temperature", Assert.Throws<DeclarationException>(() => Weighting.DynamicAverage(double.NaN)).Message);
    }
}
