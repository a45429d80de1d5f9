namespace Polytask.Analysis;

/// <summary>Draws a declared model: input, backbone, experts, a gate per task, towers, heads, with the shapes on the arrows.</summary>
public static class ModelDiagram
{
    private const double BoxWidth = 132, BoxHeight = 46, Gap = 74, Lane = 74, ExpertLane = 34, Top = 58;
    private const int MostExperts = 6;
    private const string Shared = "#444444", Line = "#555555", Faint = "#AAAAAA";

    /// <summary>The drawing of a model, left to right. More than six experts are drawn as the first, the second, dots and the last.</summary>
    /// <exception cref="DeclarationException">The model has no input or no task yet.</exception>
    public static Diagram Diagram(this Model model)
    {
        var input = model.InputShape ?? throw new DeclarationException($"model '{model.Name}' has no input; add .Input(features) before drawing it");
        if (model.Tasks.Length == 0) throw new DeclarationException($"model '{model.Name}' has no task; add .Task(name, head) before drawing it");
        var backbone = model.BackboneBlock?.Output(input, "backbone") ?? input;
        var features = model.ExpertBank is { } bank ? Shape.Of(bank.Expert.Output(backbone, "expert").Count) : backbone;

        var experts = model.ExpertBank is { } declared ? Drawn(declared.Count) : [];
        var height = Math.Max(model.Tasks.Length * Lane, experts.Count * ExpertLane);
        var middle = Top + height / 2;
        var svg = new Svg();
        svg.Text(8, 18, model.Name, strong: true, size: 14, anchor: "start");
        var note = model.IsSingleTask ? "a copy of all this for each task; nothing is shared" : $"weighting: {model.WeightingRule}";
        svg.Text(8, 35, note, size: 11, anchor: "start");

        var x = 8.0;
        Box(svg, x, middle, "input", Short(input), Shared);
        var (end, arrow) = (x + BoxWidth, Short(input));
        if (model.BackboneBlock is { } block)
        {
            x = Next(svg, end, middle, middle, arrow);
            Box(svg, x, middle, "backbone", block.Describe(), Shared);
            (end, arrow) = (x + BoxWidth, Short(backbone));
        }
        Func<int, double> laneOf = task => middle + (task - (model.Tasks.Length - 1) / 2.0) * Lane;
        if (model.ExpertBank is { } experted)
        {
            (end, arrow) = Experts(svg, model, experted, experts, end, middle, arrow, laneOf);
            arrow = Short(features);
        }
        for (var task = 0; task < model.Tasks.Length; task++)
            Task(svg, model, task, end, model.ExpertBank is null ? middle : laneOf(task), laneOf(task), arrow, features);
        return new(svg.ToString(), model.ToString());
    }

    private static (double End, string Arrow) Experts(
        Svg svg, Model model, ExpertBank bank, IReadOnlyList<int?> drawn, double start, double middle, string arrow, Func<int, double> laneOf)
    {
        var (left, source) = (start + Gap, start - BoxWidth / 2);
        var mixture = left + BoxWidth + Gap;
        for (var i = 0; i < drawn.Count; i++)
        {
            var y = middle + (i - (drawn.Count - 1) / 2.0) * ExpertLane;
            if (drawn[i] is not { } expert)
            {
                svg.Text(left + BoxWidth / 2, y + 4, "⋮", size: 16);
                continue;
            }
            svg.Box(left, y - 13, BoxWidth, 26, Shared);
            svg.Text(left + BoxWidth / 2, y + 4, $"expert {expert}: {Clipped(bank.Expert.Describe(), 18)}", size: 10);
            svg.Arrow([(start, middle), (left, y)], Line);
            for (var task = 0; task < model.Tasks.Length; task++) svg.Arrow([(left + BoxWidth, y), (mixture, laneOf(task))], Faint, head: false);
        }
        svg.Text(start + Gap / 2, middle - 6, arrow, size: 10, halo: true);
        for (var task = 0; task < model.Tasks.Length; task++)
        {
            // The gate reads what the experts read, so its line starts before them and passes above.
            var (bend, height) = (mixture - 10 - 7 * task, Top - 8 - 4 * task);
            var end = laneOf(task) - 12;
            (double, double)[] around = [(source, middle - BoxHeight / 2), (source, height), (bend, height), (bend, end), (mixture, end)];
            svg.Arrow(around, Palette.At(task), dashed: true);
            var kind = model.GateKind is SoftmaxGate { IsShared: true } ? "one for all tasks" : "softmax mixture";
            Box(svg, mixture, laneOf(task), $"gate '{Clipped(model.Tasks[task].Name, 12)}'", kind, Palette.At(task));
        }
        return (mixture + BoxWidth, arrow);
    }

    private static void Task(Svg svg, Model model, int task, double start, double from, double lane, string arrow, Shape features)
    {
        var (spec, colour) = (model.Tasks[task], Palette.At(task));
        if (spec.Tower is { } tower)
        {
            var left = Next(svg, start, from, lane, arrow);
            Box(svg, left, lane, "tower", tower.Describe(), colour);
            (start, from, arrow) = (left + BoxWidth, lane, Short(tower.Output(features, "tower")));
        }
        var head = Next(svg, start, from, lane, arrow);
        Box(svg, head, lane, $"task '{Clipped(spec.Name, 14)}'", spec.Head.ToString()!, colour);
        svg.Text(head + BoxWidth + 6, lane + 4, spec.Loss.Name, size: 10, anchor: "start");
    }

    private static double Next(Svg svg, double start, double from, double to, string arrow)
    {
        svg.Arrow([(start, from), (start + Gap, to)], Line);
        svg.Text(start + Gap / 2, (from + to) / 2 - 6, arrow, size: 10, halo: true);
        return start + Gap;
    }

    private static void Box(Svg svg, double x, double middle, string title, string detail, string colour)
    {
        svg.Box(x, middle - BoxHeight / 2, BoxWidth, BoxHeight, colour);
        svg.Text(x + BoxWidth / 2, middle - 4, Clipped(title, 20), strong: true);
        svg.Text(x + BoxWidth / 2, middle + 13, Clipped(detail, 24), size: 10);
    }

    // Expert numbers to draw; null stands for the dots.
    private static IReadOnlyList<int?> Drawn(int count) => count <= MostExperts
        ? [.. Enumerable.Range(1, count).Select(expert => (int?)expert)]
        : [1, 2, null, count];

    private static string Short(Shape shape) => shape.Rank == 1 ? $"{shape[0]}" : string.Join(" x ", (IEnumerable<long>)shape);

    private static string Clipped(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";
}
