using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Merging;

public sealed class SurgeryTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    private static nn.Module<Tensor, Tensor> Body(int seed)
    {
        manual_seed(seed);
        return nn.Sequential(nn.Linear(6, 8), nn.GELU(), nn.Linear(8, 5));
    }

    private static MergeTask Task(string name, int seed, long rows = 60) => new(name, Values.Normal(seed, rows, 6), nn.Identity());

    private readonly MergeTask[] tasks = [Task("digits", 3), Task("letters", 4, 45)];

    [Fact]
    public void It_starts_as_the_identity_and_without_steps_stays_it()
    {
        using var surgery = Surgery.Fit(Body(1), [Body(2), Body(3)], tasks, rank: 2, steps: 0);
        var z = Values.Normal(9, 7, 5);
        Assert.Equal(z.Numbers(), surgery.For("letters").call(z).Numbers());
        Assert.All(surgery.Biases, bias => Assert.Equal(bias.Before, bias.After));
        // 2 r d for each task.
        Assert.Equal(2 * (2 * 2 * 5), surgery.AddedCount);
    }

    [Fact]
    public void Bias_is_the_mean_distance_of_features_and_falls()
    {
        var (merged, own) = (Body(1), Body(2));
        using var surgery = Surgery.Fit(merged, [own, Body(3)], tasks, rank: 4, steps: 400, learningRate: 0.01);
        using (no_grad())
        {
            var (z, wanted) = (merged.call(tasks[0].Inputs), own.call(tasks[0].Inputs));
            Assert.Equal((z - wanted).abs().mean().item<float>(), surgery.Biases[0].Before, 5);
            Assert.Equal((surgery.For("digits").call(z) - wanted).abs().mean().item<float>(), surgery.Biases[0].After, 5);
        }
        Assert.All(surgery.Biases, bias => Assert.True(bias.After < 0.8 * bias.Before, $"{bias}"));
    }

    // z > 0 in one direction w: relu(W_down z) W_up can be c w, and the mean of |b - c| over rows is least at the median of b.
    [Fact]
    public void In_one_dimension_it_ends_at_the_least_absolute_deviation()
    {
        double[] shifts = [0.1, 0.2, 0.3, 0.7, 3.0];
        var ones = torch.ones(5, 1, ScalarType.Float64);
        // Merged features are all 1; the individual's are 1 - b.
        var own = new Fixed(1 - tensor(shifts).view(5, 1));
        using var surgery = Surgery.Fit(new Fixed(ones), [own], [new("one", ones, nn.Identity())], rank: 8, steps: 4000, batch: 5,
            learningRate: 5e-4);
        Assert.Equal(shifts.Average(), surgery.Biases[0].Before, 12);
        Assert.Equal(shifts.Average(b => Math.Abs(b - 0.3)), surgery.Biases[0].After, 2);
        Assert.Equal(0.7, surgery.For("one").call(ones)[0, 0].item<double>(), 1);
    }

    private sealed class Fixed(Tensor features) : nn.Module<Tensor, Tensor>("fixed")
    {
        public override Tensor forward(Tensor x) => features.alias();
    }

    [Fact]
    public void A_merge_and_its_modules_have_the_same_surgery()
    {
        nn.Module<Tensor, Tensor>[] own = [Body(2), Body(3)];
        var (theta0, merged) = (Body(1), Body(4));
        var merge = Merge.Of(theta0, own).TaskArithmetic(0.4);
        merge.Into(merged);
        var untouched = theta0.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        using var fromModules = Surgery.Fit(merged, own, tasks, rank: 2, steps: 30, seed: 5);
        using var fromMerge = Surgery.Fit(merge, theta0, tasks, rank: 2, steps: 30, seed: 5);
        Pool.SameBits(fromModules.state_dict(), fromMerge.state_dict());
        Assert.Equal(fromModules.Biases, fromMerge.Biases);
        Pool.SameBits(untouched, theta0.state_dict());
        Assert.True(theta0.training);
        // A task's module does not depend on what other tasks there are.
        using var alone = Surgery.Fit(merged, [own[1]], [tasks[1]], rank: 2, steps: 30, seed: 5);
        Assert.Equal(fromModules.Biases[1], alone.Biases[0]);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        string Refused(Func<object> body) => Assert.Throws<ArgumentException>(body).Message;
        string Undeclared(Func<object> body) => Assert.Throws<DeclarationException>(body).Message;
        nn.Module<Tensor, Tensor>[] own = [Body(2), Body(3)];
        Assert.Contains("there are 2 tasks ('digits' and 'letters'), but 1 bodies", Refused(() => Surgery.Fit(Body(1), [Body(2)], tasks)));
        Assert.Contains("there are 2 tasks ('digits' and 'letters'), but 1 bodies",
            Refused(() => Surgery.Fit(Merge.Of(Body(1), Body(2)).Average(), Body(1), tasks)));
        Assert.Contains("at least one task", Refused(() => Surgery.Fit(Body(1), [], [])));
        Assert.Contains("task 'digits': the merged body gives features [60, 5], but the task's own body [60, 3]",
            Refused(() => Surgery.Fit(Body(1), [nn.Linear(6, 3), Body(2)], tasks)));
        Assert.Contains("Flatten gives [360] for inputs [60, 6]; expected features [rows, ..., d]",
            Refused(() => Surgery.Fit(nn.Flatten(0), own, tasks)));
        Assert.Contains("the inputs are [0, 6]", Refused(() => Surgery.Fit(Body(1), [Body(2)], [Task("none", 1, 0)])));
        Assert.Contains("'digits' is named twice", Undeclared(() => Surgery.Fit(Body(1), own, [tasks[0], tasks[0]])));
        Assert.Contains("rank of at least 1, but got 0", Undeclared(() => Surgery.Fit(Body(1), own, tasks, rank: 0)));
        Assert.Contains("0 steps or more, but got -1", Undeclared(() => Surgery.Fit(Body(1), own, tasks, steps: -1)));
        Assert.Contains("at least 1 row in a batch", Undeclared(() => Surgery.Fit(Body(1), own, tasks, batch: 0)));
        Assert.Contains("learning rate above 0, but got NaN", Undeclared(() => Surgery.Fit(Body(1), own, tasks, learningRate: double.NaN)));
        using var surgery = Surgery.Fit(Body(1), own, tasks, steps: 0);
        Assert.Contains("no task 'digit'; did you mean 'digits'?", Refused(() => surgery.For("digit")));
    }
}
