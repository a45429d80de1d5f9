using System.Text.Json.Nodes;
using Plotly.NET;
using TorchSharp;

namespace Polytask.Analysis.Tests;

public class ChartTests
{
    internal static JsonNode Json(GenericChart chart) => JsonNode.Parse(GenericChart.toFigureJson(chart))!;

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
    public void Few_epochs_are_marked_one_by_one_under_their_title()
    {
        var axis = Json(Made.Study().Curves("y/loss"))["layout"]!["xaxis"]!;
        Assert.Equal((1.0, "epoch"), ((double)axis["dtick"]!, (string?)axis["title"]!["text"]));
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

    // Two levels, gates of 2 and then 3 experts.
    [Fact]
    public void Gate_weights_are_those_of_the_level_asked_for()
    {
        var model = Model.Named("m").Input(3).Gate(Gate.Softmax().ZeroInitialised()).Experts(2, Block.Mlp(4))
            .ThenExperts(ExpertBank.Shared(3, Block.Mlp(4))).Task("y", Head.Regress());
        using var module = model.Build();
        var run = new Run(model, new TrainingPlan(), 0, module, [], 1, 1, TimeSpan.Zero);
        var examples = Examples.Joint(torch.rand(7, 3), ("y", torch.rand(7)));
        Assert.Equal([2, 3, 3], new[] { 0, 1, -1 }.Select(level => run.MeanGateWeights(examples, level)[0].Length));
        Assert.Equal(2, Json(run.GateHeatmap(examples, level: 0))["data"]![0]!["x"]!.AsArray().Count);
        Assert.Contains("has 2 levels of experts, but level 2", Assert.Throws<DeclarationException>(() => run.MeanGateWeights(examples, 2)).Message);
    }

    [Fact]
    public void Seeds_without_a_number_are_left_out_of_bars_and_said()
    {
        var chart = Json(Made.Of(("a", [0.5, 0.6]), ("b", [0.9, null])).Chart("k/auc"));
        Assert.Equal([0.55, 0.9], chart["data"]!.AsArray().Select(bar => (double)bar!["y"]![0]!), Near);
        Assert.Equal("b k/auc: 1 of 2 seeds", (string?)chart["layout"]!["annotations"]![0]!["text"]);
        Assert.Contains("did you mean 'k/auc'?", Assert.Throws<DataException>(() => Made.Of(("a", [0.5])).Chart("k/acu")).Message);
    }

    // 0.6 / 0.5 - 1 and 0.66 / 0.6 - 1 are 20 % and 10 %: mean 15, deviation sqrt(50).
    [Fact]
    public void The_multi_task_gain_is_a_bar_per_variant_paired_by_seed()
    {
        var study = Made.Of(("single", [0.5, 0.6]), ("shared", [0.6, 0.66]));
        Assert.Equal([20, 10], study.Gains("shared", "single", "k/auc"), Near);
        var bar = Json(study.DeltaM("single"))["data"]!.AsArray().Single()!;
        Assert.Equal(15, (double)bar["y"]![0]!, 1e-9);
        Assert.Equal(Math.Sqrt(50), (double)bar["error_y"]!["array"]![0]!, 1e-9);
        Assert.Contains("no variant but the baseline", Assert.Throws<DataException>(() => Made.Of(("single", [0.5])).DeltaM("single")).Message);
        Assert.Contains("did you mean 'single'?", Assert.Throws<DataException>(() => study.DeltaM("singel")).Message);
    }

    [Fact]
    public void A_pareto_front_joins_what_is_not_dominated_and_greys_the_rest()
    {
        HouseStyle.Methods.Reset();
        var chart = Json(Charts.Pareto([("a", 1, 3), ("b", 1, 2), ("c", 2, 1), ("d", double.NaN, 9)], "x", "y", new(true, true), reference: (0, 0)));
        var traces = chart["data"]!.AsArray();
        Assert.Equal([1.0, 2], Numbers(traces[0]!["x"]));
        Assert.Equal([3.0, 1], Numbers(traces[0]!["y"]));
        Assert.Equal("vh", (string?)traces[0]!["line"]!["shape"]);
        Assert.Equal(["Pareto front", "a", "b (dominated)", "c"], traces.Select(trace => (string?)trace!["name"]));
        Assert.Equal([Palette.At(0), "#8C8C8C", Palette.At(2)], traces.Skip(1).Select(trace => (string?)trace!["marker"]!["color"]));
        Assert.Equal("hypervolume 4 against (0, 0); 1 without both numbers left out", (string?)chart["layout"]!["annotations"]![0]!["text"]); // 1 x 3 + 1 x 1
        Assert.Contains("none of 1 has them", Assert.Throws<DataException>(() => Charts.Pareto([("a", double.NaN, 1)], "x", "y", new(true, true))).Message);
    }

    [Fact]
    public void A_sweep_has_a_line_and_a_band_per_method_and_levels()
    {
        var traces = Json(Charts.Sweep("merging coefficient", "accuracy (%)", [0, 1], [("TIES", [[1, 3], [5, 7]])], ("pretrained", 2)))["data"]!.AsArray();
        Assert.Equal([2.0, 6], Numbers(traces[1]!["y"]));
        Assert.Equal([2 + Math.Sqrt(2), 6 + Math.Sqrt(2), 6 - Math.Sqrt(2), 2 - Math.Sqrt(2)], Numbers(traces[0]!["y"]), Near);
        Assert.Equal([2.0, 2], Numbers(traces[2]!["y"]));
        Assert.Contains("'TIES' has 1 results, but the q was given 2 values", Assert.Throws<DataException>(() => Charts.Sweep("q", "r", [0, 1], [("TIES", [[1.0]])])).Message);
        Assert.Contains("at least one method", Assert.Throws<DataException>(() => Charts.Sweep("q", "r", [0, 1], [])).Message);
    }

    [Fact]
    public void A_gap_in_a_curve_parts_its_band()
    {
        var traces = Curve.Of([(1, 1), (1, 3), (2, double.NaN), (2, double.NaN), (3, 5), (3, 5)]).Drawn("a", SeriesStyle.At(0)).ToArray();
        Assert.Equal(3, traces.Length); // two bands and the line
        Assert.Null(Json(traces[2])["data"]![0]!["y"]![1]);
    }

    // A constant weighting weighs by what it says; learned uncertainties start at s = 0, so that the first step weighs by c: 1/2 for regression, 1 for classes.
    [Fact]
    public void The_weights_of_losses_are_recorded_and_drawn()
    {
        var examples = Examples.Joint(torch.rand(8, 3), ("y", torch.rand(8)), ("k", torch.ones(8)));
        var splits = new DataSplits(examples, examples, examples);
        var model = Model.Named("m").Input(3).Task("y", Head.Regress()).Task("k", Head.Binary());
        double[] Weights(LossWeighting weighting, string task) => Numbers(Json(model.Weigh(weighting).Train(splits, t => t.FullBatch().Epochs(2)).LossWeights())
            ["data"]!.AsArray().Single(trace => (string?)trace!["name"] == task)!["y"]);
        Assert.Equal([1.0, 1], Weights(Weighting.Equal(), "y"));
        Assert.Equal([0.25, 0.25], Weights(Weighting.Constant(("y", 0.25)), "y"));
        Assert.Equal([0.0, 0], Weights(Weighting.Constant(("k", 0)), "k"));
        Assert.Equal(0.5, Weights(Weighting.Uncertainty(), "y")[0]);
        Assert.Equal(1, Weights(Weighting.Uncertainty(), "k")[0]);
        Assert.NotEqual(0.5, Weights(Weighting.Uncertainty(), "y")[1]);
        Assert.Contains("recorded the weights", Assert.Throws<DataException>(() => Made.Study().LossWeights("gated")).Message);
    }

    [Fact]
    public void An_embedding_has_a_cloud_per_label_and_says_what_its_axes_hold()
    {
        var chart = Json(Charts.Embedding(torch.tensor(new[] { -1.0, 0, 1, 0, 0, 0.5, 0, -0.5 }).reshape(4, 2), ["10", "9", "10", "9"]));
        Assert.Equal(["9", "10"], chart["data"]!.AsArray().Select(trace => (string?)trace!["name"])); // in the order of their numbers
        Assert.Equal("principal component 1 (80 % of variance)", (string?)chart["layout"]!["xaxis"]!["title"]!["text"]); // 2 of 2.5
        Assert.Contains("4 rows and 1 labels", Assert.Throws<DataException>(() => Charts.Embedding(torch.zeros(4, 2), ["a"])).Message);
    }

    private static bool Near(double left, double right) => Math.Abs(left - right) < 1e-9;
}
