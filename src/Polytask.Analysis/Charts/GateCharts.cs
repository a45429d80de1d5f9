using Plotly.NET;
using Plotly.NET.CSharp;
using TorchSharp;
using Draw = Plotly.NET.CSharp.Chart;

namespace Polytask.Analysis;

/// <summary>Which expert serves which task.</summary>
public static class GateCharts
{
    /// <summary>A heatmap of <see cref="MeanGateWeights"/>: task x expert.</summary>
    /// <param name="run">A run of a model with experts.</param>
    /// <param name="examples">The rows to average over, on any device.</param>
    /// <param name="level">Which level of experts: from 0, or from the end where negative.</param>
    /// <exception cref="DeclarationException">The model has no experts, or no such level.</exception>
    public static GenericChart GateHeatmap(this Run run, Examples examples, int level = -1) =>
        Charts.Gates(run.MeanGateWeights(examples, level), TaskNames(run));

    /// <summary>How much work each expert does: <see cref="Charts.Utilisation"/> of <see cref="MeanGateWeights"/>.</summary>
    /// <param name="run">A run of a model with experts.</param>
    /// <param name="examples">The rows to average over, on any device.</param>
    /// <exception cref="DeclarationException">The model has no experts.</exception>
    public static GenericChart ExpertUtilisation(this Run run, Examples examples) =>
        Charts.Utilisation(run.MeanGateWeights(examples), TaskNames(run));

    /// <summary>
    /// How much of each expert that it sees each task takes on average: [tasks][experts], in the order of the bank, every row sums to 1.
    /// </summary>
    /// <param name="run">A run of a model with experts.</param>
    /// <param name="examples">The rows to average over, on any device.</param>
    /// <param name="level">Which level of experts: from 0, or from the end where negative.</param>
    /// <exception cref="DeclarationException">The model has no experts, or no such level.</exception>
    public static double[][] MeanGateWeights(this Run run, Examples examples, int level = -1)
    {
        using var untracked = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var device = torch.device(run.Plan.Device);
        return [.. run.Model.Tasks.Select(task =>
        {
            var weights = run.Module.GateWeights(task.Name, examples.Inputs(task.Name).to(device), level);
            return weights.mean([0L]).to(torch.ScalarType.Float64).cpu().data<double>().ToArray();
        })];
    }

    private static string[] TaskNames(Run run) => [.. run.Model.Tasks.Select(task => task.Name)];
}

/// <summary>Charts of numbers that the caller has: arrays, tensors, calibrations. Those that read a run or a study are methods of these.</summary>
public static partial class Charts
{
    /// <summary>Gate weights as a heatmap, task x expert, with the numbers in the cells.</summary>
    /// <param name="weights">[tasks][experts].</param>
    /// <param name="tasks">The tasks' names.</param>
    /// <exception cref="DataException">The weights are not one row per task, all of one length.</exception>
    public static GenericChart Gates(IReadOnlyList<double[]> weights, IReadOnlyList<string> tasks)
    {
        var experts = ExpertsOf(weights, tasks);
        // Equal use of all experts lies in the middle of the scale.
        var highest = weights.SelectMany(row => row).Where(double.IsFinite).Append(2.0 / experts).Max();
        return Heatmaps.Of([.. weights], Numbered(experts), tasks, (0, highest), "mean gate weight")
            .Styled(Heatmaps.IsWritten(experts) ? "expert (cells: mean gate weight)" : "expert", "task");
    }

    /// <summary>Gate weights over training: a heatmap per task, expert x epoch, in one scale.</summary>
    /// <param name="epochs">When they were measured.</param>
    /// <param name="weights">Per epoch [tasks][experts].</param>
    /// <param name="tasks">The tasks' names.</param>
    /// <exception cref="DataException">No epoch, or the weights do not have one shape.</exception>
    public static GenericChart GatesOverTraining(IReadOnlyList<int> epochs, IReadOnlyList<double[][]> weights, IReadOnlyList<string> tasks)
    {
        Same(epochs.Count, weights.Count, "epochs", "gate weights");
        var experts = weights.Select(matrix => ExpertsOf(matrix, tasks)).Distinct().ToArray();
        if (experts.Length > 1)
            throw new DataException($"gate weights over training need one number of experts, but got {string.Join(" and ", experts)}");
        var highest = weights.SelectMany(matrix => matrix).SelectMany(row => row).Where(double.IsFinite).Append(2.0 / experts[0]).Max();
        var maps = tasks.Select((_, task) => Heatmaps.Of(
            [.. Enumerable.Range(0, experts[0]).Select(expert => weights.Select(matrix => matrix[task][expert]).ToArray())],
            [.. epochs.Select(epoch => $"{epoch}")], Numbered(experts[0]), (0, highest),
                task == 0 ? "mean gate weight" : null, numbered: true).Styled("epoch", "expert"));
        var columns = Math.Min(tasks.Count, 3);
        var rows = (tasks.Count + columns - 1) / columns;
        return Draw.Grid(maps, rows, columns, SubPlotTitles: tasks.Select(HouseStyle.Plain).ToArray())
            .WithSize(Width: 300 * columns + 120, Height: 260 * rows + 80);
    }

    /// <summary>
    /// How much work each expert does: the mean gate weight over tasks, stacked by task, and a line at 1/E, where all experts do the same. An
    /// expert near zero has died.
    /// </summary>
    /// <param name="weights">[tasks][experts], every row summing to 1.</param>
    /// <param name="tasks">The tasks' names.</param>
    /// <exception cref="DataException">The weights are not one row per task, all of one length.</exception>
    public static GenericChart Utilisation(IReadOnlyList<double[]> weights, IReadOnlyList<string> tasks)
    {
        var experts = Numbered(ExpertsOf(weights, tasks));
        var bars = tasks.Select((task, row) => Draw.StackedColumn<double, string, string>(
            weights[row].Select(weight => weight / tasks.Count).ToArray(),
            Keys: experts, Name: HouseStyle.Plain(task), MarkerColor: HouseStyle.Tasks.Of(task).Colour,
            MarkerOutline: Line.init(Color: Color.fromString("white"), Width: 1.0)));
        var even = Draw.Line<string, double, string>(experts, experts.Select(_ => 1.0 / experts.Length).ToArray(), Name: "equal use",
            LineColor: Color.fromHex(HouseStyle.AxisLine), LineDash: StyleParam.DrawingStyle.Dash, LineWidth: 1.5);
        return Draw.Combine([.. bars, even]).WithLegend(true).Styled("expert", "share of all gate weight")
            .WithXAxisStyle<double, double, string>(AxisType: StyleParam.AxisType.Category);
    }

    private static int ExpertsOf(IReadOnlyList<double[]> weights, IReadOnlyList<string> tasks)
    {
        Same(weights.Count, tasks.Count, "rows of gate weights", "tasks");
        var lengths = weights.Select(row => row.Length).Distinct().ToArray();
        return lengths is [> 0] ? lengths[0]
            : throw new DataException(
                $"gate weights need a number per expert for each task, but their rows have lengths {string.Join(", ", lengths)}");
    }

    private static string[] Numbered(int count) => [.. Enumerable.Range(1, count).Select(number => $"{number}")];

    // Two lists that belong together.
    private static void Same(int one, int other, string ones, string others)
    {
        if (one != other || one == 0) throw new DataException($"a chart needs as many {ones} as {others}, at least one, but got {one} and {other}");
    }
}
