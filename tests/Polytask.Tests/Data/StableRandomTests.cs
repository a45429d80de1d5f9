namespace Polytask.Tests.Data;

public class StableRandomTests
{
    // The published test sequence of SplitMix64 for the state 1234567.
    [Fact]
    public void Gives_the_reference_sequence_of_SplitMix64()
    {
        var random = new StableRandom(1234567);
        ulong[] expected = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];
        Assert.Equal(expected, expected.Select(_ => random.NextBits()));
    }

    // From a separate implementation in Python: a permutation may never change, or every published result would.
    [Fact]
    public void A_permutation_of_a_seed_never_changes() => Assert.Equal([5, 3, 0, 9, 7, 8, 1, 6, 4, 2], StableRandom.For(7, "split").Permutation(10));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void A_permutation_holds_every_number_once(int count) =>
        Assert.Equal(Enumerable.Range(0, count), StableRandom.For(0, "any").Permutation(count).Order());

    [Fact]
    public void Seeds_and_purposes_give_sequences_of_their_own()
    {
        ulong First(int seed, string purpose) => StableRandom.For(seed, purpose).NextBits();
        var firsts = Enumerable.Range(-50, 100).SelectMany(seed => new[] { First(seed, "a"), First(seed, "b"), First(seed, "ab") }).ToArray();
        Assert.Equal(firsts.Length, firsts.Distinct().Count());
    }

    // Chi-squared with 6 degrees of freedom exceeds 22.5 with probability 0.001; the draw is fixed, so the test cannot flicker.
    [Fact]
    public void Whole_numbers_are_uniform()
    {
        var random = StableRandom.For(3, "dice");
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++) counts[random.NextBelow(7)]++;
        Assert.InRange(counts.Sum(count => Math.Pow(count - 10_000, 2) / 10_000), 0, 22.5);
    }

    [Fact]
    public void A_bound_below_one_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new StableRandom(0).NextBelow(0));

    // Standard errors at n = 200,000: mean 0.0022, variance 0.0032, third moment 0.0087, fourth 0.022, P(|x| < 1) 0.001; bounds are four of them.
    [Fact]
    public void Gaussians_have_the_moments_of_the_normal_distribution()
    {
        var draws = StableRandom.For(5, "gaussians").Gaussians(200_000);
        Assert.InRange(draws.Average(), -0.009, 0.009);
        Assert.InRange(draws.Average(x => x * x), 0.987, 1.013);
        Assert.InRange(draws.Average(x => x * x * x), -0.035, 0.035);
        Assert.InRange(draws.Average(x => x * x * x * x), 2.91, 3.09);
        Assert.InRange(draws.Average(x => Math.Abs(x) < 1 ? 1 : 0), 0.6785, 0.6869);
    }
}
