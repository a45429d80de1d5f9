using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Weightings;

public class ForumTests
{
    private const double Alpha = 0.3;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_first_direction_is_the_best_for_the_worst_served_task_that_lets_q_fall_as_asked(int inner)
    {
        const double rho = 0.4;
        using var problem = new TwoLevels();
        var rule = Weighting.Forum(alpha: Alpha, inner: inner, rho: rho).Start("a", "b", "c");
        rule.Backward(problem.Lower, problem.Upper, problem.Parameters);
        double[] third = [1.0 / 3, 1.0 / 3, 1.0 / 3];

        // grad q: by lambda, at equal weights, of the losses here less those after the inner steps; by theta, the gradient of the training losses.
        using var ahead = new TwoLevels();
        for (var step = 0; step < inner; step++)
        {
            var (down, place) = (ahead.Descent(third), 0);
            using var untracked = no_grad();
            foreach (var parameter in ahead.Parameters)
            {
                var size = (int)parameter.NumberOfElements;
                parameter.sub_(Alpha * tensor(down[place..(place + size)]).reshape(parameter.shape));
                place += size;
            }
        }
        var gains = problem.Lower().Zip(ahead.Lower(), (here, there) => (here - there).item<double>()).ToArray();
        double[] q = [.. gains.Select(gain => (gain - gains.Average()) / 3), .. problem.Descent(third)];
        var f = problem.Upper().Select(loss => new double[TwoLevels.Tasks].Concat(
            autograd.grad([loss], problem.Parameters, retain_graph: true).SelectMany(gradient => gradient.Numbers())).ToArray()).ToArray();

        // d as the rule gave it: by lambda what Adam was given (its mean moved by a tenth), by theta the gradients.
        double[] d = [.. (rule.get_buffer("mean")! * -10).Numbers(), .. problem.Parameters.SelectMany(parameter => (-parameter.grad!).Numbers())];
        var pi = rule.get_buffer("pi")!.Numbers();
        var square = q.Dot(q);
        var nu = Math.Max(rho - q.Dot(f.Combine(pi)) / square, 0);
        Rows.Near(f.Combine(pi).Plus(q, nu).Times(-1), d, 1e-9);
        Optimal(f, q, pi, rho * square);
    }

    [Fact]
    public void The_weights_solve_the_problem_of_the_direction()
    {
        var bound = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            var tasks = 1 + seed % 6;
            var rows = Rows.Normal(seed, tasks + 1, 2 + seed % 9);
            var (f, q) = (rows[..tasks], rows[tasks].Times(seed % 3 == 0 ? 0.01 : 1));
            if (seed % 5 == 0) f[0] = q.Times(-2); // straight against the constraint
            if (seed % 7 == 0) f[^1] = f[0];
            var phi = seed % 4 * 0.2 * q.Dot(q);
            var pi = SimplexRayQuadratic.Minimum(f.Gramian(), [.. f.Select(row => row.Dot(q))], q.Dot(q), phi);
            Assert.Equal(1, pi.Sum(), 1e-12);
            Assert.All(pi, weight => Assert.True(weight >= 0));
            if (Optimal(f, q, pi, phi) > 0) bound++;
        }
        Assert.InRange(bound, 50, 250);
        Rows.Near([0.5, 0.5], SimplexRayQuadratic.Minimum(new double[2, 2], new double[2], 0, 0), 1e-12);
    }

    // Karush-Kuhn-Tucker, enough for a convex problem; nu.
    private static double Optimal(double[][] f, double[] q, double[] pi, double phi)
    {
        var nu = Math.Max((phi - q.Dot(f.Combine(pi))) / q.Dot(q), 0);
        var d = f.Combine(pi).Plus(q, nu).Times(-1);
        var slopes = f.Select(row => row.Dot(d)).ToArray();
        var scale = Math.Max(f.Max(row => row.Dot(row)), q.Dot(q)) * 1e-6;
        Assert.True(q.Dot(d) <= -phi + scale);
        foreach (var (slope, weight) in slopes.Zip(pi))
            Assert.True(weight < 1e-6 || slope > slopes.Max() - scale, $"{weight} at {slope}, worst {slopes.Max()}");
        return nu;
    }

    [Theory]
    [InlineData(0.3, 0.3)]
    [InlineData(0.3, 0.6)]
    public void Weights_come_to_where_the_best_parameters_for_them_are_best_on_held_out_rows(double one, double other)
    {
        // Training losses |theta - t|² / 2 for t = 0, 1 are least together at theta = w_1; the held-out ones at `one` and `other`.
        using var scope = NewDisposeScope();
        var theta = full(1, 2.0, dtype: ScalarType.Float64).requires_grad_();
        var rule = Weighting.Forum(rate: 0.03, alpha: 0.5, inner: 4, rho: 0.5).Start("zero", "one");
        for (var step = 0; step < 800; step++)
        {
            using var inside = NewDisposeScope();
            theta.grad = null;
            rule.Backward(() => [theta.square().sum() / 2, (theta - 1).square().sum() / 2],
                () => [(theta - one).square().sum() / 2, (theta - other).square().sum() / 2], [theta]);
            using (no_grad()) theta.sub_(0.1 * theta.grad!);
        }
        var (place, w) = (theta.item<double>(), rule.get_buffer("lambda")!.softmax(0)[1].item<double>());
        // Anywhere from `one` to `other` no held-out loss falls without the other's rise.
        Assert.InRange(place, one - 1e-6, other + 1e-6);
        Assert.Equal(place, w, 2e-3);
    }

    [Fact]
    public void Settings_that_do_not_fit_are_refused()
    {
        string Of(Func<object> declare) => Assert.Throws<DeclarationException>(declare).Message;
        Assert.Equal("FORUM's learning rate is a finite number above 0, but got 0", Of(() => Weighting.Forum(rate: 0)));
        Assert.Equal("FORUM's alpha is a finite number above 0, but got 0", Of(() => Weighting.Forum(alpha: 0)));
        Assert.Equal("FORUM looks at least 1 step ahead, but got 0", Of(() => Weighting.Forum(inner: 0)));
        Assert.Equal("FORUM's rho is a finite number above 0, but got -1", Of(() => Weighting.Forum(rho: -1)));
    }
}
