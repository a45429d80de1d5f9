using Polytask.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Weightings;

public class AutoLambdaTests
{
    private const double Alpha = 0.3;

    // Adam's mean starts at 0 and has moved by a tenth of the first gradient.
    private static double[] FirstHypergradient(BilevelRule rule) => (rule.get_buffer("mean")! * 10).Numbers();

    [Theory]
    [InlineData]
    [InlineData("b")]
    [InlineData("c", "a")]
    public void The_hypergradient_is_the_central_difference_over_lambda(params string[] primary)
    {
        using var problem = new TwoLevels();
        string[] names = ["a", "b", "c"];
        double Outer(double[] lambda) => problem.Ahead(1, problem.Descent(lambda), Alpha)
            .Where((_, task) => primary.Length == 0 || primary.Contains(names[task])).Sum();
        var rule = Weighting.AutoLambda(primary, alpha: Alpha).Start(names);
        rule.Backward(problem.Lower, problem.Upper, problem.Parameters);
        var found = FirstHypergradient(rule);
        for (var task = 0; task < names.Length; task++)
        {
            double At(double step) => Outer([.. Enumerable.Range(0, names.Length).Select(other => 0.1 + (other == task ? step : 0))]);
            Assert.Equal((At(1e-5) - At(-1e-5)) / 2e-5, found[task], 1e-8);
        }
    }

    [Fact]
    public void The_papers_difference_along_the_held_out_gradient_comes_to_the_same()
    {
        using var problem = new TwoLevels();
        var rule = Weighting.AutoLambda(alpha: Alpha).Start("a", "b", "c");
        rule.Backward(problem.Lower, problem.Upper, problem.Parameters);
        var found = FirstHypergradient(rule);
        // v = grad of the held-out losses at theta', itself by differences; then (L_t(theta + eps v) - L_t(theta - eps v)) / 2 eps.
        var ahead = problem.Descent([0.1, 0.1, 0.1]);
        var v = ahead.Select((_, i) =>
        {
            double At(double step) => problem.Ahead(1, ahead.Times(Alpha).Plus([.. ahead.Select((_, j) => i == j ? -step : 0)]), 1).Sum();
            return (At(1e-5) - At(-1e-5)) / 2e-5;
        }).ToArray();
        var eps = 1e-3 / v.Length();
        var (plus, minus) = (problem.Ahead(0, v, -eps), problem.Ahead(0, v, eps));
        for (var task = 0; task < found.Length; task++) Assert.Equal(-Alpha * (plus[task] - minus[task]) / (2 * eps), found[task], 1e-5);
    }

    [Fact]
    public void The_step_has_the_gradient_of_the_losses_of_both_halves_with_the_new_lambda()
    {
        using var problem = new TwoLevels();
        var before = problem.Parameters.Select(parameter => parameter.Numbers()).ToArray();
        var weights = Weighting.AutoLambda(rate: 0.01, alpha: Alpha).Start("a", "b", "c").Backward(problem.Lower, problem.Upper, problem.Parameters);
        Assert.Equal(before, problem.Parameters.Select(parameter => parameter.Numbers()));
        // Adam's first step is the learning rate, whatever the gradient.
        Assert.All(weights.Numbers(), weight => Assert.Equal(0.01, Math.Abs(weight - 0.1), 1e-6));
        var mean = (stack([.. problem.Lower()]) + stack([.. problem.Upper()])) / 2;
        var expected = autograd.grad([(mean * weights).sum()], problem.Parameters);
        foreach (var (gradient, parameter) in expected.Zip(problem.Parameters)) Assert.True(gradient.allclose(parameter.grad!, 1e-12, 1e-12));
    }

