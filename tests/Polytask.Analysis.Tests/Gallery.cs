using Plotly.NET;
using Plotly.NET.CSharp;
using TorchSharp;
using static TorchSharp.torch;
using Draw = Plotly.NET.CSharp.Chart;

namespace Polytask.Analysis.Tests;

/// <summary>An example of each chart, with numbers like those of a notebook and with missing ones.</summary>
public static class Gallery
{
    private static readonly string[] Tasks = ["segmentation", "depth", "normals"];

    public static IReadOnlyDictionary<string, Func<GenericChart>> All { get; } = new Dictionary<string, Func<GenericChart>>
    {
        ["bars of one result"] = () => Results(4).Chart("left/auc"),
        ["bars of several results"] = () => Results(7).Chart("left/auc", "right/auc"),
        ["bars with a failed seed and a hostile name"] = () => Made.Of(("a <b>\"x\"</b>", [0.5, 0.6]), ("b & c", [null, double.NaN]), ("d", [0.7, null])).Chart("k/auc"),
        ["curves"] = () => Results(4).Curves("left/loss"),
        ["curves of many variants"] = () => Results(9).Curves("left/loss"),
        ["run"] = () => Results(1).Runs[0].Chart(),
        ["across"] = () => Enumerable.Range(0, 6).Select(i => (0.2 * i, Results(5, shift: 0.02 * i * i))).Across("p, cosine between the tasks' weight vectors", "left/auc"),
        ["delta m"] = () => Results(6).DeltaM("variant 1"),
        ["gates"] = () => Charts.Gates(Gates(8, 0), Tasks),
        ["gates of 16 experts and 8 tasks"] = () => Charts.Gates([.. Enumerable.Range(0, 8).Select(task => Gate(16, task, 3))], [.. Enumerable.Range(1, 8).Select(task => $"task {task}")]),
        ["gates over training"] = () => Charts.GatesOverTraining([.. Enumerable.Range(1, 20)], [.. Enumerable.Range(0, 20).Select(epoch => Gates(8, 0.2 * epoch))], Tasks),
        ["expert utilisation"] = () => Charts.Utilisation(Gates(8, 2), Tasks),
        ["conflicts"] = () => Charts.Conflicts(Cosines(0), Tasks),
        ["conflicts over training"] = () => Charts.ConflictsOverTraining([.. Enumerable.Range(1, 30)], [.. Enumerable.Range(0, 30).Select(epoch => Cosines(0.1 * epoch))], Tasks),
        ["pareto"] = () => Results(7, trade: true).Pareto("left/auc", "right/auc"),
        ["loss weights"] = () => Results(2).LossWeights("variant 1"),
        ["embedding"] = () => Charts.Embedding(Clouds(), [.. Enumerable.Range(0, 150).Select(row => $"{row % 5}")]),
        ["confusion"] = () => Charts.Confusion(Counts(10), [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")]),
        ["confusion with a class without rows"] = () => Charts.Confusion(new long[,] { { 5, 1, 0 }, { 0, 0, 0 }, { 2, 0, 9 } }, ["cat", "<dog>", "cow & calf"]),
        ["reliability"] = () => Charts.Reliability(("plain", Calibrated(0.15)), ("temperature scaled", Calibrated(0.02))),
        ["sweep"] = () => Charts.Sweep("merging coefficient", "accuracy, mean over tasks (%)", Steps, [Merge("Task Arithmetic", 0.3), Merge("TIES", 0.5), Merge("AdaMerging", 0.6)], ("pretrained", 48), ("individual", 90)),
        ["images"] = Scene,
        ["images of one map"] = () => Charts.Images(new ImageColumn("saliency", rand(2, 1, 12, 24, generator: new Generator(1)))),
        ["styled"] = () => Draw.Point<double, double, string>([1.0, 2.0], [3.0, double.NaN]).Styled("time (s)", "error (%)"),
    };

    private static double[] Steps => [.. Enumerable.Range(0, 11).Select(i => 0.1 * i)];

    private static double Wave(double x) => Math.Sin(1 + 1.7 * x) * Math.Cos(0.37 * x);

    // Variants "variant 1" .. on tasks left and right, five seeds, twelve epochs.
    private static StudyResult Results(int variants, double shift = 0, bool trade = false)
    {
        var models = Enumerable.Range(1, variants).Select(i => Model.Named($"variant {i}").Input(3).Task("left", Head.Binary()).Task("right", Head.Binary())).ToArray();
        var study = Polytask.Study.On(DataSource.Of("two digits", _ => throw new InvalidOperationException())).Variants(models).Seeds(5);
        return new StudyResult(study, [.. Enumerable.Range(0, 5).SelectMany(seed => models.Select((model, i) =>
        {
            var history = new List<Measurement>();
            for (var epoch = 1; epoch <= 12; epoch++)
            {
                var loss = 0.3 + 0.05 * i + 0.5 / epoch + 0.02 * Wave(10 * i + seed + epoch);
                history.Add(new(epoch, "train", "left", "loss", loss * 0.9));
                history.Add(new(epoch, "validation", "left", "loss", loss));
                history.Add(new(epoch, "validation", "right", "loss", loss * 1.3));
                history.Add(new(epoch, "train", "left", "weight", 1 + 0.1 * epoch + 0.1 * Wave(seed)));
                history.Add(new(epoch, "train", "right", "weight", 1 - 0.05 * epoch + 0.1 * Wave(seed + 5)));
            }
            var left = 0.7 + (trade ? 0.03 * i : 0.01 * i) + shift + 0.01 * Wave(i * 5 + seed);
            history.AddRange([new(12, "test", "left", "auc", left), new(12, "test", "right", "auc", (trade ? 0.9 - 0.02 * i - 0.04 * (i % 2) : 0.75 + 0.012 * i) + 0.01 * Wave(i * 7 + seed)),
                new(12, "test", "left", "loss", 1 - left), new(12, "test", "right", "loss", 0.4)]);
            return new Run(model, new TrainingPlan(), seed, null!, history, 12, 12, TimeSpan.FromSeconds(1));
        }))]);
    }

    private static double[] Gate(int experts, int task, double sharpness)
    {
        double[] scores = [.. Enumerable.Range(0, experts).Select(expert => Math.Exp(sharpness * Wave(3 * task + expert)))];
        return Array.ConvertAll(scores, score => score / scores.Sum());
    }

    private static double[][] Gates(int experts, double sharpness) => [.. Enumerable.Range(0, 3).Select(task => Gate(experts, task, sharpness))];

    private static double[,] Cosines(double shift)
    {
        var cosines = new double[3, 3];
        for (var i = 0; i < 3; i++)
            for (var j = 0; j < 3; j++) cosines[i, j] = i == j ? 1 : Math.Tanh(Wave(i + j + shift) * 1.2);
        return cosines;
    }

    private static Tensor Clouds()
    {
        var labels = arange(150).remainder(5).to(ScalarType.Float32).unsqueeze(1);
        return randn(150, 16, generator: new Generator(3)) + labels * randn(1, 16, generator: new Generator(4)) + (labels - 2).square() * randn(1, 16, generator: new Generator(5));
    }

    private static long[,] Counts(int classes)
    {
        var counts = new long[classes, classes];
        for (var i = 0; i < classes; i++)
            for (var j = 0; j < classes; j++) counts[i, j] = i == j ? 80 + (i * 7) % 13 : (i * 3 + j * 5) % 11 == 0 ? 6 : (i + j) % 4 == 0 ? 1 : 0;
        return counts;
    }

    private static Calibration Calibrated(double excess)
    {
        double[] confidences = [.. Enumerable.Range(0, 600).Select(i => 0.3 + 0.69 * Math.Sqrt(i / 600.0))];
        return Calibration.Of(confidences, [.. confidences.Select((confidence, i) => (0.618033988749895 * i) % 1 < confidence - excess)]);
    }

    private static (string, double[][]) Merge(string name, double best) =>
        (name, [.. Steps.Select((step, i) => Enumerable.Range(0, 3).Select(seed => 88 - 90 * (step - best) * (step - best) + 2 * Wave(seed + i) - 8 * best).ToArray())]);

    private static GenericChart Scene()
    {
        var (y, x) = (linspace(-1, 1, 48).unsqueeze(1), linspace(-1, 1, 64).unsqueeze(0));
        Tensor Disc(double centreX, double centreY, double radius) => ((x - centreX).square() + (y - centreY).square()).lt(radius * radius);
        Tensor Segments(double shift) => zeros(48, 64, ScalarType.Int64).masked_fill(Disc(-0.3 + shift, 0.1, 0.5), 1).masked_fill(Disc(0.5, -0.3 + shift, 0.3), 2);
        var truth = stack([Segments(0), Segments(0.2), Segments(-0.2)]);
        var predicted = stack([Segments(0.05), Segments(0.17), Segments(-0.1)]);
        var depth = truth.to(ScalarType.Float32) * -1.2 + 5 + 0.5 * y;
        depth[0, 3..9, 40..60] = float.NaN;
        var picture = stack([truth.eq(0).to(ScalarType.Float32) * 0.6 + 0.2, truth.eq(1).to(ScalarType.Float32) * 0.7 + 0.1, truth.eq(2).to(ScalarType.Float32) * 0.5 + 0.3], 1);
        string[] classes = ["ground", "sphere", "box & <lid>"];
        return Charts.Images(
            new ImageColumn("input", picture), new ImageColumn("segments, truth", truth, "segments") { Classes = classes },
            new ImageColumn("segments, predicted", predicted, "segments"), new ImageColumn("depth, truth", depth, "depth (m)"),
            new ImageColumn("depth, predicted", depth + 0.2 * rand_like(depth), "depth (m)"));
    }
}
