using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Merging;

/// <summary>What the element-wise methods stand on: exact order statistics over streamed models, and random numbers by place.</summary>
public sealed class BlockTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(777)]
    [InlineData(5000)]
    [InlineData(8466)]
    public void The_kth_largest_number_is_that_of_a_sorted_list(int k)
    {
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            var models = Pool.Gaussian(3, type);
            // Zeros of both signs, double numbers, and some near the ends of what the type holds.
            models[1]["z.weight"][3] = models[0]["z.weight"][3];
            models[1]["a.bias"] = models[0]["a.bias"] + Enumerable.Range(0, 65).Select(i => Math.ScaleB(i % 2 == 0 ? 1 : -1, 2 * i - 60)).ToArray();
            models[1]["a.bias"] = models[1]["a.bias"].to(type);
            using var open = new OpenModels(Merge.Of(models[0], models[1..]), [.. models[0].Keys.Where(name => name != "steps")], []);
            var found = type == ScalarType.Float32 ? KthLargest<float>(open, k) : KthLargest<double>(open, k);
            for (var task = 0; task < 2; task++)
            {
                var taus = models[0].Keys.Where(name => name != "steps")
                    .SelectMany(name => (models[1 + task][name] - models[0][name]).Numbers()).OrderDescending().ToArray();
                Assert.Equal(8466, taus.Length);
                Assert.Equal(taus[k - 1], found[task]);
            }
        }
    }

    private static double[] KthLargest<T>(OpenModels models, long k) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Array.ConvertAll(
        OrderStatistic.KthLargest(new BlockPasses<T>(models), k, (in Block<T> block, int task) => block.Tau(task)), double.CreateChecked);

    /// <summary>Numbers of which a sample brackets the k-th largest, and some that fool it.</summary>
    public static TheoryData<string> Kinds => [.. Large.Keys];

    private static readonly Dictionary<string, Func<int, Tensor>> Large = new()
    {
        ["normal"] = count => randn(count),
        ["few that differ"] = count => randint(-3, 4, [count]).to(ScalarType.Float32),
        ["mostly frozen"] = count => randn(count) * (rand(count) > 0.9),
        ["all the same"] = count => zeros(count),
        ["far apart"] = count => randn(count).exp().pow(8) * randn(count).sign(),
        // What the sample does not see is larger than all that it sees.
        ["hidden from the sample"] = count => randn(count) + 100 * (arange(count) % 131072 >= 81920).to(ScalarType.Float32),
        ["rising"] = count => arange(count).to(ScalarType.Float32) - 1000,
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void In_large_models_too_the_kth_largest_is_that_of_a_sorted_list(string kind)
    {
        const int count = 400_007;
        manual_seed(5);
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            Dictionary<string, Tensor> theta0 = new() { ["a"] = zeros(count - 70, dtype: type), ["b"] = zeros(70, dtype: type) };
            var tau = Large[kind](count).to(type);
            Dictionary<string, Tensor> tuned = new() { ["a"] = tau[..^70], ["b"] = tau[^70..] };
            Assert.True(count >= OrderStatistic.LeastSampled);
            using var open = new OpenModels(Merge.Of(theta0, tuned), [.. theta0.Keys], []);
            var (taus, magnitudes) = (tau.Numbers().OrderDescending().ToArray(), tau.abs().Numbers().OrderDescending().ToArray());
            foreach (var k in new[] { 1, count / 5, count })
            {
                Assert.Equal(taus[k - 1], (type == ScalarType.Float32 ? KthLargest<float>(open, k) : KthLargest<double>(open, k))[0]);
                Assert.Equal(magnitudes[k - 1], (type == ScalarType.Float32 ? Magnitude<float>(open, k) : Magnitude<double>(open, k))[0]);
            }
            var place = 0.3 * (count - 1);
            var (lower, upper) = (magnitudes[count - 1 - (int)place], magnitudes[count - 2 - (int)place]);
            var quantile = type == ScalarType.Float32 ? Quantile<float>(open, 0.3) : Quantile<double>(open, 0.3);
            Assert.Equal(lower + (place - (int)place) * (upper - lower), quantile, 1e-6 * (1 + upper));
        }
    }

    private static double[] Magnitude<T>(OpenModels models, long k) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Array.ConvertAll(OrderStatistic.KthLargest(new BlockPasses<T>(models), k, null), double.CreateChecked);

    private static double Quantile<T>(OpenModels models, double q) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        double.CreateChecked(OrderStatistic.Quantile(new BlockPasses<T>(models), q, null)[0]);

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(5000)]
    public void Selection_finds_the_kth_largest_of_numbers_of_any_range(int count)
    {
        var random = new Random(3);
        long[] ranges = [1, 2, 5, 4096, 4097, int.MaxValue, long.MaxValue];
        foreach (var range in ranges)
        {
            long[] numbers = [.. Enumerable.Range(0, count).Select(_ => random.NextInt64(-range, range))];
            if (range == long.MaxValue) (numbers[0], numbers[^1]) = (long.MinValue, long.MaxValue);
            var sorted = numbers.OrderDescending().ToArray();
            foreach (var k in new[] { 1, (count + 1) / 2, count }) Assert.Equal(sorted[k - 1], Selection.KthLargest([.. numbers], k));
        }
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(4096L)]
    [InlineData((1L << 32) - 40)]
    [InlineData((1L << 33) + 5)]
    public void A_random_number_follows_from_its_place_alone(long start)
    {
        var (together, alone) = (new uint[100], new uint[1]);
        CounterRandom.Fill(together, 0x1234_5678_9ABC_DEF0, start);
        for (var i = 0; i < together.Length; i++)
        {
            CounterRandom.Fill(alone, 0x1234_5678_9ABC_DEF0, start + i);
            Assert.Equal(alone[0], together[i]);
        }
    }

    [Fact]
    public void Random_numbers_are_uniform_and_neighbours_and_seeds_are_independent()
    {
        const int count = 1 << 18;
        var (numbers, other) = (new uint[count], new uint[count]);
        CounterRandom.Fill(numbers, 1, 0);
        CounterRandom.Fill(other, 2, 0);
        // Pearson's chi-squared of 64 classes of pairs: 63 degrees of freedom, above 120 once in 20000 times.
        static double ChiSquared(IEnumerable<int> classes)
        {
            var counts = new int[64];
            foreach (var each in classes) counts[each]++;
            var expected = counts.Sum() / 64.0;
            return counts.Sum(each => (each - expected) * (each - expected) / expected);
        }
        Assert.InRange(ChiSquared(numbers.Select(number => (int)(number >> 26))), 20, 120);
        Assert.InRange(ChiSquared(numbers.Select(number => (int)(number & 63))), 20, 120);
        Assert.InRange(ChiSquared(numbers.Zip(numbers.Skip(1), (a, b) => (int)(a >> 29) * 8 + (int)(b >> 29))), 20, 120);
        Assert.InRange(ChiSquared(numbers.Zip(other, (a, b) => (int)(a >> 29) * 8 + (int)(b >> 29))), 20, 120);
        Assert.InRange(ChiSquared(numbers.Zip(numbers.Skip(8), (a, b) => (int)(a >> 29) * 8 + (int)(b >> 29))), 20, 120);
    }

    [Fact]
    public void Methods_in_Float32_are_near_those_in_Float64()
    {
        var (single, wide) = (Pool.Gaussian(4, ScalarType.Float32), Pool.Gaussian(4, ScalarType.Float32).Select(Widened).ToArray());
        foreach (var method in new[] { MergeMethod.Average(), MergeMethod.TaskArithmetic(), MergeMethod.Ties(0.3),
            MergeMethod.Ties(0.3, 0.3, TiesReduction.Sum),
            MergeMethod.Dare(0.8, MergeMethod.Ties(0.1), 5), MergeMethod.Consensus(), MergeMethod.Emr(1), MergeMethod.ModelStock(),
                MergeMethod.IsotropicC(),
            MergeMethod.TaskSingularVectors(), MergeMethod.Breadcrumbs(), MergeMethod.Pcb() })
            Pool.Near(Pool.Flat(Merge.Of(wide[0], wide[1..]).By(method)), Pool.Flat(Merge.Of(single[0], single[1..]).By(method)), 1e-4);
    }

    private static Dictionary<string, Tensor> Widened(Dictionary<string, Tensor> model) =>
        model.ToDictionary(pair => pair.Key, pair => pair.Key == "steps" ? pair.Value : pair.Value.to(ScalarType.Float64));
}
