using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask.Tests.Merging;

public sealed class WeightEnsemblingTests : IDisposable
{
    private const ScalarType Double = ScalarType.Float64;
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    // 6 -> 5 -> norm -> block of 5 -> 7 -> 5 -> 4, in Float64 for finite differences.
    private static Sequential Body(int seed)
    {
        manual_seed(seed);
        return nn.Sequential(
            ("first", nn.Linear(6, 5, dtype: Double)), ("norm", nn.LayerNorm(5, dtype: Double)),
            ("block", nn.Sequential(("up", nn.Linear(5, 7, dtype: Double)), ("act", nn.GELU()), ("down", nn.Linear(7, 5, dtype: Double)))),
            ("last", nn.Linear(5, 4, dtype: Double)));
    }

    private static Sequential Tuned(int seed)
    {
        var body = Body(1);
        using var off = no_grad();
        foreach (var (name, parameter) in body.named_parameters())
            parameter.add_(0.3 * Values.Normal(seed + name.Length, parameter.shape).to(Double));
        return body;
    }

    private static Tensor Rows(int seed, params long[] shape) => Values.Normal(seed, [.. shape, 6]).to(Double);

    private static nn.Module<Tensor, Tensor> Head(int seed)
    {
        manual_seed(seed);
        return nn.Linear(4, 3, dtype: Double);
    }

    private readonly MergeTask[] tasks = [new("digits", Rows(3, 40), Head(10)), new("letters", Rows(4, 40), Head(11))];
    private readonly MergePool pool = Merge.Of(Body(1), Tuned(20), Tuned(40));

    private static double Difference(Tensor left, Tensor right) => (left.detach() - right.detach()).abs().max().item<double>();

    private Sequential Merged(MergeMethod method)
    {
        var body = Body(9);
        pool.By(method).Into(body);
        return body;
    }

