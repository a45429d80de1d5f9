using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Weightings;

public class MomlTests
{
    private const double Alpha = 0.3;

    private static double[] FirstHypergradient(BilevelRule rule) => (rule.get_buffer("mean")! * 10).Numbers();

    private static double[] Softmax(double[] lambda)
    {
        var powers = Array.ConvertAll(lambda, Math.Exp);
        return powers.Times(1 / powers.Sum());
    }

    // By central differences over lambda at 0: a row for each held-out loss.
    private static double[][] Hypergradients(TwoLevels problem)
    {
        double[] At(int task, double step) =>
            problem.Ahead(1, problem.Descent(Softmax([.. new double[TwoLevels.Tasks].Select((_, i) => i == task ? step : 0)])), Alpha);
        var columns = Enumerable.Range(0, TwoLevels.Tasks).Select(task => At(task, 1e-5).Plus(At(task, -1e-5), -1).Times(1 / 2e-5)).ToArray();
        return [.. Enumerable.Range(0, TwoLevels.Tasks).Select(row => columns.Select(column => column[row]).ToArray())];
    }

    [Theory]
    [InlineData(MgdaNormalization.None)]
    [InlineData(MgdaNormalization.Length)]
    [InlineData(MgdaNormalization.Loss)]
    public void Lambda_descends_on_what_mgda_makes_of_the_central_differences_of_all_held_out_losses(MgdaNormalization normalization)
    {
        using var problem = new TwoLevels(agreement: 2);
        var h = Hypergradients(problem);
        var losses = problem.Ahead(1, problem.Descent(Softmax(new double[TwoLevels.Tasks])), Alpha);
        var expected = h.Combine(Weighting.Mgda(normalization).Weights(h, losses));
        var rule = Weighting.Moml(alpha: Alpha, normalization: normalization).Start("a", "b", "c");
        rule.Backward(problem.Lower, problem.Upper, problem.Parameters);
        var found = FirstHypergradient(rule);
        Assert.True(expected.Length() > 1e-4, $"{expected.Length()}");
        foreach (var (value, other) in found.Zip(expected)) Assert.Equal(other, value, 1e-7);
        // No held-out loss rises along it.
        if (normalization == MgdaNormalization.None) Assert.All(h, row => Assert.True(row.Dot(found) > -1e-10));
    }

    [Fact]
    public void The_step_has_the_gradient_of_both_halves_with_weights_that_sum_to_1()
    {
        using var problem = new TwoLevels(agreement: 2);
        var rule = Weighting.Moml(rate: 0.05, alpha: Alpha).Start("a", "b", "c");
        var weights = rule.Backward(problem.Lower, problem.Upper, problem.Parameters);
        Rows.Near(Softmax(rule.get_buffer("lambda")!.Numbers()), weights.Numbers(), 1e-12);
        Assert.True(Math.Abs(weights[0].item<double>() - 1.0 / 3) > 0.01);
        var mean = (stack([.. problem.Lower()]) + stack([.. problem.Upper()])) / 2;
        foreach (var (gradient, parameter) in autograd.grad([(mean * weights).sum()], problem.Parameters).Zip(problem.Parameters))
            Assert.True(gradient.allclose(parameter.grad!, 1e-12, 1e-12));
    }

    [Fact]
    public void Identical_tasks_keep_one_weight_and_opposed_ones_are_left_where_neither_can_gain()
    {
        using var scope = NewDisposeScope();
        double[] Weights(Func<Tensor, Tensor[]> losses, int tasks)
        {
            var theta = full(2, 0.25, dtype: ScalarType.Float64).requires_grad_();
            var rule = Weighting.Moml(rate: 0.1, alpha: 0.1).Start([.. Enumerable.Range(0, tasks).Select(task => $"{task}")]);
            var weights = zeros(tasks);
            for (var step = 0; step < 20; step++)
            {
                theta.grad = null;
                weights = rule.Backward(() => losses(theta), () => losses(theta), [theta]);
                using (no_grad()) theta.sub_(0.05 * theta.grad!);
            }
            return weights.Numbers();
        }
        var a = tensor(new[] { 1.0, -2 });
        Rows.Near([0.5, 0.5], Weights(theta => [(theta - a).square().sum(), (theta - a).square().sum()], 2), 1e-12);
        Rows.Near([0.5, 0.5], Weights(theta => [(theta - 1).square().sum(), (theta + 1).square().sum()], 2), 1e-5);
        // A third task that runs against two copies leaves them equal.
        var three = Weights(theta => [(theta - a).square().sum(), (theta - a).square().sum(), (theta - 5).square().sum()], 3);
        Assert.Equal(three[0], three[1], 1e-9);
    }

    [Fact]
    public void Settings_that_do_not_fit_are_refused()
    {
        Assert.Equal("MOML's learning rate is a finite number above 0, but got -1",
            Assert.Throws<DeclarationException>(() => Weighting.Moml(rate: -1)).Message);
        Assert.Equal("MOML's alpha is a finite number above 0, but got 0", Assert.Throws<DeclarationException>(() => Weighting.Moml(alpha: 0)).Message);
    }
}
