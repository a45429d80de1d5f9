using System.Text.Json.Nodes;
using Plotly.NET;
using TorchSharp;

namespace Polytask.Analysis.Tests;

/// <summary>Charts of gates, gradients, classes and images: what they show is what was put in.</summary>
public class MatrixChartTests
{
    private static JsonNode Json(GenericChart chart) => JsonNode.Parse(GenericChart.toFigureJson(chart))!;

    private static double[] Numbers(JsonNode? array) => StatisticsTests.Numbers(array);

    // The gradients of x + y, x - y, 3 y and 0 x are (1, 1), (1, -1), (0, 3) and zero.
    [Fact]
    public void Cosines_are_those_of_the_gradients()
    {
        using var x = torch.tensor(new[] { 0.3f, 0.7f }, requires_grad: true);
        using var gradients = TaskGradients.Of([x[0] + x[1], x[0] - x[1], 3 * x[1], 0 * x[0]], [x]);
        var cosines = gradients.Cosines();
        var half = Math.Sqrt(0.5);
        Assert.Equal([1, 0, half, 0, 1, -half, half, -half, 1], Enumerable.Range(0, 9).Select(i => cosines[i / 3, i % 3]), StatisticsTests.Near);
        Assert.All(Enumerable.Range(0, 4), task => Assert.True(double.IsNaN(cosines[task, 3])));
    }

    // Two linear heads on one linear backbone; on the same targets with the same weights the tasks agree, with the sign turned they are opposed.
    [Fact]
    public void A_runs_conflicts_are_measured_on_its_shared_parameters()
    {
        torch.manual_seed(0);
        var model = Model.Named("m").Input(3).Backbone(Block.Linear(4)).Task("a", Head.Regress()).Task("b", Head.Regress());
        using var module = model.Build();
        using (torch.no_grad())
            foreach (var (mine, theirs) in module.TaskParameters("a").Zip(module.TaskParameters("b"))) theirs.copy_(-mine);
        var run = new Run(model, new TrainingPlan(), 0, module, [], 1, 1, TimeSpan.Zero);
        var (x, y) = (torch.rand(6, 3), torch.rand(6));
        // b predicts -a, so that on targets -y it has a's errors and on targets 2 a + y opposed ones.
        Assert.Equal(1, run.GradientCosines(Examples.Joint(x, ("a", y), ("b", -y)))[0, 1], 1e-5);
        var opposed = (-2 * module.Forward("a", x) + y).detach();
        Assert.Equal(-1, run.GradientCosines(Examples.Joint(x, ("a", y), ("b", opposed)))[0, 1], 1e-5);
        Assert.All(module.parameters(), parameter => Assert.Null(parameter.grad));
        Assert.Equal("task (cells: cosine of gradients)", (string?)Json(run.GradientConflicts(Examples.Joint(x, ("a", y), ("b", -y))))["layout"]!["xaxis"]!["title"]!["text"]);
        using var alone = model.SingleTask().Build();
        var separate = new Run(model.SingleTask(), new TrainingPlan(), 0, alone, [], 1, 1, TimeSpan.Zero);
        Assert.Contains("share no parameters", Assert.Throws<DeclarationException>(() => separate.GradientCosines(Examples.Joint(x, ("a", y), ("b", y)))).Message);
    }

