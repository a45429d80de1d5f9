using Plotly.NET;

namespace Polytask.Analysis;

/// <summary>How much each task's loss counted while a model trained.</summary>
public static class WeightCharts
{
    /// <summary>The weight of each task's loss over training, as recorded: a line per task.</summary>
    public static GenericChart LossWeights(this Run run) => Chart([run], run.Model);

    /// <summary>The weight of each task's loss over training for a variant: the mean over seeds, with a band of one standard deviation.</summary>
    /// <param name="study">The results.</param>
    /// <param name="variant">The variant's name.</param>
    /// <exception cref="DataException">The study has no such variant.</exception>
    public static GenericChart LossWeights(this StudyResult study, string variant)
    {
        study.RefuseGrid();
        study.Known(variant);
        return Chart([.. study.Runs.Where(run => run.Model.Name == variant)], study.Study.Models.First(model => model.Name == variant));
    }

    private static GenericChart Chart(IReadOnlyList<Run> runs, Model model)
    {
        var lines = model.Tasks.SelectMany(task =>
            Curve.Of(runs, $"{task.Name}/weight", "train").Drawn(task.Name, HouseStyle.Tasks.Of(task.Name))).ToArray();
        if (lines.Length == 0) throw new DataException($"no run of '{model.Name}' recorded the weights of its losses");
        return Curve.OverEpochs(lines, runs, "weight of the task's loss");
    }
}
