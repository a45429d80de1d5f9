using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Merging;

/// <summary>Learned coefficients (card 013, 1 and 2).</summary>
public sealed class AdaMergingTests : IDisposable
{
    private const int Models = 3;
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly nn.Module<Tensor, Tensor> body = Body(0);
    private readonly Dictionary<string, Tensor> theta0;
    private readonly Dictionary<string, Tensor>[] tuned;

    public AdaMergingTests()
    {
        theta0 = Copied(body);
        tuned = [.. Enumerable.Range(1, Models).Select(i => theta0.ToDictionary(pair => pair.Key, pair =>
            pair.Value + 0.3 * Normal(50 * i + pair.Key[^1], pair.Value.shape)))];
    }

    public void Dispose() => scope.Dispose();

    private MergePool All => Merge.Of(theta0, tuned);

    private static Tensor Normal(int seed, params long[] shape) => Values.Normal(seed, shape).to(ScalarType.Float64);

    private static nn.Module<Tensor, Tensor> Body(int seed)
    {
        var made = nn.Sequential(nn.Linear(6, 5), nn.LayerNorm(5), nn.Tanh(), nn.Linear(5, 4)).to(ScalarType.Float64);
        using (no_grad())
        {
            foreach (var (name, parameter) in made.named_parameters())
                parameter.copy_(Normal(1000 + seed + name[0] + 7 * name[^1], parameter.shape));
        }
        return made;
    }