    public static TheoryData<int, bool, string[]> Forms => new()
    {
        { 0, false, [] }, { 1, false, [] }, { 2, false, [] }, { 2, true, [] }, { 2, false, ["block", "last"] }, { 1, true, ["block"] },
        { 2, true, [""] }, { 2, false, ["norm", "bl*"] },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void It_starts_as_task_arithmetic(int depth, bool isPerRow, string[] layers)
    {
        using var moe = pool.WeightEnsembling(Body(9), tasks, new() { RouterDepth = depth, IsPerRow = isPerRow, Layers = layers, Steps = 0 });
        foreach (var x in new[] { Rows(5, 9), Rows(6, 3, 4) })
            Assert.True(Difference(Merged(MergeMethod.TaskArithmetic(0.3)).call(x), moe.call(x)) <= 1e-12);
        Assert.All(moe.Weights(Rows(5, 9)).Values.SelectMany(rows => rows).SelectMany(row => row), weight => Assert.Equal(0.3, weight, 12));
        Assert.Equal(layers is ["norm", "bl*"] ? ["norm", "block"] : layers.Length > 0 ? layers : ["first", "block.up", "block.down", "last"],
            moe.Layers);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_one_hot_router_gives_the_tuned_layer(int depth, bool isPerRow, string[] layers)
    {
        using var moe = pool.WeightEnsembling(Body(9), tasks,
            new() { RouterDepth = depth, IsPerRow = isPerRow, Layers = layers, Steps = 0, Rest = MergeMethod.TaskArithmetic(0, 1) });
        using (no_grad())
        {
            foreach (var (name, parameter) in moe.named_parameters())
                if (name.EndsWith("output.bias", StringComparison.Ordinal) || name.EndsWith("weights", StringComparison.Ordinal))
                    parameter.copy_(tensor(new[] { 0.0, 1.0 }));
        }
        Assert.True(Difference(Tuned(40).call(Rows(5, 9)), moe.call(Rows(5, 9))) <= 1e-12);
    }

    [Fact]
    public void The_rest_is_merged_by_any_method()
    {
        using var moe = pool.WeightEnsembling(Body(9), tasks, new() { Layers = ["block"], Steps = 0, Scale = 0, Rest = MergeMethod.Average() });
        var expected = Merged(MergeMethod.Average());
        var block = Body(1).state_dict();
        using (no_grad())
            foreach (var (name, parameter) in expected.named_parameters())
                if (name.StartsWith("block", StringComparison.Ordinal)) parameter.copy_(block[name]);
        Assert.True(Difference(expected.call(Rows(5, 9)), moe.call(Rows(5, 9))) <= 1e-12);
    }

    private static void Scramble(WeightEnsembling moe)
    {
        using var off = no_grad();
        foreach (var (name, parameter) in moe.named_parameters()) parameter.add_(0.4 * Values.Normal(name.Length, parameter.shape).to(Double));
    }

    public static TheoryData<string[]> Layers => new() { { [] }, { ["block", "last"] }, { [""] } };

    [Theory]
    [MemberData(nameof(Layers))]
    public void Rows_with_their_own_weights_are_batches_of_one(string[] layers)
    {
        using var moe = pool.WeightEnsembling(Body(9), tasks, new() { Layers = layers, Steps = 0 });
        Scramble(moe);
        foreach (var x in new[] { Rows(5, 6), Rows(6, 3, 4) })
        {
            moe.IsPerRow = false;
            var (one, mean) = (cat([.. Enumerable.Range(0, (int)x.shape[0]).Select(row => moe.call(x.narrow(0, row, 1)))], 0), moe.call(x));
            moe.IsPerRow = true;
            Assert.True(Difference(one, moe.call(x)) <= 1e-12);
            Assert.True(Difference(one, mean) > 1e-3);
        }
    }

    [Fact]
    public void A_batch_has_the_mean_of_the_weights_of_all_rows_and_places()
    {
        using var moe = pool.WeightEnsembling(Body(9), tasks, new() { Layers = ["last"], Steps = 0, RouterDepth = 1 });
        Scramble(moe);
        var x = Rows(6, 3, 4);
        // What the layer reads, from the body that is merged up to it.
        var merged = Merged(MergeMethod.TaskArithmetic(0.3));
        var h = ((nn.Module<Tensor, Tensor>)merged.children().ElementAt(2)).call(
            ((nn.Module<Tensor, Tensor>)merged.children().ElementAt(1)).call(((nn.Module<Tensor, Tensor>)merged.children().First()).call(x)));
        var (weight, bias) = (moe.state_dict()["routers.last.output.weight"], moe.state_dict()["routers.last.output.bias"]);
        var w = (h.matmul(weight.t()) + bias).mean([0L, 1L]);
        var (theta0, taus) = (moe.state_dict()["theta.last.weight"], moe.state_dict()["taus.last.weight"]);
        var (theta0Bias, tauBias) = (moe.state_dict()["theta.last.bias"], moe.state_dict()["taus.last.bias"]);
        var expected = h.matmul((theta0 + w[0] * taus[0] + w[1] * taus[1]).t()) + theta0Bias + w[0] * tauBias[0] + w[1] * tauBias[1];
        Assert.True(Difference(expected, moe.call(x)) <= 1e-12);
        Assert.True(Difference(w, tensor(moe.Weights(x)["last"].SelectMany(row => row).ToArray()).view(3, 2).mean([0L])) <= 1e-12);
    }

    private static Tensor Entropy(Tensor logits)
    {
        var logs = logits - logits.logsumexp(1, keepdim: true);
        return -(logs.exp() * logs).sum([1L]).mean();
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Gradients_of_routers_are_the_finite_differences(int depth, bool isPerRow, string[] layers)
    {
        using var moe = pool.WeightEnsembling(Body(9), tasks, new() { RouterDepth = depth, IsPerRow = isPerRow, Layers = layers, Steps = 0 });
        Scramble(moe);
        var x = Rows(5, 6);
        Tensor Loss() => Entropy(tasks[0].Head.call(moe.call(x)));
        Loss().backward();
        const double Step = 1e-5;
        foreach (var (name, parameter) in moe.named_parameters())
        {
            var gradient = parameter.grad!.flatten().Numbers();
            using var off = no_grad();
            var flat = parameter.view(-1);
            foreach (var place in new[] { 0, gradient.Length / 2, gradient.Length - 1 })
            {
                double At(double change)
                {
                    flat[place].add_(change);
                    var loss = Loss().item<double>();
                    flat[place].add_(-change);
                    return loss;
                }
                Assert.Equal((At(Step) - At(-Step)) / (2 * Step), gradient[place], 6);
            }
            Assert.True(gradient.Max(Math.Abs) > 1e-6, name);
        }
    }

    // dL / dw_t = < dL / dtheta, tau_t >, as for AdaMerging, where weights do not depend on the input.
    [Fact]
    public void Gradients_of_constant_weights_are_inner_products_with_the_task_vectors()
    {
        using var moe = pool.WeightEnsembling(Body(9), tasks, new() { RouterDepth = 0, Layers = ["block.up"], Steps = 0 });
        Entropy(tasks[0].Head.call(moe.call(Rows(5, 6)))).backward();
        var merged = Merged(MergeMethod.TaskArithmetic(0.3));
        Entropy(tasks[0].Head.call(merged.call(Rows(5, 6)))).backward();
        var gradients = merged.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter.grad!);
        var (start, own) = (Body(1).state_dict(), new[] { Tuned(20).state_dict(), Tuned(40).state_dict() });
        var found = moe.get_parameter("routers.block.up.weights")!.grad!.Numbers();
        for (var t = 0; t < 2; t++)
        {
            var expected = new[] { "block.up.weight", "block.up.bias" }.Sum(name =>
                (gradients[name] * (own[t][name] - start[name])).sum().item<double>());
            Assert.Equal(expected, found[t], 10);
        }
    }

    [Fact]
    public void Training_lowers_the_entropy_of_predictions_and_leaves_body_and_heads_alone()
    {
        var body = Body(9);
        var (before, head) = (body.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone()), tasks[0].Head.state_dict());
        var headBefore = head.ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        var plain = body.call(Rows(5, 6));
        var options = new WeightEnsemblingOptions { Steps = 60, LearningRate = 0.003, Seed = 2 };

        using var moe = pool.WeightEnsembling(body, tasks, options);

        Pool.SameBits(before, body.state_dict());
        Pool.SameBits(headBefore, tasks[0].Head.state_dict());
        Assert.All(tasks[0].Head.parameters(), parameter => Assert.True(parameter.grad is null));
        Assert.True(body.training);
        Assert.Equal(plain.Numbers(), body.call(Rows(5, 6)).Numbers());
        var (first, last) = (moe.Entropies.Take(5).SelectMany(each => each).Average(), moe.Entropies.TakeLast(5).SelectMany(each => each).Average());
        Assert.True(last < first - 0.02, $"{first} and {last}");
        using (no_grad())
        {
            double Of(nn.Module<Tensor, Tensor> module) => tasks.Sum(task => Entropy(task.Head.call(module.call(task.Inputs))).item<double>());
            var (after, start) = (Of(moe), Of(Merged(MergeMethod.TaskArithmetic(0.3))));
            Assert.True(after < start - 0.02, $"{start} and {after}");
        }
        // The same seed, the same routers.
        using var again = pool.WeightEnsembling(Body(9), tasks, options);
        Pool.SameBits(moe.state_dict(), again.state_dict());
    }

    [Fact]
    public void The_first_entropy_is_that_of_task_arithmetic()
    {
        var merged = Merged(MergeMethod.TaskArithmetic(0.3));
        using var moe = pool.WeightEnsembling(Body(9), tasks, new() { Steps = 1, BatchRows = 40 });
        for (var t = 0; t < 2; t++)
            Assert.Equal(Entropy(tasks[t].Head.call(merged.call(tasks[t].Inputs))).item<double>(), moe.Entropies[0][t], 10);
    }

    [Fact]
    public void Its_state_is_its_own()
    {
        using var moe = pool.WeightEnsembling(Body(9), tasks, new() { Layers = ["block", "first"], Steps = 3, LearningRate = 0.05 });
        var other = Merge.Of(Body(2), Body(3), Body(4));
        using var loaded = other.WeightEnsembling(Body(9), tasks, new() { Layers = ["block", "first"], Steps = 0 });
        Assert.True(Difference(moe.call(Rows(5, 6)), loaded.call(Rows(5, 6))) > 1e-3);
        loaded.load_state_dict(moe.state_dict().ToDictionary());
        Assert.Equal(moe.call(Rows(5, 6)).Numbers(), loaded.call(Rows(5, 6)).Numbers());
        Assert.Equal(moe.RouterCount, moe.parameters().Sum(parameter => parameter.numel()));
        Assert.Equal((5 * 5 + 5 + 2 * 5 + 2) + (6 * 6 + 6 + 2 * 6 + 2), moe.RouterCount);
    }

    [Fact]
    public void After_a_call_that_fails_and_after_disposal_the_body_is_what_it_was()
    {
        var body = Body(9);
        var expected = body.call(Rows(5, 6)).Numbers();
        foreach (var isPerRow in new[] { false, true })
        {
            using var moe = pool.WeightEnsembling(body, tasks, new() { Steps = 0, IsPerRow = isPerRow });
            Assert.ThrowsAny<Exception>(() => moe.call(zeros(3, 7, Double)));
            Assert.Equal(expected, body.call(Rows(5, 6)).Numbers());
            moe.call(Rows(5, 6));
            Assert.Equal(expected, body.call(Rows(5, 6)).Numbers());
        }
        Assert.Equal(expected, body.call(Rows(5, 6)).Numbers());
    }

    [Fact]
    public void Layers_that_are_left_out_of_the_merge_are_the_bases()
    {
        using var moe = pool.Without("first.*", "block.up.bias").WeightEnsembling(Body(9), tasks, new() { Steps = 0 });
        Assert.Equal(["block.up", "block.down", "last"], moe.Layers);
        var expected = Body(9);
        pool.Without("first.*", "block.up.bias").TaskArithmetic().Into(expected);
        foreach (var isPerRow in new[] { false, true })
        {
            moe.IsPerRow = isPerRow;
            Assert.True(Difference(expected.call(Rows(5, 6)), moe.call(Rows(5, 6))) <= 1e-12);
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        string Refused<T>(Func<object> body) where T : Exception => Assert.Throws<T>(body).Message;
        string Undeclared(WeightEnsemblingOptions options) => Refused<DeclarationException>(() => pool.WeightEnsembling(Body(9), tasks, options));
        Assert.Contains("is named 'blok'; did you mean 'block'?; it has '', 'first', 'norm'", Undeclared(new() { Layers = ["blok"] }));
        Assert.Contains("0, 1 or 2 linear maps, but got 3", Undeclared(new() { RouterDepth = 3 }));
        Assert.Contains("a finite number, but got NaN", Undeclared(new() { Scale = double.NaN }));
        Assert.Contains("0 steps or more, but got -1", Undeclared(new() { Steps = -1 }));
        Assert.Contains("at least 1 row of each task, but got 0", Undeclared(new() { BatchRows = 0 }));
        Assert.Contains("learning rate above 0, but got 0", Undeclared(new() { LearningRate = 0 }));
        Assert.Contains("at least one task", Refused<ArgumentException>(() => pool.WeightEnsembling(Body(9), [])));
        Assert.Contains("task 'none' has no rows", Refused<ArgumentException>(() =>
            pool.WeightEnsembling(Body(9), [new("none", Rows(1, 0), Head(1))])));
        Assert.Contains("does not fit Linear", Refused<InvalidOperationException>(() => pool.WeightEnsembling(nn.Linear(6, 4), tasks)));
        Assert.Contains("task 'flat': its head gave [64] for 16 rows", Refused<ArgumentException>(() => pool.WeightEnsembling(Body(9),
            [new("flat", Rows(1, 40), new Shaped(x => x.flatten()))], new() { Steps = 1 })));
        Assert.Contains("task 'nan': the entropy of its predictions is NaN at step 1", Refused<InvalidDataException>(() => pool.WeightEnsembling(
            Body(9), [new("nan", Rows(1, 40), new Shaped(x => x / 0.0 * 0.0))], new() { Steps = 1 })));
        nn.Module<Tensor, Tensor> Pictures() => nn.Sequential(("conv", nn.Conv2d(1, 2, 3)), ("flat", nn.Flatten()), ("out", nn.Linear(32, 4)));
        var pictures = Merge.Of(Pictures(), Pictures());
        MergeTask[] seen = [new("seen", zeros(3, 1, 6, 6), nn.Identity())];
        Assert.Contains("layer 'conv' is a convolution", Refused<DeclarationException>(() =>
            pictures.WeightEnsembling(Pictures(), seen, new() { Layers = ["conv"] })));
        Assert.Equal(["out"], pictures.WeightEnsembling(Pictures(), seen, new() { Steps = 0 }).Layers);
        Assert.Contains("calls no linear map that is merged", Refused<DeclarationException>(() =>
            pictures.Without("out.*").WeightEnsembling(Pictures(), seen)));
        Sequential Tied()
        {
            var (first, second) = (nn.Linear(6, 6), nn.Linear(6, 6));
            second.weight = first.weight!;
            return nn.Sequential(("a", first), ("b", second));
        }
        Assert.Contains("'a.weight' and 'b.weight' are one tensor", Refused<DeclarationException>(() =>
            Merge.Of(Tied(), Tied()).WeightEnsembling(Tied(), [new("x", zeros(2, 6), nn.Identity())])));
        Assert.Contains("layer 'self_attn.out_proj' is never called", Refused<DeclarationException>(() => Merge.Of(Encoder(), Encoder())
            .WeightEnsembling(Encoder(), [new("x", zeros(2, 3, 8), nn.Identity())], new() { Layers = ["self_attn.out_proj"] })));
        nn.Module<Tensor, Tensor> Encoder() => new Encoded();
    }

    private sealed class Shaped(Func<Tensor, Tensor> shape) : nn.Module<Tensor, Tensor>("shaped")
    {
        public override Tensor forward(Tensor x) => shape(x);
    }

    private sealed class Encoded : nn.Module<Tensor, Tensor>
    {
        private readonly MultiheadAttention self_attn = nn.MultiheadAttention(8, 2);

        public Encoded() : base("encoded") => RegisterComponents();

        public override Tensor forward(Tensor x) => self_attn.call(x, x, x, null, false, null).Item1;
    }
}
