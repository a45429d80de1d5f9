using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Merging;

/// <summary>Merges with a coefficient for each tensor and task, and DOGE's (card 002, 1 and 2), in Float64.</summary>
public sealed class CoefficientTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Dictionary<string, Tensor> theta0 = Pool.Gaussian(4)[0];
    private readonly Dictionary<string, Tensor>[] tuned = Pool.Gaussian(4)[1..];
    private static readonly string[] Names = ["a.bias", "head.weight", "scale", "z.weight"];

    public void Dispose() => scope.Dispose();

    private MergePool All => Merge.Of(theta0, tuned);

    private static Tensor Random(int seed, params long[] shape) => Values.Normal(seed, shape).to(ScalarType.Float64);

    private static Dictionary<string, double[]> Each(params double[] values) => Names.ToDictionary(name => name, _ => values);

    [Fact]
    public void Equal_coefficients_are_task_arithmetic_and_one_alone_is_that_model()
    {
        Pool.Near(Pool.Flat(All.TaskArithmetic(0.3)), Pool.Flat(All.Coefficients(MergeCoefficients.Constant(0.3))));
        Pool.Near(Pool.Flat(All.TaskArithmetic(0.3, -1, 2)), Pool.Flat(All.Coefficients(Each(0.3, -1, 2))), 0);
        Pool.Near(Pool.Flat(tuned[1]), Pool.Flat(All.Coefficients(Each(0, 1, 0))));
        Pool.Near(Pool.Flat(theta0), Pool.Flat(All.Coefficients(Each(0, 0, 0))), 0);
    }

    [Fact]
    public void Vectors_of_TIES_add_up_to_what_TIES_sums()
    {
        Pool.Near(Pool.Flat(All.Ties(0.3, 1, TiesReduction.Sum)), Pool.Flat(All.Coefficients(Each(1, 1, 1), TaskVectorRule.Ties(0.3))));
        // Apart they are the trimmed vectors where the signs agree: 3 and -2 disagree, 3 is elected.
        static Dictionary<string, Tensor> Model(params double[] values) => new() { ["w"] = tensor(values) };
        var pool = Merge.Of(Model(0, 0, 0, 0), Model(3, 0.1, 4, -5), Model(-2, 0.2, 6, 0.3));
        double[] Apart(params double[] lambda) => Pool.Flat(pool.Coefficients(new Dictionary<string, double[]> { ["w"] = lambda },
            TaskVectorRule.Ties(0.75)));
        Assert.Equal([3, 0, 4, -5], Apart(1, 0));
        Assert.Equal([0, 0, 6, 0], Apart(0, 1));
    }

    [Fact]
    public void The_same_bits_come_from_files()
    {
        using var folder = new Polytask.Tests.Data.TemporaryFolder();
        var paths = tuned.Prepend(theta0).Select((model, i) =>
        {
            var path = Path.Combine(folder.Path, $"{i}.safetensors");
            SafeTensors.Save(path, model);
            return path;
        }).ToArray();
        var files = Merge.Of(paths[0], paths[1..]);
        foreach (var vectors in new[] { TaskVectorRule.Plain, TaskVectorRule.Ties(0.3), TaskVectorRule.Doge(new() { Steps = 3 }) })
        {
            var lambda = MergeCoefficients.EqualNormsOfMedian(0.4);
            Pool.SameBits(All.Coefficients(lambda, vectors).ToDictionary(), files.Coefficients(lambda, vectors).ToDictionary());
        }
    }

    [Fact]
    public void By_norms_every_task_weighs_the_same_in_a_tensor()
    {
        for (var t = 0; t < 3; t++)
        {
            var one = Merge.Of(theta0, tuned[t]);
            var merged = one.Coefficients(MergeCoefficients.EqualNorms(0.07)).ToDictionary();
            foreach (var name in Names) Assert.Equal(0.07, (merged[name] - theta0[name]).norm().item<double>(), 12);
        }
        // The median of norms 0 (left out), 5, 13, 1, 2 and 10 is 5.
        static Dictionary<string, Tensor> Model(double a, double b) => new() { ["a"] = tensor([a, 0]), ["b"] = tensor([0, b]).reshape(1, 2) };
        var pool = Merge.Of(Model(0, 0), Model(5, -13), Model(1, 2), Model(0, 10));
        var found = pool.Coefficients(MergeCoefficients.EqualNormsOfMedian(0.1)).ToDictionary();
        // eta = 0.5: 0.5 + 0.5 + 0, and -0.5 + 0.5 + 0.5.
        Pool.Near([1, 0, 0, 0.5], Pool.Flat(found));
    }

    [Fact]
    public void DOGE_without_mask_and_correction_is_task_arithmetic_of_matrices()
    {
        var plain = new DogeOptions { Keep = 1, Steps = 0, Coefficients = MergeCoefficients.Constant(0.4) };
        var (merged, expected) = (All.Doge(plain).ToDictionary(), All.TaskArithmetic(0.4).ToDictionary());
        foreach (var name in new[] { "z.weight", "head.weight" })
            Pool.Near(expected[name].Numbers(), merged[name].Numbers());
        foreach (var name in new[] { "a.bias", "scale" }) Pool.Near(theta0[name].Numbers(), merged[name].Numbers(), 0);
        // Nothing kept is the base.
        Pool.Near(Pool.Flat(theta0), Pool.Flat(All.Doge(new() { Keep = 0, Steps = 2 })));
    }

    [Fact]
    public void The_mask_is_of_the_task_vectors_and_over_all_matrices()
    {
        static Dictionary<string, Tensor> Model(double[] a, double[] b, double bias) => new()
        {
            ["a"] = tensor(a).reshape(2, 2),
            ["b"] = tensor(b).reshape(1, 2),
            ["bias"] = tensor([bias]),
        };
        var pool = Merge.Of(Model([0, 0, 0, 0], [0, 0], 0), Model([1, -2, 3, 0.1], [9, -8], 100), Model([5, 0.2, 0.3, -6], [0.1, 7], 100));
        DogeOptions options = new() { Keep = 0.5, Steps = 0, Coefficients = MergeCoefficients.Constant(1) };
        // The three largest of each: 9, -8, 3 and 7, -6, 5; the bias takes no place among them.
        Pool.Near([5, 0, 3, -6, 9, -1, 0], Pool.Flat(pool.Doge(options)));
    }

    [Fact]
    public void The_surrogate_is_its_definition_and_its_gradient_that_of_finite_differences()
    {
        Tensor[] taus = [.. Enumerable.Range(0, 3).Select(t => Random(t, 4, 6))];
        double[] lambda = [0.3, 0.5, 0.2];
        var delta = Random(9, 4, 6);
        var surrogate = new DogeCorrection.Surrogate(stack(taus, 1), lambda);
        double J(Tensor at)
        {
            var merged = taus.Zip(lambda, (tau, scale) => scale * (tau + at)).Aggregate((x, y) => x + y);
            return taus.Sum(tau => (tau * (tau - merged)).sum([1L]).square().sum().item<double>());
        }
        Assert.Equal(J(delta), surrogate.Residuals(delta).square().sum().item<double>(), 10);
        var gradient = surrogate.Gradient(surrogate.Residuals(delta));
        for (var a = 0; a < 4; a++)
            for (var b = 0; b < 6; b++)
            {
                var move = zeros_like(delta);
                move[a, b] = 1e-5;
                Assert.Equal((J(delta + move) - J(delta - move)) / 2e-5, gradient[a, b].item<double>(), 5);
            }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Plain_descent_reaches_the_least_correction_that_solves_all_equations(int outputs)
    {
        Tensor[] taus = [.. Enumerable.Range(0, 3).Select(t => Random(t, outputs, 12))];
        double[] lambda = [0.3, 0.5, 0.4];
        DogeOptions options = new() { Steps = 3000, LearningRate = 0.01, IsPlainDescent = true, IsProjected = false };
        var (delta, objective) = DogeCorrection.Find(taus, lambda, options);
        Assert.Equal(3001, objective.Length);
        Assert.InRange(objective[^1], 0, 1e-12);
        Assert.True(objective[0] > 1);
        var merged = taus.Zip(lambda, (tau, scale) => scale * tau).Aggregate((x, y) => x + y);
        for (var a = 0; a < outputs; a++)
        {
            var rows = stack([.. taus.Select(tau => tau[a])]);
            var right = (rows * (rows - merged[a])).sum([1L], keepdim: true);
            Pool.Near((linalg.pinv(rows).matmul(right).squeeze(1) / lambda.Sum()).Numbers(), delta[a].Numbers(), 1e-6);
        }
    }

    [Fact]
    public void The_correction_stays_out_of_the_subspace_that_the_tasks_share()
    {
        Tensor[] taus = [.. Enumerable.Range(0, 3).Select(t => Random(t, 24, 30))];
        double[] lambda = [0.3, 0.5, 0.4];
        var shared = DogeCorrection.SharedDirections(taus, 6)!;
        Assert.Equal([24L, 4L], shared.shape);
        Pool.Near(eye(4, dtype: ScalarType.Float64).Numbers(), shared.t().matmul(shared).Numbers());
        var plain = DogeCorrection.Find(taus, lambda, new() { Steps = 50, LearningRate = 1e-3, IsPlainDescent = true });
        Assert.True(plain.Objective[^1] < 0.7 * plain.Objective[0]);
        Assert.InRange(shared.t().matmul(plain.Delta).norm().item<double>() / plain.Delta.norm().item<double>(), 0, 1e-10);
        // Without projection it does not stay out; tasks whose number exceeds the sides share no direction.
        var free = DogeCorrection.Find(taus, lambda, new() { Steps = 50, LearningRate = 1e-3, IsPlainDescent = true, IsProjected = false });
        Assert.True(shared.t().matmul(free.Delta).norm().item<double>() / free.Delta.norm().item<double>() > 0.1);
        Assert.Null(DogeCorrection.SharedDirections([.. taus.Select(tau => tau[..2])], 6));
    }

    [Fact]
    public void Directions_that_all_tasks_share_are_found()
    {
        // All vectors act on the same two directions of outputs, each on two of its own too.
        var u = linalg.qr(Random(1, 12, 12)).Q;
        Tensor[] taus = [.. Enumerable.Range(0, 3).Select(t => 10 * u.narrow(1, 0, 2).matmul(Random(10 + t, 2, 12))
            + u.narrow(1, 2 + 2 * t, 2).matmul(Random(20 + t, 2, 12)))];
        var shared = DogeCorrection.SharedDirections(taus, 6)!;
        Assert.Equal(Math.Sqrt(2), shared.t().matmul(u.narrow(1, 0, 2)).norm().item<double>(), 10);
    }

    [Fact]
    public void Adam_s_correction_lowers_the_surrogate_on_any_scale()
    {
        Tensor[] taus = [.. Enumerable.Range(0, 4).Select(t => Random(t, 16, 40))];
        double[] lambda = [0.3, 0.3, 0.3, 0.3];
        var (delta, objective) = DogeCorrection.Find(taus, lambda, new());
        Assert.True(objective[^1] < objective[0] / 50, $"{objective[0]} to {objective[^1]}");
        // Of vectors 1e-4 times as long it is 1e-4 times as long, J 1e-16 times as large.
        var (small, few) = DogeCorrection.Find([.. taus.Select(tau => 1e-4 * tau)], lambda, new());
        Assert.InRange((1e4 * small - delta).abs().max().item<double>(), 0, 1e-6);
        Assert.Equal(1, few[^1] / objective[^1] * 1e16, 4);
    }

    [Fact]
    public void Iso_CTS_with_common_directions_alone_is_Iso_C()
    {
        Pool.Near(Pool.Flat(All.IsotropicC(1.5)), Pool.Flat(All.IsotropicCts(1, 1.5)));
        var values = linalg.svdvals(All.IsotropicCts().ToDictionary()["z.weight"] - theta0["z.weight"]).Numbers();
        Assert.InRange(values.Max() - values.Min(), 0, 1e-10);
    }
}