    // Rows 1 and 3 have no label of "k": what is measured is what the others give by themselves.
    [Fact]
    public void Rows_without_a_label_are_left_out()
    {
        torch.manual_seed(0);
        var model = Model.Named("m").Input(3).Backbone(Block.Linear(4)).Task("y", Head.Regress()).Task("k", Head.Classify(3));
        using var module = model.Build();
        var run = new Run(model, new TrainingPlan(), 0, module, [], 1, 1, TimeSpan.Zero);
        var (x, y) = (torch.rand(6, 3), torch.rand(6));
        var examples = Examples.Joint(x, ("y", y), ("k", torch.tensor(new long[] { 0, -1, 2, -1, 1, 0 })));
        var kept = torch.tensor(new long[] { 0, 2, 4, 5 });
        var alone = Examples.PerTask(("y", x, y), ("k", x.index_select(0, kept), torch.tensor(new long[] { 0, 2, 1, 0 })));
        Assert.Equal(run.GradientCosines(alone)[0, 1], run.GradientCosines(examples)[0, 1], 1e-6);
        Assert.Equal(run.Calibration("k", alone).Error, run.Calibration("k", examples).Error, 1e-9);
        Assert.Equal(["0", "1", "2"], Json(run.Embedding("k", examples))["data"]!.AsArray().Select(cloud => (string?)cloud!["name"]));
        Assert.Equal(4, Json(run.Confusion("k", examples))["data"]![0]!["text"]!.AsArray().SelectMany(row => row!.AsArray()).Sum(count => int.Parse((string)count!)));
        Assert.Contains("real-valued labels", Assert.Throws<DataException>(() => run.Embedding("y", examples)).Message);
        Assert.Contains("'y' is a regress task", Assert.Throws<DataException>(() => run.Confusion("y", examples)).Message);
    }

    [Fact]
    public void Matrices_that_do_not_fit_their_tasks_are_refused()
    {
        Assert.Contains("between 3 tasks ('a', 'b' and 'c') are a 3 x 3 matrix of at least 2 x 2, but got 2 x 2", Assert.Throws<DataException>(() => Charts.Conflicts(new double[2, 2], ["a", "b", "c"])).Message);
        Assert.Contains("as many rows of gate weights as tasks, at least one, but got 1 and 2", Assert.Throws<DataException>(() => Charts.Gates([[0.5]], ["a", "b"])).Message);
        Assert.Contains("lengths 1, 2", Assert.Throws<DataException>(() => Charts.Gates([[0.5], [1, 2]], ["a", "b"])).Message);
        Assert.Contains("as many epochs as gate weights, at least one, but got 2 and 1", Assert.Throws<DataException>(() => Charts.GatesOverTraining([1, 2], [[[1]]], ["a"])).Message);
        Assert.Contains("number of experts, but got 1 and 2", Assert.Throws<DataException>(() => Charts.GatesOverTraining([1, 2], [[[1]], [[0.5, 0.5]]], ["a"])).Message);
        Assert.Contains("2 x 2, at least 2 x 2, but got 1 x 3", Assert.Throws<DataException>(() => Charts.Confusion(new long[1, 3], ["a", "b"])).Message);
    }

    [Fact]
    public void A_matrix_shows_its_numbers_with_white_at_zero()
    {
        var chart = Json(Charts.Matrix([[0.5, -2], [0, 1]], ["a", "b"], ["from a", "from b"], "stitch weight"));
        var cells = chart["data"]![0]!;
        Assert.Equal([0.5, -2.0, 0, 1], cells["z"]!.AsArray().SelectMany(row => Numbers(row)));
        Assert.Equal((-2, 2), ((double)cells["zmin"]!, (double)cells["zmax"]!));
        Assert.Equal(["from a", "from b", "a", "b"], new[] { "x", "y" }.SelectMany(axis => cells[axis]!.AsArray().Select(name => (string?)name)));
        Assert.Equal("cells: stitch weight", (string?)chart["layout"]!["xaxis"]!["title"]!["text"]);
        var amounts = Json(Charts.Matrix([[0.5, 2]], ["a"], ["c", "d"], "share"))["data"]![0]!;
        Assert.Equal((0, 2), ((double)amounts["zmin"]!, (double)amounts["zmax"]!));
        var compared = Json(Charts.Matrix([[0.5, 2]], ["a"], ["c", "d"], "share", (-4, 4)))["data"]![0]!;
        Assert.Equal((-4, 4), ((double)compared["zmin"]!, (double)compared["zmax"]!));
        Assert.Equal($"{cells["colorscale"]}", $"{compared["colorscale"]}");
        Assert.NotEqual($"{cells["colorscale"]}", $"{amounts["colorscale"]}");
        Assert.Contains("as many numbers in a row as names of columns, at least one, but got 1 and 2", Assert.Throws<DataException>(() => Charts.Matrix([[1]], ["a"], ["b", "c"], "share")).Message);
        Assert.Contains("but got 0 to 0", Assert.Throws<DataException>(() => Charts.Matrix([[0]], ["a"], ["b"], "share")).Message);
    }