    [Fact]
    public void A_helper_gains_weight_and_a_harmful_task_loses_all_of_its_own()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new[] { 1.0, -0.5 });
        var theta = zeros(2, ScalarType.Float64).requires_grad_();
        Tensor[] Losses() => [(theta - a).square().sum(), (theta - a).square().sum() + 3, (theta + 10 * a).square().sum()];
        var rule = Weighting.AutoLambda(["main"], rate: 0.005, alpha: 0.05).Start("main", "helper", "harmful");
        var trail = new List<double[]>();
        for (var step = 0; step < 60; step++)
        {
            theta.grad = null;
            trail.Add(rule.Backward(Losses, Losses, [theta]).Numbers());
            // At 0: g = (-2a, -2a, 20a), theta' = theta - 1.6 alpha a, and the gradient there is -2 (1 + 1.6 alpha) a.
            if (step == 0)
            {
                var scale = -0.05 * -2 * (1 + 1.6 * 0.05) * 1.25;
                Assert.Equal([-2 * scale, -2 * scale, 20 * scale], FirstHypergradient(rule), (x, y) => Math.Abs(x - y) < 1e-12);
            }
            using (no_grad()) theta.sub_(0.05 * theta.grad!);
        }
        // Lambda of the harmful task falls to 0 and no further; the main task and its copy gain the same.
        Assert.Equal(0, trail[^1][2]);
        Assert.All(trail, weights => Assert.True(weights[2] >= 0));
        for (var step = 1; step < 20; step++) Assert.True(trail[step][2] <= trail[step - 1][2]);
        Assert.True(trail[^1][0] > 0.15, $"{trail[^1][0]}");
        Assert.Equal(trail[^1][0], trail[^1][1], 1e-12);
    }

    [Fact]
    public void In_training_a_task_of_random_targets_ends_below_a_copy_of_the_primary_one()
    {
        var rows = Examples.Joint(Problem.X, ("y", Problem.Y), ("copy", Problem.Y), ("noise", 3 * Values.Normal(9, 48)));
        var run = Model.Named("three").Input(5).Backbone(Block.Mlp(8)).Task("y", Head.Regress()).Task("copy", Head.Regress())
            .Task("noise", Head.Regress()).Weigh(Weighting.AutoLambda(["y"], rate: 0.01))
            .Train(new DataSplits(rows, rows, rows), t => t.Adam(0.01).Epochs(30).Batch(24), seed: 1);
        double Last(string task) => run.History.Last(row => row.Split == "train" && row.Key == $"{task}/weight").Value;
        Assert.True(Last("noise") < Last("copy") / 2 && Last("y") > 0.12, $"{Last("y")}, {Last("copy")}, {Last("noise")}");
    }

    [Fact]
    public void Names_and_settings_that_do_not_fit_are_refused()
    {
        string Of(Func<object> declare) => Assert.Throws<DeclarationException>(declare).Message;
        Assert.Equal("Auto-Lambda names the primary task 'incme', but the model has 'income' and 'married'; did you mean 'income'?",
            Of(() => Weighting.AutoLambda(["incme"]).Start("income", "married")));
        Assert.Equal("Auto-Lambda names the primary task 'income' twice; once is enough",
            Of(() => Weighting.AutoLambda(["income", "income"]).Start("income", "married")));
        Assert.Equal("Auto-Lambda's learning rate is a finite number above 0, but got 0", Of(() => Weighting.AutoLambda(rate: 0)));
        Assert.Equal("Auto-Lambda's alpha is a finite number above 0, but got -1", Of(() => Weighting.AutoLambda(alpha: -1)));
        Assert.Contains("nothing to train",
            Assert.Throws<ArgumentException>(() => Weighting.AutoLambda().Start("a").Backward(() => [], () => [], [])).Message);
    }

    [Fact]
    public void A_look_too_far_ahead_names_the_alpha()
    {
        using var scope = NewDisposeScope();
        var theta = ones(1, ScalarType.Float64).requires_grad_();
        Tensor[] Losses() => [theta.square().exp().sum()];
        Assert.Equal("Auto-Lambda: the held-out loss of task 0 (counted from 0) is Infinity ahead of the step; choose a smaller alpha, "
            + "the step of the look",
            Assert.Throws<ArgumentException>(() => Weighting.AutoLambda(alpha: 1e3).Start("a").Backward(Losses, Losses, [theta])).Message);
        Assert.Equal(1, theta.item<double>());
    }
}
