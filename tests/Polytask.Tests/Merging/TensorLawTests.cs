using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Merging;

/// <summary>What must hold exactly of the other methods (card f07, 1 to 3), in Float64.</summary>
public sealed class TensorLawTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Dictionary<string, Tensor> theta0 = Pool.Gaussian(5)[0];
    private readonly Dictionary<string, Tensor>[] tuned = Pool.Gaussian(5)[1..];

    public void Dispose() => scope.Dispose();

    private MergePool All => Merge.Of(theta0, tuned);

    private static Tensor Random(int seed, params long[] shape) => Values.Normal(seed, shape).to(ScalarType.Float64);

    private static Dictionary<string, Tensor> One(Tensor tensor) => new() { ["w"] = tensor };

    private static double Difference(Tensor left, Tensor right) => (left - right).abs().max().item<double>();

    private static Dictionary<string, Tensor>[] Grams(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Random(i, 80, 65))
            .Select(x => new Dictionary<string, Tensor> { ["z.weight"] = x.t().matmul(x) / 80 })];

    private static Dictionary<string, Tensor>[] Fisher(int count) =>
        [.. Pool.Gaussian(count).Select(model => model.ToDictionary(pair => pair.Key, pair => pair.Value.square()))];

    [Fact]
    public void One_model_is_that_model()
    {
        var one = Merge.Of(theta0, tuned[0]);
        foreach (var merged in new[] { one.RegMean(Grams(1), alpha: 1, ridge: 0), one.TaskSingularVectors(), one.Fisher(Fisher(1)), one.Emr()[0] })
            Pool.Near(Pool.Flat(tuned[0]), Pool.Flat(merged));
    }

    [Fact]
    public void Identical_models_stay_as_they_are()
    {
        var same = Merge.Of(theta0, tuned[0], tuned[0]);
        foreach (var merged in new[] { same.RegMean(Grams(2), ridge: 0), same.Fisher(Fisher(2)), same.Slerp(0.3), same.Slerp(0.3, true),
            same.ModelStock() })
            Pool.Near(Pool.Flat(tuned[0]), Pool.Flat(merged));
    }

    [Fact]
    public void The_order_of_the_models_does_not_matter()
    {
        var reversed = Merge.Of(theta0, [.. tuned.Reverse()]);
        foreach (var method in new[] { MergeMethod.ModelStock(), MergeMethod.Consensus(), MergeMethod.Breadcrumbs(), MergeMethod.IsotropicC(),
            MergeMethod.TaskSingularVectors(), MergeMethod.Pcb() })
            Pool.Near(Pool.Flat(All.By(method)), Pool.Flat(reversed.By(method)));
        Pool.Near(Pool.Flat(All.Fisher(Fisher(4))), Pool.Flat(reversed.Fisher([.. Fisher(4).Reverse()])));
        Pool.Near(Pool.Flat(All.RegMean(Grams(4))), Pool.Flat(reversed.RegMean([.. Grams(4).Reverse()])));
        Pool.Near(Pool.Flat(All.Emr()[1]), Pool.Flat(reversed.Emr()[2]));
    }

    [Fact]
    public void SLERP_ends_at_its_models_and_keeps_their_length()
    {
        var pair = Merge.Of(theta0, tuned[..2]);
        Pool.Near(Pool.Flat(tuned[0]), Pool.Flat(pair.Slerp(0)));
        Pool.Near(Pool.Flat(tuned[1]), Pool.Flat(pair.Slerp(1, ofTaskVectors: true)));
        var (x, y) = (Random(1, 50), Random(2, 50));
        var merged = Merge.Of(One(zeros_like(x)), One(x / x.norm()), One(y / y.norm())).Slerp(0.37).ToDictionary()["w"];
        Assert.Equal(1, merged.norm().item<double>(), 12);
        // At a constant speed: 0.37 of the angle.
        var angle = Math.Acos(x.dot(y).item<double>() / (x.norm() * y.norm()).item<double>());
        Assert.Equal(Math.Cos(0.37 * angle), (merged * x).sum().item<double>() / x.norm().item<double>(), 12);
    }

    [Fact]
    public void Vectors_that_are_nearly_parallel_are_interpolated_on_a_line()
    {
        var x = Random(1, 50);
        var y = 3 * x + 0.01 * Random(2, 50);
        Pool.Near((0.25 * x + 0.75 * y).Numbers(), Pool.Flat(Merge.Of(One(zeros_like(x)), One(x), One(y)).Slerp(0.75)));
        Pool.Near((0.75 * y).Numbers(), Pool.Flat(Merge.Of(One(x), One(zeros_like(x)), One(y)).Slerp(0.75)));
    }

    [Fact]
    public void Model_Stock_is_the_average_of_parallel_vectors_and_the_base_of_orthogonal_ones()
    {
        var (start, x) = (Random(1, 4, 5), Random(2, 4, 5));
        var parallel = Merge.Of(One(start), One(start + x), One(start + 2 * x), One(start + 6 * x));
        Pool.Near((start + 3 * x).Numbers(), Pool.Flat(parallel.ModelStock()));
        var (first, second) = (zeros(4, ScalarType.Float64), zeros(4, ScalarType.Float64));
        (first[0], second[3]) = (2, 5);
        Pool.Near([1, 1, 1, 1], Pool.Flat(Merge.Of(One(ones_like(first)), One(1 + first), One(1 + second)).ModelStock()));
        // Opposite ones cancel, and so do none.
        Pool.Near([1, 1, 1, 1], Pool.Flat(Merge.Of(One(ones_like(first)), One(1 + first), One(1 - first)).ModelStock()));
        Pool.Near([1, 1, 1, 1], Pool.Flat(Merge.Of(One(ones_like(first)), One(ones_like(first)), One(ones_like(first))).ModelStock()));
    }

    [Fact]
    public void A_consensus_of_none_is_task_arithmetic_and_one_of_more_than_all_the_base()
    {
        Pool.Near(Pool.Flat(All.TaskArithmetic(0.3)), Pool.Flat(All.Consensus(0.4, agreement: 0)), 0);
        Pool.Near(Pool.Flat(theta0), Pool.Flat(All.Consensus(0.4, agreement: 5)), 0);
        // tau = 3, -1: 3 > l 1 and 1 > l 3 where l < 1/3.
        static Dictionary<string, Tensor> Model(double value) => One(tensor([value]));
        double Merged(params double[] thresholds) => Pool.Flat(Merge.Of(Model(0), Model(3), Model(-1)).Consensus(thresholds, 2, 1))[0];
        Assert.Equal((2, 0, 0, 2), (Merged(0.3), Merged(0.34), Merged(3.1, 0.3), Merged(2.9, 0.3)));
    }

    [Fact]
    public void Breadcrumbs_drop_the_shares_of_each_tensor()
    {
        Pool.Near(Pool.Flat(All.TaskArithmetic(0.3)), Pool.Flat(All.Breadcrumbs(0, 0)));
        var start = zeros(10, ScalarType.Float64);
        var tau = tensor([0.1, -9, 3, -2, 0.5, 7, -8, 4, 5, -6]);
        Pool.Near([0, 0, 3, -2, 0, 7, 0, 4, 5, -6], Pool.Flat(Merge.Of(One(start), One(tau)).Breadcrumbs(0.2, 0.2, 1)));
    }

    [Fact]
    public void Equal_Fisher_information_gives_the_average_and_none_in_an_element_that_of_the_others()
    {
        var equal = theta0.ToDictionary(pair => pair.Key, pair => pair.Value.square());
        Pool.Near(Pool.Flat(All.Average()), Pool.Flat(All.Fisher(equal, equal, equal, equal)));
        static Dictionary<string, Tensor> Model(params double[] values) => One(tensor(values));
        // F / |F| + 1e-6 = 1 + 1e-6 and 1e-6.
        Pool.Near([(5 * (1 + 1e-6) + 1e-6) / (1 + 2e-6), (7 + 7e-6 + 2e-6) / (1 + 2e-6)],
            Pool.Flat(Merge.Of(Model(0, 0), Model(5, 2), Model(1, 7)).Fisher(Model(3, 0), Model(0, 4))));
    }

    [Fact]
    public void Fisher_information_of_a_linear_classifier_is_its_closed_form()
    {
        var network = nn.Linear(4, 3).to(ScalarType.Float64);
        var x = Random(1, 9, 4);
        var fisher = FisherDiagonal.Of(network, x[..5], x[5..]);
        var p = network.call(x).softmax(1).detach();
        // E[p_c (1 - p_c) x_j²], and the same of the bias with x = 1.
        Assert.InRange(Difference(fisher["weight"], (p * (1 - p)).t().matmul(x.square()) / 9), 0, 1e-10);
        Assert.InRange(Difference(fisher["bias"], (p * (1 - p)).mean([0L])), 0, 1e-10);
        Assert.Null(network.weight!.grad);
        Assert.True(network.training);
    }

    [Fact]
    public void Grams_of_inputs_are_those_of_every_linear_layer_and_every_position()
    {
        var network = nn.Sequential(nn.Linear(4, 6), nn.Tanh(), nn.Dropout(0.5), nn.Linear(6, 2, hasBias: false)).to(ScalarType.Float64);
        var x = Random(1, 10, 3, 4);
        var grams = InputGram.Of(network, x[..7], x[7..]);
        Assert.Equal(["0.weight", "3.weight"], grams.Keys.Order());
        var rows = x.reshape(30, 4);
        var state = network.state_dict();
        var hidden = (rows.matmul(state["0.weight"].t()) + state["0.bias"]).tanh();
        Assert.InRange(Difference(grams["0.weight"], rows.t().matmul(rows) / 30), 0, 1e-12);
        Assert.InRange(Difference(grams["3.weight"], hidden.t().matmul(hidden) / 30), 0, 1e-12);
        Assert.True(network.training);
        network.call(x);
        Assert.InRange(Difference(grams["0.weight"], rows.t().matmul(rows) / 30), 0, 1e-12);
    }

    [Fact]
    public void RegMean_s_outputs_are_nearest_to_the_models_own()
    {
        var inputs = Enumerable.Range(0, 3).Select(t => Random(10 + t, 40, 6)).ToArray();
        var models = Enumerable.Range(0, 3).Select(t => Random(20 + t, 5, 6)).ToArray();
        var grams = inputs.Select(x => One(x.t().matmul(x) / 40)).ToArray();
        var merged = Merge.Of(One(Random(30, 5, 6)), [.. models.Select(One)]).RegMean(grams, alpha: 1, ridge: 0)
            .ToDictionary()["w"].requires_grad_();
        var loss = inputs.Zip(models, (x, w) => x.matmul((merged - w).t()).square().sum() / 40).Aggregate((a, b) => a + b);
        loss.backward();
        Assert.InRange(merged.grad!.abs().max().item<double>(), 0, 1e-10);
        // Only the diagonal: means weighted by the inputs' squares.
        var diagonal = Merge.Of(One(Random(30, 5, 6)), [.. models.Select(One)]).RegMean(grams, alpha: 0, ridge: 0).ToDictionary()["w"];
        var squares = inputs.Select(x => x.square().mean([0L])).ToArray();
        var expected = models.Zip(squares, (w, square) => w * square).Aggregate((a, b) => a + b) / squares.Aggregate((a, b) => a + b);
        Assert.InRange(Difference(diagonal, expected), 0, 1e-10);
    }

    [Fact]
    public void Iso_C_has_equal_singular_values_and_keeps_the_nuclear_norm_and_the_directions()
    {
        var sum = tuned.Select(model => model["z.weight"] - theta0["z.weight"]).Aggregate((a, b) => a + b);
        var tau = All.IsotropicC().ToDictionary()["z.weight"] - theta0["z.weight"];
        var values = linalg.svdvals(tau);
        Assert.InRange((values.max() - values.min()).item<double>(), 0, 1e-10);
        Assert.Equal(linalg.svdvals(sum).sum().item<double>(), values.sum().item<double>(), 8);
        // The inner product with any matrix of that spectral norm is at most the nuclear norm, reached in the same directions alone.
        Assert.Equal(linalg.svdvals(sum).sum().item<double>() * values[0].item<double>(), (tau * sum).sum().item<double>(), 7);
        Pool.Near(All.Average().ToDictionary()["a.bias"].Numbers(), All.IsotropicC().ToDictionary()["a.bias"].Numbers());
    }

    [Fact]
    public void TSV_M_is_the_sum_of_orthogonal_vectors_of_low_rank()
    {
        var (u, _, v) = linalg.svd(Random(1, 12, 9), fullMatrices: false);
        var start = Random(2, 12, 9);
        // Three tasks of rank 9 / 3 in three orthogonal spaces.
        var models = Enumerable.Range(0, 3).Select(t => One(start
            + (u.narrow(1, 3 * t, 3) * tensor([3.0, 2.0, 1.0])).matmul(v.narrow(0, 3 * t, 3)))).ToArray();
        var pool = Merge.Of(One(start), models);
        Pool.Near(Pool.Flat(pool.TaskArithmetic(1.0)), Pool.Flat(pool.TaskSingularVectors()));
    }

    [Fact]
    public void TSV_M_s_factors_are_orthonormal()
    {
        // Of all tasks, 16 triplets each of 65: the singular values of the update are those that were kept.
        var kept = tuned.SelectMany(model => linalg.svdvals(model["z.weight"] - theta0["z.weight"]).Numbers()[..16]).OrderDescending().ToArray();
        var update = All.TaskSingularVectors().ToDictionary()["z.weight"] - theta0["z.weight"];
        Pool.Near([.. kept, 0], linalg.svdvals(update).Numbers());
        // A side shorter than the number of tasks: the average.
        Pool.Near(All.Average().ToDictionary()["head.weight"].Numbers(), All.TaskSingularVectors().ToDictionary()["head.weight"].Numbers());
    }

    [Fact]
    public void EMR_keeps_the_sum_of_magnitudes_of_each_task()
    {
        var start = Pool.Flat(theta0);
        foreach (var (merged, model) in All.Emr().Zip(tuned))
        {
            var sum = Pool.Flat(model).Zip(start, (end, begin) => Math.Abs(end - begin)).Sum();
            Assert.Equal(sum, Pool.Flat(merged).Zip(start, (end, begin) => Math.Abs(end - begin)).Sum(), 6);
        }
    }

    [Fact]
    public void An_own_method_sees_names_base_and_task_vectors()
    {
        var merged = All.By(MergeMethod.Of((name, start, taus) => name == "a.bias" ? 2 * taus[1] : -start)).ToDictionary();
        Pool.Near((2 * tuned[1]["a.bias"] - theta0["a.bias"]).Numbers(), merged["a.bias"].Numbers());
        Pool.Near(new double[129 * 65], merged["z.weight"].Numbers());
        var message = Assert.Throws<InvalidOperationException>(() => All.By(MergeMethod.Of((_, _, _) => zeros(1, 1, 1))).ToDictionary()).Message;
        Assert.Contains("gave [1, 129, 65] for tensor 'z.weight'", message);
    }
}
