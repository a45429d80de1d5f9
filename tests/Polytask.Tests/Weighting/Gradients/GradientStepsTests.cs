using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Weightings;

/// <summary>Weightings in a loop of one's own, on losses whose gradients are known: L_t = |a_t ∘ x|² / 2 + b_t · y.</summary>
public class GradientStepsTests
{
    private static readonly double[][] A = [[1, -2, 0.5], [-1, 1, 3]], B = [[2, 1], [-3, 0.5]];

    private static (Tensor X, Tensor Y, Tensor[] Losses, double[][] Rows) Problem(double at)
    {
        var x = tensor(new[] { at, 0.5, -1 }, requires_grad: true);
        var y = tensor(new[] { 0.25, at }, requires_grad: true);
        Tensor[] losses = [.. A.Zip(B, (a, b) => (tensor(a) * x).pow(2).sum() / 2 + tensor(b).dot(y))];
        double[] here = [at, 0.5, -1];
        return (x, y, losses, [.. A.Zip(B, (a, b) => a.Select((value, i) => value * value * here[i]).Concat(b).ToArray())]);
    }

    private static double[] Gradient(Tensor x, Tensor y) => [.. x.grad!.Numbers(), .. y.grad!.Numbers()];

    [Fact]
    public void The_combined_gradient_is_added_and_the_weights_returned()
    {
        foreach (var weighting in new[] { Weighting.PCGrad(), Weighting.UPGrad(), Weighting.Mgda(), Weighting.CAGrad(0.5) })
        {
            var (x, y, losses, rows) = Problem(2);
            var expected = weighting.Weights(rows, [.. losses.Select(loss => loss.item<double>())]);
            var w = weighting.Backward(losses, [x, y], retainGraph: true);
            Rows.Near(expected, w.Numbers(), 1e-9);
            Rows.Near(rows.Combine(expected), Gradient(x, y), 1e-9);
            weighting.Backward(losses, [x, y]);
            Rows.Near(rows.Combine(expected).Times(2), Gradient(x, y), 1e-9);
        }
    }

    [Fact]
    public void Gradients_outlive_the_scope_of_the_step()
    {
        var (x, y, losses, rows) = Problem(1);
        using (NewDisposeScope()) Weighting.GradientSum().Backward(losses, [x, y]);
        Rows.Near(rows[0].Plus(rows[1]), Gradient(x, y), 1e-12);
    }

    [Fact]
    public void A_rule_with_memory_is_started_once()
    {
        var (rule, other) = (Weighting.GradVac(0.5).Start(2), Weighting.GradVac(0.5).Start(2));
        foreach (var at in new[] { 2.0, -1, 0.5 })
        {
            var (x, y, losses, rows) = Problem(at);
            rule.Backward(losses, [x, y]);
            Rows.Near(rows.Combine(other.Weights(rows)), Gradient(x, y), 1e-9);
        }
    }

    [Fact]
    public void A_rule_on_three_batches_reads_two_and_combines_the_third()
    {
        var x = tensor(new[] { 2.0, 0.5 }, requires_grad: true);
        double[][][] rows = [[[1, 2], [0.5, -3]], [[-1, 1], [2, 2]], [[4, 0], [1, -1]]];
        Tensor[] Losses(int batch) => [.. rows[batch].Select(row => tensor(row).dot(x))];
        var weighting = Weighting.SdmGrad(lambda: 0.5, rate: 0.1, iterations: 3);
        var (rule, other) = (weighting.Start(2), weighting.Start(2));
        for (var step = 0; step < 2; step++)
        {
            x.grad = null;
            var w = weighting.Backward(rule, Losses(0), Losses(1), Losses(2), [x]);
            var cross = tensor(new[,] { { rows[0][0].Dot(rows[1][0]), rows[0][0].Dot(rows[1][1]) }, { rows[0][1].Dot(rows[1][0]), rows[0][1].Dot(rows[1][1]) } });
            double[] expected = [.. other.call(cross, ones(2, dtype: ScalarType.Float64)).Numbers().Select(value => (value + 0.25) / 1.5)];
            Rows.Near(expected, w.Numbers(), 1e-12);
            Rows.Near(rows[2].Combine(expected), x.grad!.Numbers(), 1e-12);
        }
        Assert.Contains("reads the gradients of three batches", Assert.Throws<InvalidOperationException>(() => rule.Backward(Losses(0), [x])).Message);
    }

    [Fact]
    public void A_weighting_with_memory_is_refused_without_a_rule()
    {
        var (x, y, losses, _) = Problem(2);
        Assert.Equal("GradVac remembers past steps, which would be lost here: start it once, var rule = weighting.Start(tasks), "
            + "and call rule.Backward(losses, parameters) in each step",
            Assert.Throws<InvalidOperationException>(() => Weighting.GradVac().Backward(losses, [x, y])).Message);
        Assert.Throws<InvalidOperationException>(() => Weighting.MoCo().Backward(losses, [x, y]));
        Assert.Null(x.grad);
    }

    [Fact]
    public void Rules_on_rows_add_their_direction()
    {
        var (x, y, losses, rows) = Problem(2);
        Weighting.TrimmedMean(0).Backward(losses, [x, y], retainGraph: true);
        Rows.Near(rows.Mean(), Gradient(x, y), 1e-12);
        var rule = Weighting.DbMtl(beta: 0).Start(2);
        rule.Backward(losses, [x, y]);
        var longest = rows.Max(row => row.Length());
        Rows.Near(rows.Mean().Plus(rows.Combine([.. rows.Select(row => longest / row.Length())])), Gradient(x, y), 1e-9);
    }

    [Fact]
    public void Logs_are_read_where_the_weighting_says_so()
    {
        var (x, y, losses, rows) = Problem(2);
        ((GradientWeighting)Weighting.GradientSum().OfLogs()).Backward(losses, [x, y]);
        Rows.Near(rows.Combine([.. losses.Select(loss => 1 / loss.item<double>())]), Gradient(x, y), 1e-9);
    }
}
