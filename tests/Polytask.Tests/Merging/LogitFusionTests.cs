using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Merging;

public sealed class LogitFusionTests : IDisposable
{
    private const long Rows = 40, Vocabulary = 11;
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor large = Logits(1, 2), small = Logits(2, 1.5);

    public void Dispose() => scope.Dispose();

    private static Tensor Logits(int seed, double size) => Values.Normal(seed, Rows, Vocabulary).to(ScalarType.Float64) * size;

    // What tuning changed: of another size at each row, so that some lengths are beyond the reach of alpha = 2 and most are not.
    private Tensor Expert(int seed, double size = 1) => small + size * Values.Normal(seed, Rows, 1).abs() * Logits(seed + 100, 1);

    private static double[] Divergence(Tensor logits, Tensor from)
    {
        var (p, q) = (logits.to(ScalarType.Float64).softmax(1), from.to(ScalarType.Float64).softmax(1));
        return (p * (p / q).log()).sum([1L]).Numbers();
    }

    private static double Difference(Tensor left, Tensor right) => (left.softmax(1) - right.softmax(1)).abs().max().item<double>();

    public static TheoryData<string> Rules => new() { "single", "bisected", "one", "centroid" };

    private static LogitFusion Rule(string name) => name switch
    {
        "single" => LogitFusion.Single(),
        "bisected" => LogitFusion.Single(AlphaSearch.Bisection()),
        "one" => LogitFusion.OneExpert(),
        _ => LogitFusion.Centroid(),
    };

    [Fact]
    public void At_alpha_0_the_large_model_speaks_bit_for_bit()
    {
        var fused = LogitFusion.Static(0, 0).Fuse(large, small, [Expert(3), Expert(4)]);
        Assert.Equal(large.softmax(1).Numbers(), fused.Logits.softmax(1).Numbers());
        // An expert that did not move asks for no move.
        Assert.Equal(large.Numbers(), LogitFusion.Single().Fuse(large, small, [small]).Logits.Numbers());
    }

    [Fact]
    public void Where_the_large_model_is_the_small_one_the_expert_speaks_with_alpha_1()
    {
        var expert = Expert(3);
        foreach (var search in new[] { AlphaSearch.Grid(), AlphaSearch.Bisection() })
        {
            var fused = LogitFusion.Single(search).Fuse(small, small, [expert]);
            Assert.All(fused.Alphas.Numbers(), alpha => Assert.Equal(1, alpha, 6));
            Assert.True(Difference(fused.Logits, expert) <= 1e-6);
        }
        Assert.All(LogitFusion.Single().Fuse(small, small, [expert]).Alphas.Numbers(), alpha => Assert.Equal(1.0, alpha));
    }

