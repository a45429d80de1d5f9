using System.Globalization;

namespace Polytask;

/// <summary>A model as a readable tree: a line per part, with the shapes that go in and out.</summary>
internal static class ModelTree
{
    public static string Of(Model model)
    {
        var rows = new List<(string Part, string What, string Shapes)>();
        if (model.InputShape is null) rows.Add(("input", "not declared yet", ""));
        var shapes = model.InputShape is null ? default : model.LayerShapes();
        var features = shapes.IsDefault ? null : shapes[^1];
        var layers = model.AllLayers();
        for (var i = 0; i < layers.Length; i++)
        {
            var (name, layer) = layers[i];
            rows.Add((name.Replace('_', ' '), layer.Describe(), shapes.IsDefault ? "" : $"{shapes[i]} → {shapes[i + 1]}"));
            if (layer is ExpertsLayer experts)
                rows.Add(("gate", (experts.Gate ?? model.GateKind).ToString(), shapes.IsDefault ? "" : $"{shapes[i]} → {Weights(experts, model)}"));
        }
        foreach (var group in model.Groups) rows.Add(($"group '{group.Name}'", string.Join(", ", group.Tasks), ""));
        foreach (var task in model.Tasks)
            rows.Add(($"task '{task.Name}'", task.ToString(), features is null ? "" : $"{features} → {task.Head.Outputs}"));
        rows.Add(("weighting", model.WeightingRule.Describe(), ""));
        if (model.IsSingleTask) rows.Add(("sharing", "none: a copy of all this for each task", ""));

        var title = model.InputShape is null ? model.Name : $"{model.Name}: {model.InputShape}"
            + (model.Tasks.IsEmpty ? "" : string.Create(CultureInfo.InvariantCulture, $", {model.ParameterCount:N0} parameters"));
        var (part, what) = (rows.Max(row => row.Part.Length), rows.Max(row => row.What.Length));
        return string.Join("\n", rows.Select((row, i) =>
            $"{(i == rows.Count - 1 ? "└" : "├")} {row.Part.PadRight(part)}  {row.What.PadRight(what)}  {row.Shapes}".TrimEnd()).Prepend(title));
    }

    // How many experts a task's gate sees.
    private static string Weights(ExpertsLayer layer, Model model) =>
        $"{(model.Tasks.IsEmpty ? $"{layer.Bank.Count}" : string.Join(" or ", layer.Seen(model).Distinct()))} weights";
}
