namespace Deedle.Tests;

public class StatsTests
{
    /// <summary>2, 4, 4, 4, 5, 5, 7, 9: mean 5, squared deviations 9+1+1+1+0+0+4+16 = 32, so a sample variance of 32/7.</summary>
    private static readonly Series<int, double> Eight = new[] { 2.0, 4, 4, 4, 5, 5, 7, 9 }.ToOrdinalSeries();

    [Fact]
    public void Moments_match_those_computed_by_hand()
    {
        Assert.Equal(8, Stats.count(Eight));
        Assert.Equal(40, Eight.Sum());
        Assert.Equal(5, Eight.Mean());
        Assert.Equal(32.0 / 7, Stats.variance(Eight), 12);
        Assert.Equal(Math.Sqrt(32.0 / 7), Eight.StdDev(), 12);
        Assert.Equal(4.5, Eight.Median());
        Assert.Equal(2, Eight.Min());
        Assert.Equal(9, Eight.Max());
        // Sums of third and fourth powers of the deviations: 42 and 356.
        Assert.Equal(8.0 / (7 * 6) * 42 / Math.Pow(32.0 / 7, 1.5), Stats.skew(Eight), 12);
        Assert.Equal(8.0 * 9 / (7 * 6 * 5) * 356 / Math.Pow(32.0 / 7, 2) - 3.0 * 49 / (6 * 5), Stats.kurt(Eight), 12);
    }

    [Fact]
    public void Quantiles_interpolate_between_neighbours()
    {
        var quantiles = Stats.quantile([0, 0.25, 0.5, 0.9, 1], new[] { 1.0, 2, 3, 4 }.ToOrdinalSeries());
        Assert.Equal([1, 1.75, 2.5, 3.7, 4], quantiles.Values.Select(v => Math.Round(v, 12)));
        Assert.Equal(["0", "0.25", "0.5", "0.9", "1"], quantiles.Keys);
    }

    [Fact]
    public void Too_few_values_give_NaN_not_an_error()
    {
        var empty = Array.Empty<double>().ToOrdinalSeries();
        foreach (var value in new[] { empty.Sum(), empty.Mean(), empty.StdDev(), empty.Min(), empty.Max(), empty.Median() }) Assert.True(double.IsNaN(value));
        Assert.True(double.IsNaN(new[] { 1.0 }.ToOrdinalSeries().StdDev()));
        Assert.Equal(1, new[] { 1.0, double.NaN }.ToOrdinalSeries().Mean());
    }

    [Fact]
    public void Correlation_uses_the_keys_that_both_have()
    {
        var x = new Series<string, double>(["a", "b", "c", "d"], [1, 2, 3, 100]);
        var y = new Series<string, double>(["a", "b", "c", "e"], [6, 4, 2, -5]);
        Assert.Equal(-1, Stats.corr(x, y), 12);
        Assert.Equal(-2, Stats.cov(x, y), 12);
    }

    [Fact]
    public void Frames_are_summarised_over_their_numeric_columns()
    {
        var means = Results.Frame().Mean();
        Assert.Equal(["Seed", "Auc"], means.Observations.Select(mean => mean.Key));
        Assert.Equal(2, means["Seed"]);
        Assert.Equal(6.69 / 8, means["Auc"], 12);
        Assert.Equal(8, Stats.count(Results.Frame())["Auc"]);
        Assert.Equal(9, Results.Frame().Describe()["Seed"].KeyCount + 1);
        Assert.Equal(3, Results.Frame().Describe()["Seed"]["unique"]);
    }
}
