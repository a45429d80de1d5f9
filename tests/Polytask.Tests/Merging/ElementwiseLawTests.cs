using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Merging;

/// <summary>What must hold exactly (card f07, 1 and 2), in Float64.</summary>
public sealed class ElementwiseLawTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Dictionary<string, Tensor> theta0 = Pool.Gaussian(5)[0];
    private readonly Dictionary<string, Tensor>[] tuned = Pool.Gaussian(5)[1..];

    public void Dispose() => scope.Dispose();

    private MergePool All => Merge.Of(theta0, tuned);

    [Fact]
    public void The_average_is_task_arithmetic_at_one_over_T_and_the_equally_weighted_mean()
    {
        var mean = Pool.Flat(tuned[0]).Select((_, i) => tuned.Average(model => Pool.Flat(model)[i])).ToArray();
        Pool.Near(mean, Pool.Flat(All.Average()));
        Pool.Near(mean, Pool.Flat(All.TaskArithmetic(1.0 / 4)));
        Pool.Near(mean, Pool.Flat(All.Weighted(2, 2, 2, 2)));
    }

    [Fact]
    public void At_scale_zero_there_is_the_base()
    {
        Pool.Near(Pool.Flat(theta0), Pool.Flat(All.TaskArithmetic(0)), 0);
        Pool.Near(Pool.Flat(theta0), Pool.Flat(All.TaskArithmetic(0, 0, 0, 0)), 0);
        Pool.Near(Pool.Flat(theta0), Pool.Flat(All.Ties(0.2, 0)), 0);
        Pool.Near(Pool.Flat(theta0), Pool.Flat(All.Ties(keep: 0)), 0);
        Pool.Near(Pool.Flat(theta0), Pool.Flat(All.Dare(0.5, MergeMethod.TaskArithmetic(0))), 0);
    }

    [Fact]
    public void One_model_at_scale_one_is_that_model()
    {
        var one = Merge.Of(theta0, tuned[0]);
        foreach (var method in new[] { MergeMethod.TaskArithmetic(1.0), MergeMethod.Ties(keep: 1), MergeMethod.Ties(1, 1, TiesReduction.Sum),
            MergeMethod.Average(), MergeMethod.Dare(0, MergeMethod.TaskArithmetic(1.0)) })
            Pool.Near(Pool.Flat(tuned[0]), Pool.Flat(one.By(method)));
    }

    [Fact]
    public void A_scale_of_minus_one_takes_a_task_away()
    {
        var expected = Pool.Flat(theta0).Zip(Pool.Flat(tuned[0]), (start, end) => start - (end - start)).ToArray();
        Pool.Near(expected, Pool.Flat(Merge.Of(theta0, tuned[0]).TaskArithmetic(-1)));
    }

    [Fact]
    public void Identical_models_stay_as_they_are()
    {
        var same = Merge.Of(theta0, tuned[0], tuned[0], tuned[0]);
        Pool.Near(Pool.Flat(tuned[0]), Pool.Flat(same.Average()));
        Pool.Near(Pool.Flat(tuned[0]), Pool.Flat(same.Weighted(1, 5, 0.5)));
        Pool.Near(Pool.Flat(tuned[0]), Pool.Flat(same.Ties(keep: 1)));
    }

    [Fact]
    public void The_order_of_the_models_does_not_matter()
    {
        var reversed = Merge.Of(theta0, [.. tuned.Reverse()]);
        foreach (var method in new[] { MergeMethod.Average(), MergeMethod.TaskArithmetic(), MergeMethod.Ties(0.3),
            MergeMethod.Ties(0.3, 0.3, TiesReduction.Sum) })
            Pool.Near(Pool.Flat(All.By(method)), Pool.Flat(reversed.By(method)));
        Pool.Near(Pool.Flat(All.Weighted(1, 2, 3, 4)), Pool.Flat(reversed.Weighted(4, 3, 2, 1)));
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void TIES_of_one_model_is_its_task_vector_trimmed_over_all_tensors_together(double keep)
    {
        var (start, end) = (Pool.Flat(theta0), Pool.Flat(tuned[1]));
        var tau = start.Zip(end, (a, b) => b - a).ToArray();
        var count = (int)Math.Round(keep * tau.Length, MidpointRounding.AwayFromZero);
        var kept = Enumerable.Range(0, tau.Length).OrderByDescending(i => Math.Abs(tau[i])).Take(count).ToHashSet();
        var merged = Pool.Flat(Merge.Of(theta0, tuned[1]).Ties(keep));
        Pool.Near([.. start.Select((value, i) => kept.Contains(i) ? end[i] : value)], merged);
        Assert.Equal(count, merged.Zip(start).Count(pair => pair.First != pair.Second));
    }

    [Fact]
    public void TIES_that_keeps_all_of_vectors_that_agree_in_their_signs_is_the_average_or_the_sum()
    {
        var agreeing = tuned.Select((model, t) => theta0.ToDictionary(pair => pair.Key, pair => pair.Key == "steps" ? pair.Value
            : pair.Value + (0.1 + model[pair.Key].abs()) * tuned[0][pair.Key].sign())).ToArray();
        var pool = Merge.Of(theta0, agreeing);
        Pool.Near(Pool.Flat(pool.Average()), Pool.Flat(pool.Ties(keep: 1)));
        Pool.Near(Pool.Flat(pool.TaskArithmetic(0.3)), Pool.Flat(pool.Ties(1, 0.3, TiesReduction.Sum)));
    }

    [Fact]
    public void A_sum_of_zero_takes_the_sign_of_most_elements()
    {
        static Dictionary<string, Tensor> Model(params double[] values) => new() { ["w"] = tensor(values) };
        // Elected: -, -, +, and for the last 1 - 1 = 0 the sum of those signs: -.
        var pool = Merge.Of(Model(0, 0, 0, 0), Model(-3, -2, 5, 1), Model(-1, 1, 2, -1));
        Pool.Near([-4, -2, 7, -1], Pool.Flat(pool.Ties(1, 1, TiesReduction.Sum)), 0);
        Pool.Near([-2, -2, 3.5, -1], Pool.Flat(pool.Ties(1, 1)), 0);
        // And + where most elements are.
        var other = Merge.Of(Model(0, 0, 0, 0), Model(3, 2, -5, 1), Model(1, -1, -2, -1));
        Pool.Near([4, 2, -7, 1], Pool.Flat(other.Ties(1, 1, TiesReduction.Sum)), 0);
    }

    [Theory]
    [InlineData(TiesReduction.Sum)]
    [InlineData(TiesReduction.Mean)]
    public void Sums_of_zero_in_models_of_many_blocks_take_the_sign_of_most_elements(TiesReduction reduction)
    {
        // Small whole numbers cancel often; a tie is met long before it is known that most elected signs are -.
        const int count = 300_000;
        manual_seed(11);
        var taus = Enumerable.Range(0, 3).Select(_ => (randint(-3, 4, [count]) - (rand(count) > 0.9).to(ScalarType.Int64)).to(ScalarType.Float32))
            .ToArray();
        foreach (var sign in new[] { 1, -1 })
        {
            Dictionary<string, Tensor> Model(Tensor? tau) => new() { ["w"] = tau is null ? zeros(count) : sign * tau, ["x"] = ones(3) };
            var pool = Merge.Of(Model(null), [.. taus.Select(Model)]);
            var sums = Enumerable.Range(0, count).ToArray();
            var numbers = taus.Select(tau => (sign * tau).Numbers()).ToArray();
            var elected = sums.Select(i => Math.Sign(numbers.Sum(tau => tau[i]))).ToArray();
            Assert.Equal(-sign, Math.Sign(elected.Sum()));
            var expected = sums.Select(i =>
            {
                var gamma = elected[i] == 0 ? -sign : elected[i];
                var agreeing = numbers.Select(tau => tau[i]).Where(tau => Math.Sign(tau) == gamma).ToArray();
                return agreeing.Sum() / (reduction == TiesReduction.Mean ? Math.Max(1, agreeing.Length) : 1);
            }).ToArray();
            Assert.Contains(sums, i => elected[i] == 0 && expected[i] != 0);
            Pool.Near([.. expected, 1, 1, 1], Pool.Flat(pool.Ties(1, 1, reduction)), 1e-6);
        }
    }

    [Fact]
    public void Elements_as_large_as_the_last_one_kept_are_kept_too()
    {
        static Dictionary<string, Tensor> Model(params double[] values) => new() { ["w"] = tensor(values) };
        Pool.Near([0, -2, 2, 2, 3], Pool.Flat(Merge.Of(Model(0, 0, 0, 0, 0), Model(1, -2, 2, 2, 3)).Ties(keep: 0.4)), 0);
    }

    [Fact]
    public void After_election_the_magnitude_of_the_sum_is_the_sum_of_magnitudes()
    {
        // Alone in their signs: every element that TIES adds up agrees, so no two of them cancel.
        var start = Pool.Flat(theta0);
        var taus = tuned.Select(model => Pool.Flat(model).Zip(start, (end, begin) => end - begin).ToArray()).ToArray();
        var merged = Pool.Flat(All.Ties(1, 1, TiesReduction.Sum));
        for (var i = 0; i < start.Length; i++)
        {
            var change = merged[i] - start[i];
            Assert.Equal(Math.Abs(change), taus.Where(tau => Math.Sign(tau[i]) == Math.Sign(change)).Sum(tau => Math.Abs(tau[i])), 10);
        }
    }

    [Fact]
    public void DARE_that_drops_nothing_is_the_other_method()
    {
        foreach (var method in new[] { MergeMethod.Average(), MergeMethod.TaskArithmetic(0.7), MergeMethod.Ties(0.3),
            MergeMethod.Weighted(1, 2, 3, 4) })
            Pool.Near(Pool.Flat(All.By(method)), Pool.Flat(All.Dare(0, method)), 0);
    }

    [Fact]
    public void DARE_drops_its_share_and_rescales_the_rest_anew_for_each_seed_model_and_tensor()
    {
        const double rate = 0.9;
        var start = theta0["z.weight"].Numbers();
        double[] Tau(int model) => tuned[model]["z.weight"].Numbers().Zip(start, (end, begin) => end - begin).ToArray();
        bool[] Kept(MergePool pool, int model, int seed)
        {
            var changes = pool.Dare(rate, MergeMethod.TaskArithmetic(1.0), seed).ToDictionary()["z.weight"].Numbers()
                .Zip(start, (end, begin) => end - begin);
            return [.. changes.Zip(Tau(model), (change, tau) =>
            {
                Assert.True(change == 0 || Math.Abs(change - tau / (1 - rate)) < 1e-10);
                return change != 0;
            })];
        }
        var kept = Kept(Merge.Of(theta0, tuned[0]), 0, 1);
        // 5 sigma of a binomial draw.
        Assert.InRange(kept.Count(each => each), kept.Length * 0.1 - 5 * Math.Sqrt(kept.Length * 0.09),
            kept.Length * 0.1 + 5 * Math.Sqrt(kept.Length * 0.09));
        Assert.Equal(kept, Kept(Merge.Of(theta0, tuned[0]), 0, 1));
        var other = Kept(Merge.Of(theta0, tuned[0]), 0, 2);
        Assert.InRange(kept.Zip(other).Count(pair => pair.First && pair.Second), 1, kept.Length * 0.02);
        var withUnchangedFirst = Kept(Merge.Of(theta0, theta0, tuned[0]), 0, 1);
        Assert.NotEqual(kept, withUnchangedFirst);
    }

    [Fact]
    public void DARE_is_unbiased()
    {
        const int draws = 2000;
        const double rate = 0.7;
        var (start, end) = (Pool.Base(), Pool.Tuned()[2]);
        var tau = Pool.Flat(start).Zip(Pool.Flat(end), (a, b) => b - a).ToArray();
        var mean = new double[tau.Length];
        for (var seed = 0; seed < draws; seed++)
        {
            var merged = Pool.Flat(Merge.Of(start, end).Dare(rate, MergeMethod.TaskArithmetic(1.0), seed));
            var theta = Pool.Flat(start);
            for (var i = 0; i < mean.Length; i++) mean[i] += (merged[i] - theta[i]) / draws;
        }
        // The variance of a draw is tau^2 p / (1 - p).
        for (var i = 0; i < mean.Length; i++)
            Assert.InRange(Math.Abs(mean[i] - tau[i]), 0, 5 * Math.Abs(tau[i]) * Math.Sqrt(rate / (1 - rate) / draws));
    }

    [Fact]
    public void TIES_after_DARE_trims_what_DARE_left()
    {
        var one = Merge.Of(theta0, tuned[0]);
        var start = Pool.Flat(theta0);
        // More is kept than DARE leaves: TIES changes nothing. Less: only the largest of those left.
        Pool.Near(Pool.Flat(one.Dare(0.5, MergeMethod.TaskArithmetic(1.0), 3)), Pool.Flat(one.Dare(0.5, MergeMethod.Ties(0.8), 3)));
        var all = Pool.Flat(one.Dare(0.5, MergeMethod.TaskArithmetic(1.0), 3)).Zip(start, (end, begin) => end - begin).ToArray();
        var few = Pool.Flat(one.Dare(0.5, MergeMethod.Ties(0.1), 3)).Zip(start, (end, begin) => end - begin).ToArray();
        var count = (int)Math.Round(0.1 * all.Length);
        Assert.Equal(all.Select(Math.Abs).OrderDescending().Take(count).Sum(), few.Sum(Math.Abs), 8);
    }
}
