namespace Polytask.Analysis;

/// <summary>What belongs to the tasks, a row per task: its gate, tower and head. One gate for all tasks stands before the rows.</summary>
internal sealed class TaskRows
{
    private const double RowGap = 12, Rail = 16, GateOffset = 9, LabelSize = ModelDiagram.LabelSize;

    private readonly Model model;
    private readonly DiagramBox? sharedGate;
    private readonly DiagramBox[] gates = [];
    private readonly DiagramBox?[] towers;
    private readonly DiagramBox[] heads;
    private readonly string[] towered;
    private readonly string features;
    private readonly double rowHeight;

    public TaskRows(Model model, ParameterCounts counts, Shape features)
    {
        (this.model, this.features) = (model, ModelDiagram.Short(features));
        if (model.AllLayers() is [.., (var name, ExpertsLayer level)])
        {
            var gate = level.Gate ?? model.GateKind;
            var seen = level.Seen(model);
            string Trunk(int task) => $"{(model.IsSingleTask ? $"trunk_{task}" : "trunk")}.{name}";
            if (gate.IsShared && !model.IsSingleTask)
                sharedGate = new("one gate", $"{gate.Kind} over {seen[0]}, for all tasks", counts.Of($"{Trunk(0)}.gate"));
            else
                gates = [.. model.Tasks.Select((task, i) =>
                    new DiagramBox($"gate '{task.Name}'", $"{gate.Kind} over {seen[i]}", counts.Of($"{Trunk(i)}.gate_{task.Name}")))];
        }
        towers = [.. model.Tasks.Select(task =>
            task.Tower is null ? null : new DiagramBox("tower", task.Tower.Describe(), counts.Of($"task_{task.Name}.tower")))];
        towered = [.. model.Tasks.Select(task => task.Tower is null ? this.features : ModelDiagram.Short(task.Tower.Output(features, "tower")))];
        heads = [.. model.Tasks.Select(task =>
            new DiagramBox($"task '{task.Name}'", $"{task.Head}, {task.Loss.Name}", counts.Of($"task_{task.Name}.output")))];
        rowHeight = Boxes.Max(box => box.Height) + RowGap;
    }

    /// <summary>The height of all rows.</summary>
    public double Height => Math.Max(model.Tasks.Length * rowHeight - RowGap, sharedGate?.Height ?? 0);

    private IEnumerable<DiagramBox> Boxes => [.. gates, .. towers.OfType<DiagramBox>(), .. heads];

    /// <summary>Draws the rows to the right of what all tasks read.</summary>
    /// <param name="x">Where the shared part ends.</param>
    /// <param name="middle">The height of its middle.</param>
    /// <param name="given">The shape that it gives.</param>
    /// <param name="gateFrom">Where the line to the gates leaves the arrow into the experts, and the height at which it passes above them.</param>
    public void Draw(Svg svg, double x, double middle, string given, (double X, double Y)? gateFrom)
    {
        if (sharedGate is not null)
        {
            var gate = Spread(svg, x, middle, given, [middle], Rail, GateOffset, stops: _ => true);
            Gates(svg, gateFrom!.Value, middle, gate, [middle - GateOffset]);
            sharedGate.Draw(svg, gate, middle, sharedGate.Width, accent: null);
            (x, given) = (gate + sharedGate.Width, features);
        }
        double[] rows = [.. heads.Select((_, task) => middle + (task - (heads.Length - 1) / 2.0) * rowHeight)];
        var gated = gates.Length > 0;
        var left = Spread(svg, x, middle, given, rows, gated ? Rail : 0, gated ? GateOffset : 0, stops: task => gated || Stops(task));
        if (gated)
        {
            Gates(svg, gateFrom!.Value, middle, left, [.. rows.Select(row => row - GateOffset)]);
            var right = Column(svg, gates, left, rows);
            left = Enumerable.Range(0, rows.Length).Max(task => ModelDiagram.Arrow(svg, right, rows[task], features, head: Stops(task)));
        }
        Column(svg, heads, Towers(svg, left, rows), rows);
    }

    // Whether a task's line ends at a box after the shared part or the gate: without a tower it goes on, past those of other tasks.
    private bool Stops(int task) => towers[task] is not null || towers.All(tower => tower is null);

    // A task without a tower has a line past the others'.
    private double Towers(Svg svg, double left, double[] rows)
    {
        if (towers.All(tower => tower is null)) return left;
        var widest = towers.Max(tower => tower?.Width ?? 0);
        var right = left + widest + towered.Max(ModelDiagram.ArrowLength);
        for (var task = 0; task < rows.Length; task++)
        {
            var from = towers[task] is null ? left : left + widest;
            towers[task]?.Draw(svg, left, rows[task], widest, Accent(task));
            svg.Line([(from, rows[task]), (right, rows[task])]);
            if (towers[task] is not null) svg.Label((from + right) / 2 - 2, rows[task] - 5, towered[task], LabelSize);
        }
        return right;
    }

    // One line out of the shared part, a rail along the rows, and an arrow into each.
    private static double Spread(
        Svg svg, double x, double middle, string given, double[] rows, double room, double offset, Func<int, bool> stops)
    {
        var rail = x + ModelDiagram.ArrowLength(given) - 6;
        var left = rail + 22 + room;
        svg.Line([(x, middle), (rail, middle)], head: false);
        if (rows.Length > 1 || offset != 0)
            svg.Line([(rail, Math.Min(middle, rows[0] + offset)), (rail, Math.Max(middle, rows[^1] + offset))], head: false);
        for (var row = 0; row < rows.Length; row++)
            svg.Line([(rail, rows[row] + offset), (left, rows[row] + offset)], head: stops(row));
        svg.Label((x + rail) / 2, middle - 5, given, LabelSize);
        return left;
    }

    // The gates read what the experts read: their line leaves before the experts and passes above them.
    private static void Gates(Svg svg, (double X, double Y) from, double middle, double left, double[] rows)
    {
        var (rail, over) = (left - Rail, Math.Min(from.Y, rows[0] - 14));
        svg.Line([(from.X, middle), (from.X, over), (rail, over), (rail, rows[^1])], dashed: true, head: false);
        foreach (var row in rows) svg.Line([(rail, row), (left, row)], dashed: true);
    }

    private double Column(Svg svg, DiagramBox[] boxes, double left, double[] rows)
    {
        var widest = boxes.Max(box => box.Width);
        for (var task = 0; task < rows.Length; task++) boxes[task].Draw(svg, left, rows[task], widest, Accent(task));
        return left + widest;
    }

    private string Accent(int task) => HouseStyle.Tasks.Of(model.Tasks[task].Name).Hex;
}
