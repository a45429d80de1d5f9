using Plotly.NET;

namespace Polytask.Analysis;

/// <summary>A single run's learning curves.</summary>
public static class RunCharts
{
    /// <summary>Learning curves: a colour per task, the training split dashed, the validation split solid.</summary>
    /// <param name="run">The run.</param>
    /// <param name="keys">"task/metric" keys; the losses of all tasks by default.</param>
    /// <exception cref="DataException">The run measured no such result.</exception>
    public static GenericChart Chart(this Run run, params string[] keys)
    {
        if (keys.Length == 0) keys = [.. run.Keys.Where(key => key.EndsWith("/loss", StringComparison.Ordinal))];
        var lines = new List<GenericChart>();
        foreach (var key in keys)
        {
            run.Tested(key); // names the key when there is none
            var style = HouseStyle.Tasks.Of(key.Split('/')[0]);
            foreach (var (split, dash) in new[] { ("train", StyleParam.DrawingStyle.Dash), ("validation", StyleParam.DrawingStyle.Solid) })
                lines.AddRange(Curve.Of([run], key, split).Drawn($"{key}, {split}", style with { Dash = dash }));
        }
        return Curve.OverEpochs(lines, [run], keys.Length == 1 ? HouseStyle.Plain(keys[0]) : "value");
    }
}
