using System.Text.Json.Nodes;
using TorchSharp;

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

    [Fact]
    public void Principal_components_are_those_of_numpy()
    {
        var item = Reference("components");
        double[][] rows = [.. item["rows"]!.AsArray().Select(Numbers)];
        var (scores, shares) = PrincipalComponents.Of(torch.tensor(rows.SelectMany(row => row).ToArray()).reshape(rows.Length, -1));
        Assert.Equal(item["scores"]!.AsArray().SelectMany(Numbers), scores.Cast<double>(), Near);
        Assert.Equal(Numbers(item["shares"]), shares, Near);
        Assert.Contains("[3]; flatten", Assert.Throws<DataException>(() => PrincipalComponents.Of(torch.zeros(3))).Message);
        Assert.Contains("2 principal components need at least 2 rows and 2 features, but got [5, 1]", Assert.Throws<DataException>(() => PrincipalComponents.Of(torch.zeros(5, 1))).Message);
        Assert.Contains("NaN or infinity", Assert.Throws<DataException>(() => PrincipalComponents.Of(torch.full([4, 4], float.NaN))).Message);
    }

    [Fact]
    public void The_hypervolume_is_that_of_inclusion_and_exclusion()
    {
        var item = Reference("hypervolume");
        (double X, double Y)[] points = [.. item["points"]!.AsArray().Select(Numbers).Select(point => (point[0], point[1]))];
        var reference = Numbers(item["reference"]);
        var front = new ParetoFront(HigherX: true, HigherY: true);
        Assert.Equal((double)item["area"]!, front.Hypervolume(points, (reference[0], reference[1])), 1e-12);
        Assert.Equal([3, 1, 0], front.Of(points));
        // Turned over, with lower as the better, it is the same picture.
        (double X, double Y)[] turned = [.. points.Select(point => (-point.X, -point.Y))];
        Assert.Equal((double)item["area"]!, new ParetoFront(false, false).Hypervolume(turned, (-reference[0], -reference[1])), 1e-12);
        Assert.Equal([0, 1, 3], new ParetoFront(false, false).Of(turned));
    }

    [Fact]
    public void Points_that_are_equal_or_missing()
    {
        var front = new ParetoFront(true, false);
        Assert.Equal([0, 1], front.Of([(1, 1), (1, 1), (double.NaN, 0), (0.5, 1), (2, double.PositiveInfinity)]));
        Assert.Equal(0, front.Hypervolume([(1, 1)], (2, 2)));
    }

    [Fact]
    public void The_calibration_error_is_that_of_numpys_histograms()
    {
        var item = Reference("calibration");
        var calibration = Calibration.Of(Numbers(item["confidences"]), [.. Numbers(item["correct"]).Select(right => right == 1)], (int)item["bins"]!);
        Assert.Equal((double)item["error"]!, calibration.Error, 1e-12);
        Assert.Equal(Numbers(item["counts"]), calibration.Bins.Select(bin => (double)bin.Rows));
        Assert.Equal(Numbers(item["confidence"]), calibration.Bins.Select(bin => bin.Confidence), Near);
        Assert.Equal(Numbers(item["accuracy"]), calibration.Bins.Select(bin => bin.Accuracy), Near);
        Assert.Contains("but got 1.5", Assert.Throws<DataException>(() => Calibration.Of([0.5, 1.5], [true, true])).Message);
        Assert.Contains("but got NaN", Assert.Throws<DataException>(() => Calibration.Of([double.NaN], [true])).Message);
        Assert.Contains("got 0 and 0", Assert.Throws<DataException>(() => Calibration.Of([], [])).Message);
    }

    internal static bool Near(double left, double right) => Math.Abs(left - right) < 1e-9;
}
