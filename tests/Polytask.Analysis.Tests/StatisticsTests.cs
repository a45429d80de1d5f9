using System.Text.Json.Nodes;

namespace Polytask.Analysis.Tests;

/// <summary>Against SciPy and NumPy: tests/peers/statistics_reference.py wrote the numbers.</summary>
public class StatisticsTests
{
    internal static JsonNode Reference(string part) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "statistics.json")))![part]!;

    internal static double[] Numbers(JsonNode? array) => [.. array!.AsArray().Select(value => (double)value!)];

    [Fact]
    public void Paired_tests_intervals_and_effects_are_those_of_scipy()
    {
        Assert.All(Reference("paired").AsArray(), item =>
        {
            var (variant, baseline) = (Numbers(item!["variant"]), Numbers(item["baseline"]));
            var compared = PairedComparison.Of(variant, baseline, higherIsBetter: true);
            Assert.Equal((double)item["t"]!, compared.PValue, 1e-10);
            Assert.Equal((double)item["low"]!, compared.Low, 1e-10);
            Assert.Equal((double)item["high"]!, compared.High, 1e-10);
            if (item["effect"] is { } effect) Assert.Equal((double)effect, compared.Effect, 1e-10);
            else Assert.True(double.IsNaN(compared.Effect));
            Assert.Equal((double)item["signFlip"]!, PairedComparison.Of(variant, baseline, true, PairedTest.SignFlip()).PValue, 1e-12);
        });
    }

    [Fact]
    public void Holms_correction_is_closed_testing()
    {
        Assert.All(Reference("holm").AsArray(), item => Assert.Equal(Numbers(item!["adjusted"]), HolmCorrection.Adjusted(Numbers(item["p"])), Near));
        Assert.Equal([0.02, double.NaN, 0.5], HolmCorrection.Adjusted([0.01, double.NaN, 0.5]));
    }

    [Fact]
    public void Sign_flips_of_zeros_say_nothing_and_too_many_seeds_are_refused()
    {
        Assert.Equal(1, PairedTest.SignFlip().PValue([0, 0, 0]));
        Assert.Equal(2 / 16.0, PairedTest.SignFlip().PValue([0.1, 0.1, 0.1, 0.1]));
        Assert.Contains("at most 24 seeds, but got 25", Assert.Throws<DataException>(() => PairedTest.SignFlip().PValue(new double[25])).Message);
        Assert.Contains("there are 2 of the variant and 3", Assert.Throws<DataException>(() => PairedComparison.Of([1, 2], [1, 2, 3], true)).Message);
    }

    internal static bool Near(double left, double right) => Math.Abs(left - right) < 1e-9;
}
