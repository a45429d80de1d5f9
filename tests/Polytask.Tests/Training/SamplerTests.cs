using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Training;

public class SamplerTests
{
    private static readonly string[] Tasks = ["a", "b", "c"];
    private static readonly long[] Rows = [1000, 100, 10];

    private static double[] Shares(Sampler sampler, int steps, int batch, out List<IReadOnlyList<int>> drawn)
    {
        var draws = new SamplerDraws(sampler, Tasks, Rows, batch, seed: 1);
        drawn = [.. Enumerable.Range(0, steps).Select(step => draws.Of(1, step))];
        var all = drawn;
        return [.. Tasks.Select((_, task) => all.Sum(counts => (double)counts[task]) / (steps * batch))];
    }

    public static TheoryData<ChanceSampler, double[]> Chances => new()
    {
        { Sampler.Proportional(), [1000, 100, 10] },
        { Sampler.Proportional(limit: 50), [50, 50, 10] },
        { Sampler.Temperature(2), [Math.Sqrt(1000), 10, Math.Sqrt(10)] },
        { Sampler.Uniform(), [1, 1, 1] },
        { Sampler.Chances(("b", 3), ("a", 1), ("c", 0)), [1, 3, 0] },
    };

    [Theory]
    [MemberData(nameof(Chances), DisableDiscoveryEnumeration = true)]
    public void Tasks_come_as_often_as_their_chances_say(ChanceSampler sampler, double[] chances)
    {
        const int draws = 20_000;
        foreach (var (shares, drawn) in new[] { (Shares(sampler, draws / 50, 50, out var mixed), mixed), (Shares(sampler.Unmixed(), draws, 1, out var single), single) })
        {
            foreach (var (share, chance) in shares.Zip(chances.Select(chance => chance / chances.Sum())))
                Assert.Equal(chance, share, 4 * Math.Sqrt(chance * (1 - chance) / draws) + 1e-12);
            Assert.All(drawn, counts => Assert.Equal(drawn == mixed ? 50 : 1, counts.Sum()));
        }
        Assert.All(Shares2(sampler.Unmixed()), counts => Assert.Single(counts, count => count > 0));

        static List<IReadOnlyList<int>> Shares2(Sampler sampler)
        {
            Shares(sampler, 50, 20, out var drawn);
            return drawn;
        }
    }

    [Fact]
    public void Picks_follow_from_seed_epoch_and_step()
    {
        SamplerDraws Of(int seed) => new(Sampler.Uniform(), Tasks, Rows, 20, seed);
        var straight = Of(1);
        var all = Enumerable.Range(0, 6).Select(step => straight.Of(2, step)).ToArray();
        Assert.Equal(all[4], Of(1).Of(2, 4)); // as a resumed run asks
        Assert.NotEqual(all, [.. Enumerable.Range(0, 6).Select(step => Of(2).Of(2, step))]);
        Assert.NotEqual(all, [.. Enumerable.Range(0, 6).Select(step => Of(1).Of(3, step))]);
    }

    [Fact]
    public void Round_robin_takes_turns() =>
        Assert.Equal([0, 1, 2, 0, 1], Enumerable.Range(0, 5).Select(step => new SamplerDraws(Sampler.RoundRobin(), Tasks, Rows, 8, 0).Of(1, step).ToList().IndexOf(8)));

    // Adam moves a weight whose gradient is zero by what it remembers: a resting task must have no gradient at all.
    [Fact]
    public void A_task_that_rests_is_left_alone()
    {
        Dictionary<string, double[]>? before = null;
        var model = Problem.TwoTasks.Weigh(Weighting.Uncertainty());
        var run = model.Train(Problem.Separate, t => t.Adam(0.1, weightDecay: 0.1).Batch(8).Epochs(3).Sample(Sampler.RoundRobin()).OnStep(now =>
        {
            var after = Problem.WeightsOf(now.Module);
            if (before is not null)
            {
                // 48 rows in batches of 8 are 6 steps: y, c, y, c, y, c.
                var (ran, rests) = now.Step % 2 == 1 ? ("_y.", "_c.") : ("_c.", "_y.");
                foreach (var (name, values) in after)
                {
                    if (name.Contains(rests)) Assert.Equal(before[name], values);
                    else if (name.Contains(ran) || name.Contains("trunk")) Assert.NotEqual(before[name], values);
                }
            }
            before = after;
        }));
        Assert.Equal(3, run.History.Count(row => row is { Split: "train", Key: "c/loss" }));
    }

