using System.Globalization;

namespace Polytask.Analysis;

/// <summary>Draws a declared model, left to right: input, backbone, experts, a gate per task, towers, heads; shapes on the arrows.</summary>
public static class ModelDiagram
{
    internal const double LabelSize = 10.5;

    private const double Left = 12, GateLead = 8;

    /// <summary>
    /// The drawing of a model. Blocks of a chain are drawn one by one, experts as numbered tiles. Numbers on arrows are shapes of one example; a
    /// dashed line is what the gates read. In the picture of a single-task model everything has copies behind it.
    /// </summary>
    /// <exception cref="DeclarationException">The model has no input or no task yet.</exception>
    public static Diagram Diagram(this Model model)
    {
        if (model.InputShape is null) throw new DeclarationException($"model '{model.Name}' has no input; add .Input(features) before drawing it");
        if (model.Tasks.Length == 0) throw new DeclarationException($"model '{model.Name}' has no task; add .Task(name, head) before drawing it");
        var counts = new ParameterCounts(model);
        var (shapes, layers) = (model.LayerShapes(), model.AllLayers());
        // The last level of experts stands before the tasks' gates; what comes before it is drawn in a row.
        var last = layers is [.., (_, ExpertsLayer level)] ? level : null;
        var (svg, text) = (new Svg(), model.ToString());
        var (trunk, copies) = (model.IsSingleTask ? "trunk_0" : "trunk", model.IsSingleTask ? 2 : 0);

        var stages = Stages(model, counts, trunk, last is null ? layers.Length : layers.Length - 1);
        var tiles = last is null ? null : new ExpertTiles(last.Bank, counts.Experts($"{trunk}.{layers[^1].Name}"));
        var rows = new TaskRows(model, counts, shapes[^1]);
        var top = 62 + (tiles is null ? 0 : 24) + 4 * copies;
        var middle = top + new[] { rows.Height, tiles?.Height ?? 0, stages.Max(stage => stage.Box.Height) }.Max() / 2;

        Heading(svg, model, counts);
        var (x, shape) = (Left, "");
        for (var i = 0; i < stages.Count; i++)
        {
            if (i > 0) x = Arrow(svg, x, middle, shape);
            stages[i].Box.Draw(svg, x, middle, stages[i].Box.Width, accent: null, i == 0 ? 0 : copies);
            (x, shape) = (x + stages[i].Box.Width + (i == 0 ? 0 : 4 * copies), Short(stages[i].Gives));
        }
        if (tiles is null) rows.Draw(svg, x, middle, shape, gateFrom: null);
        else
        {
            var read = x;
            // Room for the line to the gates before the label.
            svg.Line([(x, middle), (x + GateLead, middle)], head: false);
            x = Arrow(svg, x + GateLead, middle, shape);
            tiles.Draw(svg, x, middle, copies);
            rows.Draw(svg, x + tiles.Width + 4 * copies, middle, $"{last!.Bank.Count} x {Short(shapes[^1])}",
                gateFrom: (read + GateLead, middle - tiles.Height / 2 - 16 - 4 * copies));
        }
        return new(svg.Picture($"Diagram of the model {model.Name.ReplaceLineEndings(" ")}", text), text);
    }

    internal static string Parameters(long count) =>
        count == 1 ? "1 parameter" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} parameters");

    internal static string Short(Shape shape) => shape.Rank == 1 ? $"{shape[0]}" : string.Join(" x ", (IEnumerable<long>)shape);

    /// <summary>An arrow to the right with its label above, as long as the label needs; the place where it ends.</summary>
    internal static double Arrow(Svg svg, double x, double y, string label, bool head = true)
    {
        var length = ArrowLength(label);
        svg.Line([(x, y), (x + length, y)], head: head);
        svg.Label(x + length / 2 - 2, y - 5, label, LabelSize);
        return x + length;
    }

    internal static double ArrowLength(string label) => Math.Max(34, TextMetrics.Width(label, LabelSize) + 16);

    // The input, the blocks of the backbone one by one, and the layers before the last level of experts, each with what it gives.
    private static List<(DiagramBox Box, Shape Gives)> Stages(Model model, ParameterCounts counts, string trunk, int count)
    {
        var (layers, shapes) = (model.AllLayers(), model.LayerShapes());
        var stages = new List<(DiagramBox, Shape)> { (new("input", Short(shapes[0]), null), shapes[0]) };
        for (var i = 0; i < count; i++)
        {
            var (name, layer) = layers[i];
            if (layer is not SharedLayer { Block: Chain chain })
            {
                stages.Add((new(name.Replace('_', ' '), layer.Describe(), counts.Of($"{trunk}.{name}")), shapes[i + 1]));
                continue;
            }
            var shape = shapes[i];
            for (var block = 0; block < chain.Blocks.Length; block++)
            {
                shape = chain.Blocks[block].Output(shape, name);
                stages.Add((new($"{name.Replace('_', ' ')} {block + 1}", chain.Blocks[block].Describe(), counts.Of($"{trunk}.{name}.{block}")), shape));
            }
        }
        return stages;
    }

    private static void Heading(Svg svg, Model model, ParameterCounts counts)
    {
        var name = model.Name.ReplaceLineEndings(" ");
        svg.Text(Left, 24, TextMetrics.Clipped(name, 15, 520, bold: true), 15, bold: true, anchor: "start", whole: name);
        var sharing = model.IsSingleTask ? "nothing is shared: a copy of all this for each task" : $"weighting: {model.WeightingRule.Describe()}";
        var line = $"{Parameters(counts.Total)}; {sharing}".ReplaceLineEndings(" ");
        svg.Text(Left, 42, TextMetrics.Clipped(line, 11, 520), 11, muted: true, anchor: "start", whole: line);
    }
}
