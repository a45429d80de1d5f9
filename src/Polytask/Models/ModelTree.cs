using System.Globalization;

namespace Polytask;

/// <summary>A model as a readable tree: a line per part, with the shapes that go in and out.</summary>
internal static class ModelTree
{
    public static string Of(Model model)
    {
        var rows = new List<(string Part, string What, string Shapes)>();
        if (model.InputShape is null) rows.Add(("input", "not declared yet", ""));
        var (input, backbone, features) = model.InputShape is null ? (null, null, null) : ((Shape?, Shape?, Shape?))model.Shapes();
        if (model.BackboneBlock is { } block) rows.Add(("backbone", block.Describe(), Arrow(input, backbone)));
        if (model.ExpertBank is { } bank)
        {
            rows.Add(("experts", bank.ToString(), Arrow(backbone, features)));
            rows.Add(("gate", model.GateKind.ToString()!, features is null ? "" : $"{backbone} → {bank.Count} weights"));
        }
        foreach (var task in model.Tasks)
            rows.Add(($"task '{task.Name}'", task.ToString(), features is null ? "" : $"{features} → {task.Head.Outputs}"));
        rows.Add(("weighting", model.WeightingRule.ToString()!, ""));
        if (model.IsSingleTask) rows.Add(("sharing", "none: a copy of all this for each task", ""));

        var title = model.InputShape is null ? model.Name : $"{model.Name}: {model.InputShape}"
            + (model.Tasks.IsEmpty ? "" : string.Create(CultureInfo.InvariantCulture, $", {model.ParameterCount:N0} parameters"));
        var (part, what) = (rows.Max(row => row.Part.Length), rows.Max(row => row.What.Length));
        return string.Join("\n", rows.Select((row, i) =>
            $"{(i == rows.Count - 1 ? "└" : "├")} {row.Part.PadRight(part)}  {row.What.PadRight(what)}  {row.Shapes}".TrimEnd()).Prepend(title));
    }

    private static string Arrow(Shape? from, Shape? to) => from is null ? "" : $"{from} → {to}";
}