    private static Dictionary<string, Tensor> Copied(nn.Module module) =>
        module.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.detach().clone());

    private static nn.Module<Tensor, Tensor> Head(int seed, int classes, int features = 4)
    {
        var head = nn.Linear(features, classes).to(ScalarType.Float64);
        using (no_grad())
            foreach (var parameter in head.parameters()) parameter.copy_(Normal(seed, parameter.shape));
        return head;
    }

    private static MergeTask[] Tasks(int rows = 20) => [.. Enumerable.Range(0, Models).Select(t =>
        new MergeTask($"task {t + 1}", Normal(300 + t, rows, 6), Head(400 + t, 3 + t)))];

    private static Tensor Inside(LearnableMerge merge, nn.Module<Tensor, Tensor> body, Tensor inputs)
    {
        var uninstall = merge.Install();
        try
        {
            return body.call(inputs);
        }
        finally
        {
            uninstall();
        }
    }

    private static string[] Names(IReadOnlyDictionary<string, double[]> coefficients) => [.. coefficients.Keys.Order(StringComparer.Ordinal)];

    private static double Entropy(nn.Module<Tensor, Tensor> body, IReadOnlyDictionary<string, Tensor> theta, MergeTask task) =>
        PredictionEntropy.Mean(task.Head.call(FunctionalCall.Call(body, theta, task.Inputs))).item<double>();

    [Fact]
    public void Entropy_is_the_logarithm_of_the_classes_for_equal_logits_and_0_for_certain_ones()
    {
        Pool.Near([Math.Log(7), 0, Math.Log(3)], PredictionEntropy.PerRow(tensor(new[,]
        {
            { 4.0, 4, 4, 4, 4, 4, 4 },
            { 1e5, 0, 0, 0, 0, 0, 0 },
            { 2, 2, 2, double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity },
        })).Numbers(), 1e-12);
        var logits = Normal(1, 9, 5);
        var p = logits.softmax(1).Numbers();
        Assert.Equal(-p.Sum(x => x * Math.Log(x)) / 9, PredictionEntropy.Mean(logits).item<double>(), 12);
        var ruledOut = tensor(new[,] { { 1.0, 2.0, double.NegativeInfinity } }).requires_grad_();
        PredictionEntropy.Mean(ruledOut).backward();
        Assert.True(ruledOut.grad!.isfinite().all().item<bool>());
    }

    [Theory]
    [InlineData(MergeGranularity.Layer)]
    [InlineData(MergeGranularity.Task)]
    public void No_step_leaves_the_coefficients_at_task_arithmetic(MergeGranularity granularity)
    {
        var learned = All.AdaMerging(body, Tasks(), new() { Steps = 0, Granularity = granularity });
        Assert.Empty(learned.Objective);
        Assert.Equal(theta0.Keys.Order(StringComparer.Ordinal), Names(learned.Coefficients));
        Assert.All(learned.Coefficients.Values, each => Assert.Equal([0.3, 0.3, 0.3], each));
        Pool.Near(Pool.Flat(All.TaskArithmetic(0.3)), Pool.Flat(learned.Merged));
    }

    [Fact]
    public void Inside_the_body_stands_what_the_plain_merge_gives()
    {
        var coefficients = theta0.Keys.Order(StringComparer.Ordinal).Select((name, i) => (name, Values: new[] { 0.1 * i, 0.9 - 0.1 * i, 0.5 }))
            .ToDictionary(pair => pair.name, pair => pair.Values);
        foreach (var vectors in new[] { TaskVectorRule.Plain, TaskVectorRule.Ties(0.4) })
        {
            using var merge = new LearnableMerge(All, body, vectors, MergeCoefficients.Of(coefficients));
            merge.Set(tensor(merge.Initial));
            var expected = FunctionalCallOf(All.Coefficients(coefficients, vectors).ToDictionary(), Normal(1, 7, 6));
            Pool.Near(expected.Numbers(), Inside(merge, body, Normal(1, 7, 6)).Numbers(), 1e-12);
        }
        // One-hot is the tuned model, and the body is as before when it is over.
        using (var merge = new LearnableMerge(All, body, TaskVectorRule.Plain, MergeCoefficients.Constant(0)))
        {
            var second = zeros(merge.Layers, Models, ScalarType.Float64);
            second[.., 1] = 1;
            merge.Set(second);
            Pool.Near(FunctionalCallOf(tuned[1], Normal(1, 7, 6)).Numbers(), Inside(merge, body, Normal(1, 7, 6)).Numbers(), 1e-12);
        }
        Pool.Near(FunctionalCallOf(theta0, Normal(1, 7, 6)).Numbers(), body.call(Normal(1, 7, 6)).Numbers(), 0);

        static Tensor FunctionalCallOf(IReadOnlyDictionary<string, Tensor> theta, Tensor input) => FunctionalCall.Call(Body(9), theta, input);
    }

    [Fact]
    public void The_gradient_is_that_of_finite_differences_of_autograd_and_of_inner_products()
    {
        var task = Tasks()[1];
        var names = theta0.Keys.Order(StringComparer.Ordinal).ToArray();
        using var merge = new LearnableMerge(All, body, TaskVectorRule.Plain, MergeCoefficients.Constant(0.3));
        var start = tensor(merge.Initial);
        double At(Tensor lambda)
        {
            merge.Set(lambda);
            return PredictionEntropy.Mean(task.Head.call(Inside(merge, body, task.Inputs))).item<double>();
        }
        merge.Set(start);
        var loss = PredictionEntropy.Mean(task.Head.call(Inside(merge, body, task.Inputs)));
        var gradients = autograd.grad([loss], merge.Thetas, allow_unused: true);
        var found = merge.Gradient(gradients);
        // Through the graph of additions, with coefficients that take gradients.
        var lambda = start.clone().requires_grad_();
        var theta = names.Select((name, l) => (name, Value: Enumerable.Range(0, Models).Aggregate(theta0[name],
            (sum, t) => sum + lambda[l, t] * (tuned[t][name] - theta0[name])))).ToDictionary(pair => pair.name, pair => pair.Value);
        PredictionEntropy.Mean(task.Head.call(FunctionalCall.Call(Body(3), theta, task.Inputs))).backward();
        Pool.Near(lambda.grad!.Numbers(), found.Numbers(), 1e-12);
        Assert.True(found.abs().max().item<double>() > 1e-3);
        for (var l = 0; l < names.Length; l++)
            for (var t = 0; t < Models; t++)
            {
                Assert.Equal((gradients[l]! * (tuned[t][names[l]] - theta0[names[l]])).sum().item<double>(), found[l, t].item<double>(), 12);
                var move = zeros_like(start);
                move[l, t] = 1e-5;
                Assert.Equal((At(start + move) - At(start - move)) / 2e-5, found[l, t].item<double>(), 7);
            }
    }

    [Fact]
    public void A_first_step_of_Adam_goes_against_the_sign_of_the_gradient_and_by_task_of_its_sum_over_layers()
    {
        var tasks = Tasks();
        var whole = new AdaMergingOptions { Steps = 1, LearningRate = 0.01, BatchRows = 100, Batches = 1 };
        Tensor gradient;
        using (var merge = new LearnableMerge(All, body, TaskVectorRule.Plain, whole.Initial))
        {
            merge.Set(tensor(merge.Initial));
            var loss = tasks.Select(task => PredictionEntropy.Mean(task.Head.call(Inside(merge, body, task.Inputs)))).Aggregate((x, y) => x + y);
            gradient = merge.Gradient(autograd.grad([loss], merge.Thetas, allow_unused: true));
        }
        var byLayer = All.AdaMerging(body, tasks, whole);
        Pool.Near((0.3 - 0.01 * gradient.sign()).Numbers(), [.. Names(byLayer.Coefficients).SelectMany(name => byLayer.Coefficients[name])], 1e-5);
        var byTask = All.AdaMerging(body, tasks, whole with { Granularity = MergeGranularity.Task });
        foreach (var each in byTask.Coefficients.Values) Pool.Near((0.3 - 0.01 * gradient.sum([0L]).sign()).Numbers(), each, 1e-5);
        Pool.Near([.. tasks.Select(task => Entropy(body, All.TaskArithmetic(0.3).ToDictionary(), task))], [.. byLayer.Objective[0]], 1e-12);
    }

    [Fact]
    public void Entropy_falls_and_what_was_learned_is_merged_by_the_plain_method()
    {
        var tasks = Tasks(40);
        var before = Copied(body);
        body.train();
        var (after, followed) = (new List<int>(), 0.0);
        var options = new AdaMergingOptions
        {
            Steps = 60,
            LearningRate = 0.02,
            AfterStep = (step, lambda) =>
            {
                after.Add(step);
                // The body can be used between steps.
                if (step == 60) followed = Entropy(body, All.Coefficients(lambda).ToDictionary(), tasks[0]);
            },
        };
        foreach (var vectors in new[] { TaskVectorRule.Plain, TaskVectorRule.Ties(0.5) })
        {
            var learned = All.AdaMerging(body, tasks, options with { Vectors = vectors });
            var (start, end) = (All.Coefficients(options.Initial, vectors).ToDictionary(), learned.Merged.ToDictionary());
            Assert.True(tasks.Sum(task => Entropy(body, end, task)) < 0.9 * tasks.Sum(task => Entropy(body, start, task)));
            Assert.All(learned.Coefficients.Values.SelectMany(each => each), value => Assert.InRange(value, 0, 1));
            Pool.SameBits(All.Coefficients(learned.Coefficients, vectors).ToDictionary(), end);
            Assert.Equal(60, learned.Objective.Count);
            if (vectors == TaskVectorRule.Plain) Assert.Equal(Entropy(body, end, tasks[0]), followed, 12);
        }
        Assert.Equal([.. Enumerable.Range(1, 60), .. Enumerable.Range(1, 60)], after);
        Pool.SameBits(before, Copied(body));
        Assert.True(body.training && tasks[0].Head.training);
        Assert.All(body.parameters().Concat(tasks.SelectMany(task => task.Head.parameters())), each => Assert.Null(each.grad));
    }

    [Fact]
    public void Models_of_32_bits_learn_what_those_of_64_do()
    {
        Dictionary<string, Tensor> Single(Dictionary<string, Tensor> model) =>
            model.ToDictionary(pair => pair.Key, pair => pair.Value.to(ScalarType.Float32));
        AdaMergingOptions options = new() { Steps = 10, LearningRate = 0.02 };
        var expected = All.AdaMerging(body, Tasks(), options);
        var small = Merge.Of(Single(theta0), [.. tuned.Select(Single)]);
        MergeTask[] tasks = [.. Tasks().Select(task => task with
        {
            Inputs = task.Inputs.to(ScalarType.Float32),
            Head = task.Head.to(ScalarType.Float32),
        })];
        var found = small.AdaMerging(Body(1).to(ScalarType.Float32), tasks, options);
        foreach (var (name, values) in expected.Coefficients) Pool.Near(values, found.Coefficients[name], 1e-4);
        Pool.Near([.. expected.Objective[^1]], [.. found.Objective[^1]], 1e-4);
        Assert.All(found.Merged.ToDictionary().Values, tensor => Assert.Equal(ScalarType.Float32, tensor.dtype));
        Pool.Near(Pool.Flat(All.Doge(new() { Steps = 20 })), Pool.Flat(small.Doge(new() { Steps = 20 })), 1e-4);
    }

    [Fact]
    public void The_same_seed_gives_the_same_coefficients_and_a_prefix_of_steps_the_same_trace()
    {
        AdaMergingOptions options = new() { Steps = 12, LearningRate = 0.02, BatchRows = 7, Seed = 5 };
        var (first, second) = (All.AdaMerging(body, Tasks(), options), All.AdaMerging(body, Tasks(), options));
        foreach (var (name, values) in first.Coefficients) Assert.Equal(values, second.Coefficients[name]);
        Assert.Equal(first.Objective.Take(5), All.AdaMerging(body, Tasks(), options with { Steps = 5 }).Objective);
        Assert.NotEqual(first.Objective[0], All.AdaMerging(body, Tasks(), options with { Seed = 6 }).Objective[0]);
    }

    [Fact]
    public void Any_number_of_tasks_teaches_and_labels_may_do_it()
    {
        var rows = new List<long>();
        var task = Tasks()[2];
        var labels = task.Head.call(FunctionalCall.Call(body, tuned[2], task.Inputs)).argmax(1);
        AdaMergingOptions options = new()
        {
            Steps = 150,
            LearningRate = 0.03,
            BatchRows = 10,
            Objective = (name, logits, places) =>
            {
                Assert.Equal("task 3", name);
                rows.AddRange(places.data<long>().ToArray());
                return nn.functional.cross_entropy(logits, labels[places]);
            },
        };
        var learned = All.AdaMerging(body, [task], options);
        // Two batches of 10 of 20 rows: every row once a step.
        Assert.Equal(Enumerable.Range(0, 20).Select(row => (long)row), rows.Take(20).Order());
        Assert.True(learned.Objective[^1][0] < 0.5 * learned.Objective[0][0], $"{learned.Objective[0][0]} to {learned.Objective[^1][0]}");
    }

    [Fact]
    public void Coefficients_stay_within_their_bounds_and_can_come_back()
    {
        // The objective pulls up for 40 steps and down for 40 more.
        var step = 0;
        AdaMergingOptions options = new()
        {
            Steps = 80,
            LearningRate = 0.1,
            Batches = 1,
            Upper = 0.6,
            Granularity = MergeGranularity.Task,
            Objective = (_, logits, _) => (step < 40 ? 1 : -1) * logits.sum(),
        };
        var one = Merge.Of(theta0, tuned[0]);
        var seen = new List<double>();
        one.AdaMerging(body, Tasks()[..1], options with
        {
            AfterStep = (number, lambda) =>
            {
                step = number;
                seen.Add(lambda.Values.First()[0]);
            },
        });
        Assert.All(seen, value => Assert.InRange(value, 0, 0.6));
        Assert.Contains(0.6, seen);
        Assert.Contains(0, seen);
    }

    [Fact]
    public void DOGE_s_vectors_are_learned_from_DOGE_s_coefficients()
    {
        DogeOptions doge = new() { Steps = 20, Keep = 0.6 };
        AdaMergingOptions options = new()
        {
            Vectors = TaskVectorRule.Doge(doge),
            Initial = doge.Coefficients,
            Upper = 3,
            LearningRate = 0.02,
            Steps = 0,
        };
        Pool.Near(Pool.Flat(All.Doge(doge)), Pool.Flat(All.AdaMerging(body, Tasks(), options).Merged));
        var learned = All.AdaMerging(body, Tasks(), options with { Steps = 40 });
        Assert.Equal(["0.weight", "3.weight"], Names(learned.Coefficients));
        var end = learned.Merged.ToDictionary();
        Pool.Near(theta0["0.bias"].Numbers(), end["0.bias"].Numbers(), 0);
        Assert.True(Tasks().Sum(task => Entropy(body, end, task)) < 0.95 * Tasks().Sum(task => Entropy(body, All.Doge(doge).ToDictionary(), task)));
    }

    [Fact]
    public void What_is_left_out_of_the_merge_is_the_base_s_in_the_body_too()
    {
        var other = Body(77);
        var pool = All.Without("0.*");
        using var merge = new LearnableMerge(pool, other, TaskVectorRule.Plain, MergeCoefficients.Constant(0.3));
        merge.Set(tensor(merge.Initial));
        var expected = FunctionalCall.Call(body, pool.TaskArithmetic(0.3).ToDictionary(), Normal(1, 7, 6));
        Pool.Near(expected.Numbers(), Inside(merge, other, Normal(1, 7, 6)).Numbers(), 1e-12);
    }

    private sealed class Tied : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Linear first = nn.Linear(6, 6, hasBias: false, dtype: ScalarType.Float64);
        private readonly TorchSharp.Modules.Linear second = nn.Linear(6, 6, hasBias: false, dtype: ScalarType.Float64);

        public Tied() : base("Tied")
        {
            second.weight = first.weight;
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => second.call(first.call(x).tanh());
    }

    [Fact]
    public void Running_statistics_are_merged_by_their_first_coefficients_and_whole_numbers_are_the_base_s()
    {
        static nn.Module<Tensor, Tensor> Network() => nn.Sequential(nn.Linear(6, 5), nn.BatchNorm1d(5)).to(ScalarType.Float64);
        Dictionary<string, Tensor> Moved(nn.Module module, int seed) => Copied(module).ToDictionary(pair => pair.Key, pair =>
            is_floating_point(pair.Value.dtype) ? pair.Value + 0.2 * Normal(seed, pair.Value.shape).abs() : pair.Value + seed);
        var network = Network();
        network.eval();
        var start = Moved(network, 0);
        var pool = Merge.Of(start, Moved(network, 1), Moved(network, 2));
        var learned = pool.AdaMerging(Network(), [new("task", Normal(4, 20, 6), Head(5, 3, 5))], new() { Steps = 5, LearningRate = 0.05 });
        Assert.Equal([0.3, 0.3], learned.Coefficients["1.running_var"]);
        Assert.NotEqual([0.3, 0.3], learned.Coefficients["1.weight"]);
        Assert.DoesNotContain("1.num_batches_tracked", learned.Coefficients.Keys);
        using var merge = new LearnableMerge(pool, network, TaskVectorRule.Plain, MergeCoefficients.Constant(0.3));
        merge.Set(tensor(merge.Initial));
        var expected = FunctionalCall.Call(network, pool.TaskArithmetic(0.3).ToDictionary(), Normal(1, 7, 6));
        Pool.Near(expected.Numbers(), Inside(merge, network, Normal(1, 7, 6)).Numbers(), 1e-12);
    }

    [Fact]
    public void Nothing_is_left_in_memory()
    {
        long Left(Action action)
        {
            var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            action();
            return DisposeScopeManager.Statistics.ThreadTotalLiveCount - before;
        }
        var tasks = Tasks();
        foreach (var granularity in new[] { MergeGranularity.Layer, MergeGranularity.Task })
            Assert.Equal(0, Left(() => All.AdaMerging(body, tasks, new() { Steps = 4, Granularity = granularity })));
        var doge = TaskVectorRule.Doge(new() { Steps = 4 });
        Assert.Equal(0, Left(() => All.AdaMerging(body, tasks, new() { Steps = 4, Vectors = doge })));
        foreach (var method in new[] { MergeMethod.Doge(new() { Steps = 4 }), MergeMethod.IsotropicCts() })
            Assert.Equal(0, Left(() => Array.ForEach([.. All.By(method).ToDictionary().Values], tensor => tensor.Dispose())));
    }

    [Fact]
    public void Names_of_one_tensor_have_one_coefficient()
    {
        var tied = new Tied();
        Dictionary<string, Tensor> Model(Tensor weight) => new() { ["first.weight"] = weight, ["second.weight"] = weight };
        var pool = Merge.Of(Model(Normal(1, 6, 6)), Model(Normal(2, 6, 6)), Model(Normal(3, 6, 6)));
        var learned = pool.AdaMerging(tied, [new("task", Normal(4, 20, 6), Head(5, 3, 6))], new() { Steps = 5, LearningRate = 0.05 });
        Assert.Equal(learned.Coefficients["first.weight"], learned.Coefficients["second.weight"]);
        Assert.NotEqual([0.3, 0.3], learned.Coefficients["first.weight"]);
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        string Refused<T>(MergeTask[] tasks, AdaMergingOptions? options = null, MergePool? pool = null, nn.Module<Tensor, Tensor>? given = null)
            where T : Exception => Assert.Throws<T>(() => (pool ?? All).AdaMerging(given ?? body, tasks, options ?? new() { Steps = 2 })).Message;
        var good = Tasks()[0];
        Assert.Contains("at least one task", Refused<ArgumentException>([]));
        Assert.Contains("task 'empty' has no rows to learn from: its inputs are [0, 6]",
            Refused<ArgumentException>([good, new("empty", zeros(0, 6, ScalarType.Float64), good.Head)]));
        Assert.Contains("task 'wide': its head does not take the body's features [16, 4] of Float64",
            Refused<ArgumentException>([good, good with { Name = "wide", Head = Head(1, 3, 9) }]));
        Assert.Contains("task 'narrow': the body Sequential does not take its inputs [16, 5] of Float64",
            Refused<ArgumentException>([good with { Name = "narrow", Inputs = Normal(1, 20, 5) }]));
        Assert.Contains("task 'flat': its head gave [64] for features [16, 4]; expected logits [16, classes]",
            Refused<ArgumentException>([good with { Name = "flat", Head = nn.Flatten(0) }]));
        var broken = good.Inputs.clone();
        broken[.., 2] = double.NaN;
        Assert.Contains("task 'broken': the objective is NaN at step 1",
            Refused<InvalidDataException>([good, good with { Name = "broken", Inputs = broken }]));
        Assert.Contains("the objective of task 'task 1' is [16]; expected a scalar",
            Refused<ArgumentException>([good], new() { Objective = (_, logits, _) => logits.sum([1L]) }));
        var message = Refused<ArgumentException>([good], given: nn.Sequential(nn.Linear(6, 5), nn.Linear(5, 3)).to(ScalarType.Float64));
        Assert.Contains("it has no '3.weight', which is merged", message);
        Assert.Contains("its '1.weight' is [3, 5] of Float64, in the base [5] of Float64", message);
        var bad = tuned[1].ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        bad["3.bias"][2] = double.PositiveInfinity;
        Assert.Contains("model 2: tensor '3.bias' holds Infinity at its element 2",
            Refused<InvalidDataException>([good], pool: Merge.Of(theta0, tuned[0], bad)));
        Assert.Contains("starts at a coefficient of 2, outside of its bounds [0, 1]",
            Refused<DeclarationException>([good], new() { Initial = MergeCoefficients.Constant(2) }));
        Assert.Contains("start equal in all tensors", Refused<DeclarationException>([good],
            new() { Initial = MergeCoefficients.EqualNormsOfMedian(0.1), Granularity = MergeGranularity.Task, Upper = double.PositiveInfinity }));
        Assert.Contains("0 or more steps, but got -1", Refused<DeclarationException>([good], new() { Steps = -1 }));
        Assert.Contains("learning rate", Refused<DeclarationException>([good], new() { LearningRate = 0 }));
        Assert.Contains("at least one batch", Refused<DeclarationException>([good], new() { BatchRows = 0 }));
        Assert.Contains("bounds", Refused<DeclarationException>([good], new() { Lower = 2 }));
        // The body is as before after all of these.
        Pool.SameBits(theta0, Copied(body));
    }

    [Fact]
    public void Coefficients_that_do_not_fit_are_named()
    {
        string Refused(Dictionary<string, double[]> lambda) => Assert.Throws<DeclarationException>(() => All.Coefficients(lambda)).Message;
        var good = theta0.ToDictionary(pair => pair.Key, _ => new[] { 0.1, 0.2, 0.3 });
        Assert.Contains("coefficients of '0.wieght', which is no tensor that is merged; did you mean '0.weight'?",
            Refused(new(good) { ["0.wieght"] = [1, 1, 1] }));
        var missing = new Dictionary<string, double[]>(good);
        missing.Remove("3.bias");
        Assert.Contains("no coefficients of '3.bias', which is merged", Refused(missing));
        Assert.Contains("'3.bias' takes a coefficient for each of the 3 models, but got 1", Refused(new(good) { ["3.bias"] = [1] }));
        Assert.Contains("the coefficients of '3.bias' are finite", Refused(new(good) { ["3.bias"] = [1, double.NaN, 1] }));
        Assert.Contains("finite number above 0", Assert.Throws<DeclarationException>(() => MergeCoefficients.EqualNorms(0)).Message);
        Assert.Contains("finite number", Assert.Throws<DeclarationException>(() => MergeCoefficients.Constant(double.NaN)).Message);
        Assert.Contains("in [0, 1]", Assert.Throws<DeclarationException>(() => TaskVectorRule.Ties(2)).Message);
        Assert.Contains("none of the merged tensors is one: '0.bias'",
            Assert.Throws<DeclarationException>(() => All.Without("*.weight").Doge()).Message);
        foreach (var (options, expected) in new (DogeOptions, string)[]
        {
            (new() { Keep = 1.1 }, "in [0, 1]"), (new() { Steps = -1 }, "0 or more steps"), (new() { Subspace = 0 }, "at least 1"),
            (new() { LearningRate = -1 }, "above 0"), (new() { IsPlainDescent = true }, "needs a LearningRate"),
        })
            Assert.Contains(expected, Assert.Throws<DeclarationException>(() => All.Doge(options)).Message);
        Assert.Contains("[4, 5] and [4, 4]", Assert.Throws<ArgumentException>(
            () => DogeCorrection.Find([zeros(4, 5), zeros(4, 4)], [1, 1], new())).Message);
        Assert.Contains("of 1 task vectors, but got 2", Assert.Throws<ArgumentException>(
            () => DogeCorrection.Find([zeros(4, 5)], [1, 1], new())).Message);
    }
}
