using System.Globalization;
using Plotly.NET;
using Plotly.NET.CSharp;
using Draw = Plotly.NET.CSharp.Chart;
using Tensor = TorchSharp.torch.Tensor;

namespace Polytask.Analysis;

/// <summary>What a model's representations look like.</summary>
public static class EmbeddingCharts
{
    /// <summary>The representation that a task's tower and head read, by its two leading principal components, coloured by its labels.</summary>
    /// <param name="run">The run.</param>
    /// <param name="task">The task, one with classes.</param>
    /// <param name="examples">The rows to show, on any device; a few hundred read best. Rows without a label are left out.</param>
    /// <exception cref="DeclarationException">The model has no such task.</exception>
    /// <exception cref="DataException">The labels are no classes.</exception>
    public static GenericChart Embedding(this Run run, string task, Examples examples)
    {
        using var untracked = TorchSharp.torch.no_grad();
        using var scope = TorchSharp.torch.NewDisposeScope();
        if (run.Model.TaskNamed(task).Head.Name == "regress")
            throw new DataException($"task '{task}' has real-valued labels, not classes to colour by; use Charts.Embedding with labels of your own");
        var (inputs, target) = LabelledExamples.Of(examples, task, TorchSharp.torch.device(run.Plan.Device));
        var vectors = run.Module.Representation(task, inputs).flatten(1);
        var labels = target.cpu().to(TorchSharp.torch.ScalarType.Int64).data<long>().ToArray();
        return Charts.Embedding(vectors, [.. labels.Select(label => label.ToString(CultureInfo.InvariantCulture))]);
    }
}

public static partial class Charts
{
    /// <summary>Vectors by their two leading principal components (<see cref="PrincipalComponents"/>), a colour and a marker per label.</summary>
    /// <param name="vectors">[rows, features].</param>
    /// <param name="labels">A label per row; numbers are ordered by size, other labels as they come.</param>
    /// <exception cref="DataException">Rows and labels differ in number, or the vectors have no two components.</exception>
    public static GenericChart Embedding(Tensor vectors, IReadOnlyList<string> labels)
    {
        if (vectors.shape[0] != labels.Count)
            throw new DataException($"an embedding needs a label per row, but got {vectors.shape[0]} rows and {labels.Count} labels");
        var (scores, shares) = PrincipalComponents.Of(vectors);
        var groups = Enumerable.Range(0, labels.Count).GroupBy(row => labels[row])
            .OrderBy(group => double.TryParse(group.Key, CultureInfo.InvariantCulture, out var number) ? number : double.MaxValue);
        // Labels are coloured by their order here: a class "3" of one task is not that of another.
        var clouds = groups.Select((group, i) =>
        {
            var style = SeriesStyle.At(i);
            return Draw.Point<double, double, string>(group.Select(row => scores[row, 0]).ToArray(), group.Select(row => scores[row, 1]).ToArray(),
                Name: HouseStyle.Plain(group.Key), MarkerColor: style.Colour, MarkerSymbol: style.Symbol, Opacity: 0.75).WithMarkerStyle(Size: 7);
        });
        string Axis(int component) => string.Create(CultureInfo.InvariantCulture,
            $"principal component {component + 1} ({100 * shares[component]:0.#} % of variance)");
        return Draw.Combine(clouds).WithLegend(true).Styled(Axis(0), Axis(1));
    }
}