    // Two tasks that share nothing: each is trained as by an optimiser of its own on its own steps.
    [Fact]
    public void What_the_optimiser_remembers_of_a_task_waits_for_it()
    {
        var model = Problem.TwoTasks.SingleTask();
        var run = model.Train(Problem.Separate, t => t.Adam(0.05).Batch(8).Epochs(1).Sample(Sampler.RoundRobin()), seed: 7);
        manual_seed(7);
        var module = model.Build();
        foreach (var task in new[] { "y", "c" })
        {
            using var optimizer = optim.Adam(module.TaskParameters(task), 0.05);
            using var alone = Problem.TwoTasks.Only(task).Build();
            IEnumerable<Batch> Pass(int epoch) => alone.Batches(Problem.Separate.Only(task).Train, 8, seed: 7, epoch);
            foreach (var batch in Pass(1).Concat(Pass(2)).Take(3))
            {
                optimizer.zero_grad();
                var loss = module.Model.Tasks.Single(spec => spec.Name == task).Loss;
                loss.Mean(module.Forward(task, batch.Inputs(task)), batch.Target(task)).backward();
                optimizer.step();
            }
        }
        Problem.NearWeights(module, run.Module, 1e-7);
    }

    [Fact]
    public void A_mixed_step_weighs_tasks_by_their_rows()
    {
        var run = Problem.TwoTasks.Train(Problem.Separate, t => t.Sgd(0.01).Batch(8).Epochs(1)
            .Sample(Sampler.Of("six and two", turn => [6, 2]).Steps(4)), seed: 2);
        double Weight(string task) => run.History.Single(row => row is { Split: "train", Metric: "weight" } && row.Task == task).Value;
        Assert.Equal((0.75, 0.25), (Weight("y"), Weight("c")));
    }

    [Fact]
    public void A_joint_table_can_be_sampled_task_by_task()
    {
        var run = Problem.TwoTasks.Train(Problem.Joint, t => t.Adam(0.02).Batch(16).Epochs(20).Sample(Sampler.Uniform().Unmixed()), seed: 1);
        Assert.True(run.Test("c/accuracy") > 0.8);
        Assert.True(run.Test("y/r2") > 0.6);
    }

    [Fact]
    public void Samplers_that_cannot_be()
    {
        string Refusal(Func<Sampler> sampler) => Assert.Throws<DeclarationException>(() =>
            Problem.TwoTasks.Train(Problem.Separate, t => t.Batch(8).Epochs(1).Sample(sampler()))).Message;
        Assert.Equal("sampler 'none tasks' must give a number of rows for each of the 2 tasks, at least one above 0, but gave [0, 0] in epoch 1, step 1",
            Refusal(() => Sampler.Of("none", _ => [0, 0])));
        Assert.Equal("a sampler's temperature is a number above 0, but got -1", Refusal(() => Sampler.Temperature(-1)));
        Assert.StartsWith("the sampler names task 'x', but the model has 'y' and 'c'", Refusal(() => Sampler.Chances(("x", 1))));
        Assert.Equal("the sampler has no chance for task 'c'; give it one, 0 to leave it out", Refusal(() => Sampler.Chances(("y", 1))));
    }

    [Fact]
    public void A_batch_larger_than_the_data_is_refused()
    {
        string Refusal(DataSplits splits) => Assert.Throws<DataException>(() => Problem.TwoTasks.Train(splits, t => t.Batch(64))).Message;
        Assert.Equal("the plan's batches of 64 rows are larger than the training split with its 48 rows; use .Batch(48) or fewer, or .FullBatch()",
            Refusal(Problem.Joint));
        Assert.Contains("with its 32 rows for the largest task", Refusal(Problem.Separate));
    }

    // A row of weight 2 is a row that is there twice.
    [Fact]
    public void Weighted_rows_count_as_often_as_they_say()
    {
        var weights = ones(48);
        weights[TensorIndex.Slice(0, 10)] = tensor(2f);
        weights[TensorIndex.Slice(40)] = tensor(0f);
        var once = Examples.Joint(Problem.X, ("y", Problem.Y)).Weighted("y", weights);
        Tensor Repeated(Tensor rows) => cat([rows[TensorIndex.Slice(0, 10)], rows[TensorIndex.Slice(0, 40)]], 0);
        var twice = Examples.Joint(Repeated(Problem.X), ("y", Repeated(Problem.Y)));
        Run Of(Examples train) => Problem.Linear.Train(new DataSplits(train, once, once), t => t.Sgd(0.05).FullBatch().Epochs(20), seed: 1);
        Problem.NearWeights(Of(twice).Module, Of(once).Module, 1e-6);
        Assert.Equal("task 'y': row weights are finite numbers of at least 0, but row 3 has -1", Assert.Throws<DataException>(() =>
        {
            var bad = ones(48);
            bad[3] = tensor(-1f);
            once.Weighted("y", bad);
        }).Message);
        Assert.Contains("every row with a label has weight 0", Assert.Throws<DataException>(() => Of(once.Weighted("y", zeros(48)))).Message);
        Assert.Equal(2, once.At(tensor(new long[] { 0, 47 })).Weights("y")!.sum().item<float>());
    }
}
