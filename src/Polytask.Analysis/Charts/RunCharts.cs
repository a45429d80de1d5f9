using System.Globalization;
using Plotly.NET;
using Plotly.NET.CSharp;
using TorchSharp;
using Draw = Plotly.NET.CSharp.Chart;

namespace Polytask.Analysis;

/// <summary>A single run as charts.</summary>
public static class RunCharts
{
    /// <summary>Learning curves: a colour per result, the training split dashed, the validation split solid.</summary>
    /// <param name="run">The run.</param>
    /// <param name="keys">"task/metric" keys; the losses of all tasks by default.</param>
    /// <exception cref="DataException">The run measured no such result.</exception>
    public static GenericChart Chart(this Run run, params string[] keys)
    {
        if (keys.Length == 0) keys = [.. run.Keys.Where(key => key.EndsWith("/loss", StringComparison.Ordinal))];
        var lines = new List<GenericChart>();
        foreach (var (key, index) in keys.Select((key, index) => (key, index)))
        {
            run.Test(key); // names the key when there is none
            foreach (var (split, dash) in new[] { ("train", StyleParam.DrawingStyle.Dash), ("validation", StyleParam.DrawingStyle.Solid) })
            {
                var curve = StudyCharts.CurveOf([run], key, split);
                if (curve.Count == 0) continue;
                lines.Add(Draw.Line<int, double, string>(curve.Select(point => point.Epoch).ToArray(), curve.Select(point => point.Mean).ToArray(),
                    Name: $"{key}, {split}", LineColor: HouseStyle.ColourAt(index), LineWidth: 2.0, LineDash: dash));
            }
        }
        return Draw.Combine(lines).WithLegend(true).Styled("epoch", keys.Length == 1 ? keys[0] : "value");
    }

    /// <summary>A heatmap of <see cref="MeanGateWeights"/>: which expert serves which task.</summary>
    /// <param name="run">A run of a model with experts.</param>
    /// <param name="examples">The rows to average over, on any device.</param>
    /// <exception cref="DeclarationException">The model has no experts.</exception>
    public static GenericChart GateHeatmap(this Run run, Examples examples)
    {
        var weights = run.MeanGateWeights(examples);
        var tasks = run.Model.Tasks.Select(task => task.Name).ToArray();
        var experts = Enumerable.Range(1, weights[0].Length).Select(expert => $"{expert}").ToArray();
        var texts = weights.Select(row => Array.ConvertAll(row, weight => weight.ToString("0.00", CultureInfo.InvariantCulture))).ToArray();
        return Draw.AnnotatedHeatmap<double, string, string, string>(weights, texts, X: experts, Y: tasks,
                ColorScale: StyleParam.Colorscale.Viridis, ShowScale: false, ReverseYAxis: true)
            .Styled("expert", "task").WithXAxisStyle<double, double, string>(AxisType: StyleParam.AxisType.Category);
    }

    /// <summary>How much of each expert each task takes on average: [tasks][experts], every row sums to 1.</summary>
    /// <param name="run">A run of a model with experts.</param>
    /// <param name="examples">The rows to average over, on any device.</param>
    /// <exception cref="DeclarationException">The model has no experts.</exception>
    public static double[][] MeanGateWeights(this Run run, Examples examples)
    {
        using var untracked = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var device = torch.device(run.Plan.Device);
        return [.. run.Model.Tasks.Select(task =>
        {
            var weights = run.Module.GateWeights(task.Name, examples.Inputs(task.Name).to(device));
            return weights.mean([0L]).to(torch.ScalarType.Float64).cpu().data<double>().ToArray();
        })];
    }
}
