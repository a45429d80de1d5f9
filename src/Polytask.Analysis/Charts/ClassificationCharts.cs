using System.Globalization;
using Plotly.NET;
using Plotly.NET.CSharp;
using TorchSharp;
using static TorchSharp.torch;
using Draw = Plotly.NET.CSharp.Chart;

namespace Polytask.Analysis;

/// <summary>How a classifying task errs: which classes it takes for which, and how far its confidence can be believed.</summary>
public static class ClassificationCharts
{
    /// <summary>The confusion matrix of a task: rows are labels, columns predictions; rows without a label are left out.</summary>
    /// <param name="run">The run.</param>
    /// <param name="task">A task with classes.</param>
    /// <param name="examples">The rows to predict, on any device.</param>
    /// <param name="classes">The classes' names, in the order of their numbers; the numbers by default.</param>
    /// <exception cref="DeclarationException">The model has no such task.</exception>
    /// <exception cref="DataException">The task has no classes, or another number of them.</exception>
    public static GenericChart Confusion(this Run run, string task, Examples examples, params string[] classes)
    {
        using var scope = NewDisposeScope();
        var (probabilities, labels) = run.Predicted(task, examples);
        var count = (int)probabilities.shape[1];
        if (classes.Length == 0) classes = [.. Enumerable.Range(0, count).Select(number => $"{number}")];
        if (classes.Length != count) throw new DataException($"task '{task}' has {count} classes, but {classes.Length} names were given");
        var predictions = probabilities.argmax(1).data<long>().ToArray();
        var counts = new long[count, count];
        foreach (var (label, prediction) in labels.data<long>().ToArray().Zip(predictions)) counts[label, prediction]++;
        return Charts.Confusion(counts, classes);
    }

    /// <summary>The reliability diagram of a task.</summary>
    /// <param name="run">The run.</param>
    /// <param name="task">A task with classes.</param>
    /// <param name="examples">The rows to predict, on any device.</param>
    /// <exception cref="DeclarationException">The model has no such task.</exception>
    /// <exception cref="DataException">The task has no classes.</exception>
    public static GenericChart CalibrationChart(this Run run, string task, Examples examples) =>
        Charts.Reliability((run.Model.Name, run.Calibration(task, examples)));

    /// <summary>How far the confidence of a task's predictions, the probability of the predicted class, is from their accuracy.</summary>
    /// <inheritdoc cref="CalibrationChart"/>
    public static Calibration Calibration(this Run run, string task, Examples examples, int bins = 15)
    {
        using var scope = NewDisposeScope();
        var (probabilities, labels) = run.Predicted(task, examples);
        var (confidences, predictions) = probabilities.max(1);
        var right = predictions.eq(labels).data<bool>().ToArray();
        return Analysis.Calibration.Of(confidences.clamp(0, 1).data<double>().ToArray(), right, bins);
    }

    // Probabilities [rows, classes] in double precision and labels [rows] of the labelled rows, on the CPU.
    private static (Tensor Probabilities, Tensor Labels) Predicted(this Run run, string task, Examples examples)
    {
        using var untracked = no_grad();
        var head = run.Model.TaskNamed(task).Head;
        var (inputs, target) = LabelledExamples.Of(examples, task, torch.device(run.Plan.Device));
        var output = run.Module.Forward(task, inputs).cpu().to(ScalarType.Float64);
        var probabilities = head.Name switch
        {
            "classify" => output.softmax(1),
            "binary" => stack([1 - output.sigmoid(), output.sigmoid()], 1),
            _ => throw new DataException($"task '{task}' is a {head.Name} task; only tasks with classes have a confusion matrix and a calibration"),
        };
        return (probabilities, target.cpu().to(ScalarType.Int64));
    }
}

public static partial class Charts
{
    /// <summary>A confusion matrix: the colour is the share of a label's rows, the text the number of rows.</summary>
    /// <param name="counts">[labels, predictions].</param>
    /// <param name="classes">The classes' names.</param>
    /// <exception cref="DataException">The matrix does not have a row and a column per class, or holds a negative number.</exception>
    public static GenericChart Confusion(long[,] counts, IReadOnlyList<string> classes)
    {
        var count = classes.Count;
        if (counts.GetLength(0) != count || counts.GetLength(1) != count || count < 2)
            throw new DataException($"a confusion matrix of {count} classes is {count} x {count}, at least 2 x 2, "
                + $"but got {counts.GetLength(0)} x {counts.GetLength(1)}");
        if (counts.Cast<long>().Any(number => number < 0)) throw new DataException("a confusion matrix counts rows, but holds a negative number");
        var rows = Enumerable.Range(0, count).Select(label => Enumerable.Range(0, count).Select(other => counts[label, other]).ToArray()).ToArray();
        // A label without rows has no shares.
        var shares = rows.Select(row => Array.ConvertAll(row, number => row.Sum() == 0 ? double.NaN : (double)number / row.Sum())).ToArray();
        var texts = rows.Select(row => Array.ConvertAll(row, number => number.ToString(CultureInfo.InvariantCulture))).ToArray();
        return Heatmaps.Of(shares, classes, classes, (0, 1), "share of the label's rows", texts)
            .Styled("predicted class", "label").WithSize(Width: 560, Height: 480);
    }

    /// <summary>
    /// A reliability diagram: the accuracy of each bin of confidence against the mean confidence in it, with the diagonal where both agree and the
    /// expected calibration error of each model in the legend. Larger markers hold more rows.
    /// </summary>
    /// <param name="models">Names and calibrations, at least one.</param>
    /// <exception cref="DataException">No model.</exception>
    public static GenericChart Reliability(params (string Name, Calibration Calibration)[] models)
    {
        if (models.Length == 0) throw new DataException("a reliability diagram needs at least one model's calibration");
        var diagonal = Draw.Line<double, double, string>([0.0, 1.0], [0.0, 1.0], Name: "perfect calibration",
            LineColor: Color.fromHex(Palette.Muted), LineDash: StyleParam.DrawingStyle.Dash, LineWidth: 1.5);
        var lines = models.Select(model =>
        {
            var (style, bins) = (HouseStyle.Methods.Of(model.Name), model.Calibration.Bins);
            var most = bins.Max(bin => bin.Rows);
            return Draw.Line<double, double, string>(bins.Select(bin => bin.Confidence).ToArray(), bins.Select(bin => bin.Accuracy).ToArray(),
                    ShowMarkers: true,
                        Name: HouseStyle.Plain(string.Create(CultureInfo.InvariantCulture, $"{model.Name}, ECE {model.Calibration.Error:0.000}")),
                    LineColor: style.Colour, LineDash: style.Dash, LineWidth: 2.0, MarkerColor: style.Colour, MarkerSymbol: style.Symbol)
                .WithMarkerStyle(MultiSize: bins.Select(bin => (int)Math.Round(5 + 11 * Math.Sqrt((double)bin.Rows / most))).ToArray());
        });
        return Draw.Combine([diagonal, .. lines]).WithLegend(true).Styled("confidence (mean of the bin)", "accuracy (share that is right)")
            .WithXAxisStyle<double, double, string>(MinMax: Tuple.Create(0.0, 1.02))
                .WithYAxisStyle<double, double, string>(MinMax: Tuple.Create(0.0, 1.02))
            .WithSize(Width: 760, Height: 460);
    }
}