    [Fact]
    public void A_missing_number_is_a_gap_with_a_dash()
    {
        var heatmap = Json(Charts.Conflicts(new[,] { { 1, double.NaN }, { double.NaN, 1 } }, ["<a>", "b"]))["data"]![0]!;
        Assert.Null(heatmap["z"]![0]![1]);
        Assert.Equal(["1.00", "–"], heatmap["text"]![0]!.AsArray().Select(text => (string?)text));
        Assert.Equal("&lt;a&gt;", (string?)heatmap["x"]![0]);
        Assert.Equal((-1.0, 1.0), ((double)heatmap["zmin"]!, (double)heatmap["zmax"]!));
        Assert.False((bool)heatmap["showscale"]!);
        // Too many columns to write in: the colours need their bar.
        var wide = Json(Charts.Gates([[.. Enumerable.Repeat(1.0 / 20, 20)]], ["a"]))["data"]![0]!;
        Assert.Equal("mean gate weight", (string?)wide["colorbar"]!["title"]!["text"]);
        Assert.Null(wide["text"]);
    }

    [Fact]
    public void Utilisation_sums_to_one_over_experts_and_tasks()
    {
        var traces = Json(Charts.Utilisation([[0.2, 0.8], [0.5, 0.5]], ["a", "b"]))["data"]!.AsArray();
        Assert.Equal([0.1, 0.4], Numbers(traces[0]!["y"]));
        Assert.Equal(1, traces.Take(2).Sum(trace => Numbers(trace!["y"]).Sum()), 1e-12);
        Assert.Equal([0.5, 0.5], Numbers(traces[2]!["y"]));
    }

    // A binary head that gives the input itself as logit: 2, -2, 1 are predicted 1, 0, 1 with confidences sigmoid(2), sigmoid(2), sigmoid(1).
    [Fact]
    public void Confusion_and_calibration_of_a_run()
    {
        var model = Model.Named("m").Input(1).Task("k", Head.Binary());
        using var module = model.Build();
        using (torch.no_grad())
            foreach (var (name, parameter) in module.named_parameters()) parameter.fill_(name.EndsWith("weight", StringComparison.Ordinal) ? 1 : 0);
        var run = new Run(model, new TrainingPlan(), 0, module, [], 1, 1, TimeSpan.Zero);
        var examples = Examples.Joint(torch.tensor(new[] { 2f, -2f, 1f }).unsqueeze(1), ("k", torch.tensor(new[] { 1f, 1f, 0f })));
        var texts = Json(run.Confusion("k", examples, "no", "yes"))["data"]![0]!["text"]!.AsArray().Select(row => string.Join(" ", row!.AsArray()));
        Assert.Equal(["0 1", "1 1"], texts);
        double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
        // Bins of 1/15: sigmoid(2) = 0.881 twice, one of them right; sigmoid(1) = 0.731 wrong.
        Assert.Equal((2 * Math.Abs(0.5 - Sigmoid(2)) + Sigmoid(1)) / 3, run.Calibration("k", examples).Error, 1e-6);
        Assert.Contains("ECE", Json(run.CalibrationChart("k", examples))["data"]![1]!["name"]!.ToString());
        Assert.Contains("has 2 classes, but 1 names", Assert.Throws<DataException>(() => run.Confusion("k", examples, "no")).Message);
        Assert.Contains("no task 'q'", Assert.Throws<DeclarationException>(() => run.Confusion("q", examples)).Message);
    }

