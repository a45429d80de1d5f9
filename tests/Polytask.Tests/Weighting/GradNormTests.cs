using Polytask.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Weightings;

public class GradNormTests
{
    private static readonly double[] Norms = [0.5, 2, 1];

    private static Tensor Gramian => diag(tensor(Norms.Select(norm => norm * norm).ToArray()));

    [Fact]
    public void At_equal_pace_all_gradients_come_to_one_length()
    {
        using var scope = NewDisposeScope();
        var rule = Weighting.GradNorm(learningRate: 1e-3).Start(3);
        var weights = rule.call(Gramian, ones(3, ScalarType.Float64));
        Assert.Equal([1, 1, 1], weights.data<double>().ToArray());
        for (var step = 0; step < 2000; step++) weights = rule.call(Gramian, ones(3, ScalarType.Float64));
        var inverse = Norms.Sum(norm => 1 / norm);
        foreach (var (norm, weight) in Norms.Zip(weights.data<double>().ToArray())) Assert.Equal(1, weight / (3 / norm / inverse), 0.02);
        Assert.Equal(3, weights.sum().item<double>(), 1e-9);
    }

    [Fact]
    public void A_task_that_is_behind_pulls_by_the_power_of_its_pace()
    {
        using var scope = NewDisposeScope();
        var rule = Weighting.GradNorm(alpha: 1, learningRate: 1e-3).Start(2);
        var gramian = eye(2, dtype: ScalarType.Float64);
        rule.call(gramian, tensor(new[] { 1.0, 2.0 }));
        Tensor weights = null!;
        // Half and a quarter of the first losses are left: paces 4/3 and 2/3 of their mean.
        for (var step = 0; step < 2000; step++) weights = rule.call(gramian, tensor(new[] { 0.5, 0.5 }));
        Assert.Equal(4.0 / 3, weights[0].item<double>(), 0.01);
        Assert.Equal(2.0 / 3, weights[1].item<double>(), 0.01);
    }

    [Fact]
    public void It_trains_and_its_weights_are_recorded()
    {
        var run = Problem.TwoTasks.Weigh(Weighting.GradNorm(learningRate: 0.1)).Train(Problem.Joint, t => t.Adam(0.01).Epochs(5).Batch(16), seed: 1);
        double Weight(string task, int epoch) => run.History.Single(row => row.Split == "train" && row.Epoch == epoch && row.Key == $"{task}/weight").Value;
        for (var epoch = 1; epoch <= 5; epoch++) Assert.Equal(2, Weight("y", epoch) + Weight("c", epoch), 1e-5);
        Assert.NotEqual(1, Weight("y", 5), 1e-3);
    }
}