    [Fact]
    public void With_one_expert_all_rules_are_one()
    {
        var expert = Expert(3);
        foreach (var search in new[] { AlphaSearch.Grid(), AlphaSearch.Bisection() })
        {
            var single = LogitFusion.Single(search).Fuse(large, small, [expert]);
            Pool.Near(single.Logits.Numbers(), LogitFusion.OneExpert(search).Fuse(large, small, [expert]).Logits.Numbers(), 0);
            Pool.Near(single.Logits.Numbers(), LogitFusion.Centroid(3, search).Fuse(large, small, [expert]).Logits.Numbers(), 0);
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_constant_in_the_logits_of_a_row_changes_nothing(string name)
    {
        Tensor[] experts = name is "single" or "bisected" ? [Expert(3)] : [Expert(3), Expert(4)];
        var constant = Values.Normal(9, Rows, 1).to(ScalarType.Float64) * 50;
        var before = Rule(name).Fuse(large, small, experts);
        foreach (var after in new[]
        {
            Rule(name).Fuse(large + constant, small, experts),
            Rule(name).Fuse(large, small + constant, experts),
            Rule(name).Fuse(large, small, [.. experts.Select(expert => expert + constant)]),
        })
        {
            Pool.Near(before.Alphas.Numbers(), after.Alphas.Numbers(), 1e-6);
            Assert.True(Difference(before.Logits, after.Logits) <= 1e-6);
        }
    }

    // The tilting identity: d/d alpha KL(P_alpha || P) = alpha Var of d under P_alpha.
    [Theory]
    [InlineData(0.3)]
    [InlineData(1.7)]
    public void The_divergence_grows_by_alpha_times_the_variance_of_the_shift(double alpha)
    {
        const double Step = 1e-5;
        var (expert, d) = (Expert(3), Expert(3) - small);
        double[] At(double at) => Divergence(LogitFusion.Static(at).Fuse(large, small, [expert]).Logits, large);
        var slope = At(alpha + Step).Zip(At(alpha - Step), (more, less) => (more - less) / (2 * Step)).ToArray();
        var p = (large + alpha * d).softmax(1);
        var mean = (p * d).sum([1L], keepdim: true);
        Pool.Near((alpha * (p * (d - mean).square()).sum([1L])).Numbers(), slope, 1e-4);
    }

    [Fact]
    public void Bisection_meets_the_length_and_the_grid_is_its_neighbour_or_the_limit()
    {
        var expert = Expert(3, 1.5);
        var wanted = Divergence(expert, small);
        var bisected = LogitFusion.Single(AlphaSearch.Bisection()).Fuse(large, small, [expert]);
        Pool.Near(wanted, bisected.Shifts.Numbers(), 1e-12);
        var (exact, grid) = (bisected.Alphas.Numbers(), LogitFusion.Single().Fuse(large, small, [expert]).Alphas.Numbers());
        var met = Divergence(bisected.Logits, large);
        var atLimit = Divergence(LogitFusion.Static(2).Fuse(large, small, [expert]).Logits, large);
        var reachable = 0;
        double[][] onGrid = [.. Enumerable.Range(0, 21).Select(i =>
            Divergence(LogitFusion.Static(i * 0.1).Fuse(large, small, [expert]).Logits, large))];
        for (var row = 0; row < Rows; row++)
        {
            // The rule as the paper has it, alpha after alpha.
            var best = Enumerable.Range(0, 21).MinBy(i => Math.Pow(onGrid[i][row] - wanted[row], 2));
            Assert.Equal(best * 0.1, grid[row]);
            if (atLimit[row] < wanted[row])
            {
                Assert.Equal((2.0, 2.0), (exact[row], grid[row]));
                continue;
            }
            reachable++;
            Assert.Equal(wanted[row], met[row], 9);
            Assert.True(Math.Abs(exact[row] - grid[row]) < 0.1, $"row {row}: {exact[row]} and {grid[row]}");
        }
        Assert.InRange(reachable, 10, Rows - 3);
    }

    [Fact]
    public void The_centroid_is_the_distribution_nearest_to_the_experts_fusions()
    {
        Tensor[] experts = [Expert(3), Expert(4), Expert(5)];
        var fused = LogitFusion.Centroid(2, AlphaSearch.Bisection()).Fuse(large, small, experts);
        var shifts = experts.Select(expert => Divergence(expert, small)).ToArray();
        var alone = experts.Select(expert => LogitFusion.Single(AlphaSearch.Bisection()).Fuse(large, small, [expert]).Logits).ToArray();
        double[] Objective(Tensor logits)
        {
            var sum = new double[Rows];
            for (var row = 0; row < Rows; row++)
            {
                var all = shifts.Sum(shift => shift[row] * shift[row]);
                for (var t = 0; t < 3; t++)
                    sum[row] += shifts[t][row] * shifts[t][row] / all * Divergence(logits[row].unsqueeze(0), alone[t][row].unsqueeze(0))[0];
            }
            return sum;
        }
        var best = Objective(fused.Logits);
        for (var seed = 0; seed < 100; seed++)
        {
            var other = Objective(fused.Logits + Logits(1000 + seed, 0.05));
            for (var row = 0; row < Rows; row++) Assert.True(other[row] > best[row], $"seed {seed}, row {row}: {other[row]} and {best[row]}");
        }
    }

    [Fact]
    public void Experts_weigh_by_how_far_they_moved()
    {
        Tensor[] experts = [Expert(3), Expert(4), Expert(5)];
        var alone = experts.Select(expert => LogitFusion.Single().Fuse(large, small, [expert]).Alphas.Numbers()).ToArray();
        var most = LogitFusion.Centroid(double.PositiveInfinity).Fuse(large, small, experts);
        var equal = LogitFusion.Centroid(0).Fuse(large, small, experts);
        var shifts = experts.Select(expert => Divergence(expert, small)).ToArray();
        for (var row = 0; row < Rows; row++)
        {
            var furthest = Enumerable.Range(0, 3).MaxBy(t => shifts[t][row]);
            for (var t = 0; t < 3; t++)
            {
                Assert.Equal(t == furthest ? alone[t][row] : 0, most.Alphas[row, t].item<double>());
                Assert.Equal(alone[t][row] / 3, equal.Alphas[row, t].item<double>(), 12);
            }
        }
        // No expert moved: no row does.
        Assert.Equal(large.Numbers(), LogitFusion.Centroid().Fuse(large, small, [small, small]).Logits.Numbers());
    }

    [Fact]
    public void One_expert_goes_as_far_as_the_mean_and_of_equals_the_one_that_moved_most()
    {
        Tensor[] experts = [Expert(3, 0.3), Expert(4, 0.4), Expert(5, 0.3)];
        var fused = LogitFusion.OneExpert().Fuse(large, small, experts);
        var shifts = experts.Select(expert => Divergence(expert, small)).ToArray();
        var moved = Divergence(fused.Logits, large);
        var tied = 0;
        for (var row = 0; row < Rows; row++)
        {
            var mean = shifts.Average(shift => shift[row]);
            var reach = experts.Select(expert => Divergence((large + 2 * (expert - small))[row].unsqueeze(0), large[row].unsqueeze(0))[0]).ToArray();
            var chosen = Enumerable.Range(0, 3).Where(t => fused.Alphas[row, t].item<double>() > 0).ToArray();
            var expert = Assert.Single(chosen);
            if (reach.Any(each => each < mean)) continue;
            tied++;
            Assert.Equal(mean, moved[row], 9);
            Assert.Equal(Enumerable.Range(0, 3).MaxBy(t => shifts[t][row]), expert);
        }
        Assert.True(tied > 5, $"{tied} rows");
        // Two experts that are the same: the first.
        var same = LogitFusion.OneExpert().Fuse(large, small, [experts[0], experts[0]]).Alphas;
        Assert.All(same[TensorIndex.Colon, 1].Numbers(), alpha => Assert.Equal(0, alpha));
    }

    [Fact]
    public void A_uniform_fusion_is_the_static_one_of_equal_shares()
    {
        Tensor[] experts = [Expert(3), Expert(4)];
        var expected = large + 0.5 * (experts[0] - small) + 0.5 * (experts[1] - small);
        Assert.True(Difference(expected, LogitFusion.Uniform().Fuse(large, small, experts).Logits) <= 1e-12);
        Assert.True(Difference(large + 1.5 * (experts[0] - small), LogitFusion.Static(1.5).Fuse(large, small, [experts[0]]).Logits) <= 1e-12);
    }

    [Fact]
    public void Rows_are_fused_alone()
    {
        var (expert, all) = (Expert(3), LogitFusion.Single().Fuse(large, small, [Expert(3)]));
        var row = LogitFusion.Single().Fuse(large[7].unsqueeze(0), small[7].unsqueeze(0), [expert[7].unsqueeze(0)]);
        Pool.Near(all.Logits[7].Numbers(), row.Logits.Numbers(), 1e-12);
        // So many numbers that the grid takes rows in pieces.
        Tensor[] wide = [Values.Normal(1, 300, 2000), Values.Normal(2, 300, 2000), Values.Normal(3, 300, 2000)];
        var alphas = LogitFusion.Single().Fuse(wide[0], wide[1], [wide[2]]).Alphas;
        foreach (var place in new[] { 0, 198, 199, 299 })
        {
            var one = wide.Select(logits => logits.narrow(0, place, 1)).ToArray();
            Assert.Equal(alphas[place, 0].item<double>(), LogitFusion.Single().Fuse(one[0], one[1], [one[2]]).Alphas.item<double>());
        }
    }

    // Models that know what to say: the large one token 0, the expert counts, so that a shift large enough is heard.
    [Fact]
    public void Decoding_appends_to_one_prefix_until_the_end()
    {
        var seen = new List<long>();
        Tensor Flat(Tensor x) => zeros(x.shape[0], 6);
        Tensor Counts(Tensor x) => nn.functional.one_hot((x[TensorIndex.Colon, -1] + 1).clamp_max(5), 6) * 8f;
        Tensor Large(Tensor x)
        {
            seen.Add(x.shape[1]);
            return Flat(x);
        }
        var prompt = tensor(new long[] { 0, 2, 0, 4 }).view(2, 2);

        var decoded = LogitFusion.Single().Decode(prompt, Large, Flat, [Counts], 4, end: 5);

        Assert.Equal([2L, 3, 4], seen);
        Assert.Equal([3, 4, 5], decoded.Tokens[0]);
        Assert.Equal([5, 5, 5], decoded.Tokens[1]);
        Assert.Equal(3, decoded.Alphas.Count);
        Assert.Equal(1, decoded.Alphas[2][0, 0]);
        Assert.Equal(4, LogitFusion.Static(0).Decode(prompt, Flat, Flat, [Counts], 4).Tokens[0].Length);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        string Refused(Func<object> body) => Assert.Throws<ArgumentException>(body).Message;
        string Undeclared(Func<object> body) => Assert.Throws<DeclarationException>(body).Message;
        var expert = Expert(3);
        Assert.Contains("at least one expert", Refused(() => LogitFusion.Uniform().Fuse(large, small, [])));
        Assert.Contains("for one expert, but there are 2", Refused(() => LogitFusion.Single().Fuse(large, small, [expert, expert])));
        Assert.Contains("has 2 alphas, but there are 1 experts", Refused(() => LogitFusion.Static(1, 2).Fuse(large, small, [expert])));
        Assert.Contains("expert 2 of 2 gives logits [40, 10], but the large model [40, 11]",
            Refused(() => LogitFusion.Centroid().Fuse(large, small, [expert, expert[TensorIndex.Colon, TensorIndex.Slice(1)]])));
        Assert.Contains("expected [rows, vocabulary]", Refused(() => LogitFusion.Uniform().Fuse(large[0], small, [expert])));
        Assert.Contains("the small model gives a logit that is NaN or infinite",
            Refused(() => LogitFusion.Uniform().Fuse(large, small.masked_fill(small.gt(1), double.NegativeInfinity), [expert])));
        Assert.Contains("[rows, length] of Int64", Refused(() => LogitFusion.Uniform().Decode(large, x => x, x => x, [x => x], 1)));
        Assert.Contains("at least 1 step", Refused(() => LogitFusion.Uniform().Decode(zeros(1, 1, ScalarType.Int64), x => x, x => x, [x => x], 0)));
        Assert.Contains("k of at least 0, but got -1", Undeclared(() => LogitFusion.Centroid(-1)));
        Assert.Contains("finite alpha for each expert, but got []", Undeclared(() => LogitFusion.Static()));
        Assert.Contains("finite alpha, but got NaN", Undeclared(() => LogitFusion.Uniform(double.NaN)));
        Assert.Contains("step above 0 and at most that, but got 0", Undeclared(() => AlphaSearch.Grid(0)));
        Assert.Contains("a limit above 0, but got -1", Undeclared(() => AlphaSearch.Grid(0.1, -1)));
        Assert.Contains("at least 1 halving", Undeclared(() => AlphaSearch.Bisection(0)));
    }
}