    [Fact]
    public void Truth_and_prediction_of_a_task_share_one_scale()
    {
        var chart = Json(Charts.Images(new ImageColumn("truth", torch.full([1, 2, 3], 1.0), "depth"), new ImageColumn("predicted", torch.full([1, 2, 3], 5.0), "depth"),
            new ImageColumn("picture", torch.full([1, 3, 2, 3], 0.5f))));
        var traces = chart["data"]!.AsArray();
        Assert.All(traces.Take(2), map => Assert.Equal((1.0, 5.0), ((double)map!["zmin"]!, (double)map["zmax"]!)));
        Assert.Equal([true, false], traces.Take(2).Select(map => (bool)map!["showscale"]!));
        Assert.Equal("image", (string?)traces[2]!["type"]);
        Assert.Equal([128.0, 128, 128], Numbers(traces[2]!["z"]![1]![2]));
        Assert.Equal(["truth", "predicted", "picture"], chart["layout"]!["annotations"]!.AsArray().Select(title => (string?)title!["text"]));
        // First row on top, columns side by side.
        Assert.Equal("reversed", (string?)chart["layout"]!["yaxis"]!["autorange"]);
        Assert.True((double)chart["layout"]!["xaxis2"]!["domain"]![0]! > (double)chart["layout"]!["xaxis"]!["domain"]![1]!);
    }

    [Fact]
    public void Maps_keep_three_digits_of_their_largest_value_and_gaps()
    {
        var map = torch.tensor(new[] { 4.23456f, -0.00123f, float.NaN, 1.99951f }).reshape(1, 2, 2);
        var rows = Json(Charts.Images(new ImageColumn("depth", map)))["data"]![0]!["z"]!.AsArray();
        Assert.Equal([4.23, 0], Numbers(rows[0]));
        Assert.Null(rows[1]![0]);
        Assert.Equal(2, (double)rows[1]![1]!);
    }

    [Fact]
    public void Images_that_no_grid_can_show_are_named()
    {
        string Refused(params ImageColumn[] columns) => Assert.Throws<DataException>(() => Charts.Images(columns)).Message;
        Assert.Contains("at least one column", Refused());
        Assert.Contains("column 'x' is Float32 [2, 4, 5, 5]", Refused(new ImageColumn("x", torch.zeros(2, 4, 5, 5))));
        Assert.Contains("column 'y' has 2 images of 4 x 4, column 'x' 2 of 5 x 5", Refused(new ImageColumn("x", torch.zeros(2, 5, 5)), new ImageColumn("y", torch.zeros(2, 4, 4))));
        Assert.Contains("lie between -1 and 3", Refused(new ImageColumn("x", torch.tensor(new[] { -1f, 3f, 0.5f }).reshape(1, 3, 1, 1))));
        Assert.Contains("has no image", Refused(new ImageColumn("x", torch.zeros(0, 5, 5))));
    }

    [Fact]
    public void Recorded_conflicts_are_a_row_per_pair_and_a_column_per_epoch()
    {
        var x = TorchSharp.torch.tensor(Array.ConvertAll(StableRandom.For(1, "conflicts").Gaussians(60), value => (float)value)).reshape(20, 3);
        var rows = Examples.Joint(x, ("a", x[TorchSharp.torch.TensorIndex.Ellipsis, 0]), ("b", x[TorchSharp.torch.TensorIndex.Ellipsis, 1] * -1));
        var model = Model.Named("two").Input(3).Backbone(Block.Mlp(4)).Task("a", Head.Regress()).Task("b", Head.Regress());
        var run = model.Train(new DataSplits(rows, rows, rows), t => t.Epochs(2).Batch(10).RecordGradients());
        var chart = ChartTests.Json(run.ConflictsOverTraining())["data"]![0]!;
        Assert.Equal(run.History.Where(row => row.Metric == "cosine").Select(row => row.Value), Numbers(chart["z"]![0]));
        Assert.Equal(2, run.History.Count(row => row.Metric == "cosine"));
        var plain = model.Train(new DataSplits(rows, rows, rows), t => t.Epochs(1));
        Assert.Contains("recorded no gradients", Assert.Throws<DataException>(() => plain.ConflictsOverTraining()).Message);
    }
}
