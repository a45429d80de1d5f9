using System.Text.Json.Nodes;
using Plotly.NET;
using TorchSharp;

namespace Polytask.Analysis.Tests;

public class ChartTests
{
    private static JsonNode Json(GenericChart chart) => JsonNode.Parse(GenericChart.toFigureJson(chart))!;

    private static double[] Numbers(JsonNode? array) => [.. array!.AsArray().Select(value => (double)value!)];

    [Fact]
    public void One_result_is_a_bar_per_variant_with_the_deviation_as_error()
    {
        var chart = Json(Made.Study().Chart("y/mse"));
        var bars = chart["data"]!.AsArray();
        Assert.Equal(["shared", "gated"], bars.Select(bar => (string?)bar!["x"]![0]));
        Assert.Equal([2.0, 1.0], bars.Select(bar => (double)bar!["y"]![0]!));
        Assert.Equal([1.0, 0.0], bars.Select(bar => (double)bar!["error_y"]!["array"]![0]!));
        Assert.Equal("y/mse (lower is better)", (string?)chart["layout"]!["yaxis"]!["title"]!["text"]);
        Assert.False((bool)chart["layout"]!["showlegend"]!);
    }

    [Fact]
    public void Several_results_are_groups_with_a_legend()
    {
        var chart = Json(Made.Study(seeds: 1).Chart("y/mse", "y/loss"));
        Assert.Equal([1.0, 10.0], Numbers(chart["data"]![0]!["y"]));
        Assert.Equal(["y/mse", "y/loss"], chart["data"]![1]!["x"]!.AsArray().Select(key => (string?)key));
        Assert.Null(chart["data"]![0]!["error_y"]); // one seed has no deviation
        Assert.True((bool)chart["layout"]!["showlegend"]!);
    }

    // Shared runs stop after 1, 2 and 3 epochs with validation losses 10, 20, 30 + 1 / epoch: epoch 1 averages 11, 21, 31; epoch 2 averages 20.5, 30.5; epoch 3 is 30 1/3 alone.
    [Fact]
    public void Curves_are_means_over_the_seeds_that_got_that_far_with_a_band_of_one_deviation()
    {
        var traces = Json(Made.Study().Curves("y/loss"))["data"]!.AsArray();
        var (band, mean) = (traces[0]!, traces[1]!);
        Assert.Equal([1, 2, 3], Numbers(mean["x"]));
        Assert.Equal([21, 25.5, 30 + 1.0 / 3], Numbers(mean["y"]), Near);
        Assert.Equal([1, 2, 2, 1], Numbers(band["x"]));
        Assert.Equal([21 + 10, 25.5 + Math.Sqrt(50), 25.5 - Math.Sqrt(50), 21 - 10], Numbers(band["y"]), Near);
        Assert.Equal("toself", (string?)band["fill"]);
        Assert.Equal(4, traces.Count);
    }

    [Fact]
    public void A_result_across_studies_is_a_line_per_variant_in_the_order_of_the_quantity()
    {
        var chart = Json(new[] { (0.5, Made.Study()), (-1.0, Made.Study(seeds: 2)) }.Across("p", "y/mse"));
        Assert.Equal([-1, 0.5], Numbers(chart["data"]![0]!["x"]));
        Assert.Equal([1.5, 2.0], Numbers(chart["data"]![0]!["y"])); // two seeds: 1 and 2
        Assert.Equal([Math.Sqrt(0.5), 1.0], Numbers(chart["data"]![0]!["error_y"]!["array"]), Near);
        Assert.Equal("p", (string?)chart["layout"]!["xaxis"]!["title"]!["text"]);
        Assert.Contains("at least one study", Assert.Throws<DataException>(() => Array.Empty<(double, StudyResult)>().Across("p", "y/mse")).Message);
    }

    [Fact]
    public void Training_curves_are_those_of_the_training_split() =>
        Assert.Equal([10.5, 12.75, (30 + 1.0 / 3) / 2], Numbers(Json(Made.Study().Curves("y/loss", "train"))["data"]![1]!["y"]), Near);

    [Fact]
    public void Curves_of_what_nobody_measured_are_refused() =>
        Assert.Contains("no run measured 'y/mse' on the train split; measured there are y/loss, k/loss", Assert.Throws<DataException>(() => Made.Study().Curves("y/mse", "train")).Message);

    [Fact]
    public void A_run_shows_training_dashed_and_validation_solid()
    {
        var traces = Json(Made.Study().Run("gated", 0).Chart())["data"]!.AsArray();
        Assert.Equal(["y/loss, train", "y/loss, validation", "k/loss, train", "k/loss, validation"], traces.Select(trace => (string?)trace!["name"]));
        Assert.Equal(["dash", "solid", "dash", "solid"], traces.Select(trace => (string?)trace!["line"]!["dash"]));
        Assert.Equal([6.0, 5.5], Numbers(traces[1]!["y"]), Near);
        Assert.Throws<DataException>(() => Made.Study().Run("gated", 0).Chart("y/auc"));
    }

    // Zero-initialised gates give every expert the same weight, exactly.
    [Fact]
    public void A_gate_heatmap_shows_the_mean_weight_of_each_expert_for_each_task()
    {
        torch.manual_seed(0);
        using var module = Made.Gated.Build();
        var run = new Run(Made.Gated, new TrainingPlan(), 0, module, [], 1, 1, TimeSpan.Zero);
        var examples = Examples.Joint(torch.rand(7, 3), ("y", torch.rand(7)), ("k", torch.zeros(7)));
        Assert.Equal([[0.5, 0.5], [0.5, 0.5]], run.MeanGateWeights(examples));
        var heatmap = Json(run.GateHeatmap(examples))["data"]![0]!;
        Assert.Equal("heatmap", (string?)heatmap["type"]);
        Assert.Equal([0.5, 0.5], Numbers(heatmap["z"]![1]));
        Assert.Equal(["y", "k"], heatmap["y"]!.AsArray().Select(task => (string?)task));
    }

    // Relative luminance as in WCAG 2: two series that differ in grey print differ in luminance.
    [Fact]
    public void The_first_colours_stay_apart_in_grey_print()
    {
        static double Luminance(string hex) => Enumerable.Range(0, 3).Select(channel => Convert.ToInt32(hex.Substring(1 + 2 * channel, 2), 16) / 255.0)
            .Select(value => value <= 0.03928 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4)).Zip([0.2126, 0.7152, 0.0722], (value, weight) => value * weight).Sum();
        var shades = Palette.Colours.Take(4).Select(Luminance).Order().ToArray();
        Assert.All(shades.Zip(shades.Skip(1)), pair => Assert.True(pair.Second - pair.First > 0.02, string.Join(" ", shades)));
    }

    private static bool Near(double left, double right) => Math.Abs(left - right) < 1e-9;
}
