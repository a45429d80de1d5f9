using System.Globalization;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Display;
using Polytask.Notebooks.Documents;

namespace Polytask.Notebooks.Running.Comparing;

/// <summary>A cell whose outputs are not those that the notebook holds.</summary>
/// <param name="Cell">The result of the run.</param>
/// <param name="Lines">What differs, as lines to show.</param>
public sealed record CellDifference(CellResult Cell, IReadOnlyList<string> Lines);

/// <summary>Compares the outputs of a run with those that the notebook held before.</summary>
public static class OutputComparison
{
    /// <summary>The tag of a cell whose outputs may be anything.</summary>
    public const string IgnoreTag = "ignore-output";

    /// <summary>The cells that differ, of those that ran.</summary>
    /// <param name="before">The notebook as it was.</param>
    /// <param name="report">The run of it.</param>
    /// <param name="options">What counts.</param>
    public static IReadOnlyList<CellDifference> Differences(Notebook before, RunReport report, ComparisonOptions options)
    {
        // Numbered identifiers come and go with the format's version; the order of the code cells stays, but for those that set parameters.
        var known = before.CodeCells.Where(c => c.Id is not null).ToDictionary(c => c.Id!);
        var differences = new List<CellDifference>();
        foreach (var result in report.Cells.Where(c => c.State is CellState.Passed or CellState.FailedAsAllowed))
        {
            if (result.Cell.HasTag(IgnoreTag))
                continue;
            var held = known.GetValueOrDefault(result.Cell.Id ?? "")?.Outputs ?? [];
            var lines = Compare(held, result.Cell.Outputs, options with { Tolerance = ToleranceOf(result.Cell) ?? options.Tolerance });
            if (lines.Count > 0)
                differences.Add(new CellDifference(result, lines));
        }
        return differences;
    }

    private static double? ToleranceOf(Cell cell) => (cell.Metadata["polytask"] as JsonObject)?["tolerance"] is JsonValue value
        ? value.TryGetValue<double>(out var tolerance) ? tolerance : value.TryGetValue<long>(out var whole) ? whole : null
        : null;

    private static List<string> Compare(JsonArray before, JsonArray now, ComparisonOptions options)
    {
        var lines = new List<string>();
        for (var i = 0; i < Math.Max(before.Count, now.Count); i++)
        {
            var (a, b) = (i < before.Count ? before[i] as JsonObject : null, i < now.Count ? now[i] as JsonObject : null);
            var (parts, others) = (Parts(a), Parts(b));
            foreach (var name in parts.Keys.Union(others.Keys))
            {
                var (old, current) = (parts.GetValueOrDefault(name), others.GetValueOrDefault(name));
                var difference = old is null || current is null ? Missing(old, current, name) : Different(name, old, current, options);
                if (difference.Count == 0)
                    continue;
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"output {i + 1}, {name}:"));
                lines.AddRange(difference.Select(l => "  " + l));
            }
        }
        return lines;
    }

    /// <summary>What of an output counts, by name: printed text, the forms of a value, an error.</summary>
    private static Dictionary<string, JsonNode> Parts(JsonObject? output) => (string?)output?["output_type"] switch
    {
        null => [],
        "stream" => new() { [(string?)output!["name"] ?? "stdout"] = output["text"]! },
        "error" => new() { ["error"] = JsonValue.Create($"{output!["ename"]}: {output["evalue"]}") },
        _ => (output!["data"] as JsonObject ?? []).Where(d => d.Value is not null).ToDictionary(d => d.Key, d => d.Value!),
    };

    private static List<string> Missing(JsonNode? before, JsonNode? now, string name) =>
        [.. Text(before ?? now!, name).Split('\n').Take(5).Select(l => (before is null ? "+ " : "- ") + l)];

    private static IReadOnlyList<string> Different(string name, JsonNode before, JsonNode now, ComparisonOptions options)
    {
        if (name.StartsWith("image/", StringComparison.Ordinal))
            return !options.Images || Text(before, name).ReplaceLineEndings("") == Text(now, name).ReplaceLineEndings("") ? []
                : ["the bytes of the image differ"];
        if (MimeBundle.IsJson(name))
            return Json(before, now, "", options.Tolerance) is { } place ? [place] : [];
        return LineDifference.Of(Text(before, name).ReplaceLineEndings("\n").Split('\n'), Text(now, name).ReplaceLineEndings("\n").Split('\n'),
            (a, b) => TextComparison.Same(a, b, options.Tolerance));
    }

    private static string Text(JsonNode node, string name) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : MimeBundle.IsJson(name) ? "(JSON)" : node.ToJsonString();

    /// <summary>The first place in which two JSON values differ, with both; null where there is none.</summary>
    private static string? Json(JsonNode? before, JsonNode? now, string path, double tolerance)
    {
        switch (before, now)
        {
            case (JsonObject a, JsonObject b):
                foreach (var name in a.Select(f => f.Key).Union(b.Select(f => f.Key)))
                    if (Json(a[name], b[name], $"{path}.{name}", tolerance) is { } inside)
                        return inside;
                return null;
            case (JsonArray a, JsonArray b):
                for (var i = 0; i < Math.Min(a.Count, b.Count); i++)
                    if (Json(a[i], b[i], $"{path}[{i}]", tolerance) is { } inside)
                        return inside;
                return a.Count == b.Count ? null : $"{path}: {a.Count} items before, {b.Count} now";
            case (JsonValue a, JsonValue b):
                if (a.TryGetValue<string>(out var oldText) && b.TryGetValue<string>(out var text))
                    return oldText.Split('\n') is var x && text.Split('\n') is var y && x.Length == y.Length
                        && x.Zip(y).All(l => TextComparison.Same(l.First, l.Second, tolerance))
                        ? null : Both();
                if (Number(a) is { } oldNumber && Number(b) is { } number)
                    return TextComparison.Close(oldNumber, number, tolerance) ? null : Both();
                return PythonJson.Write(a) == PythonJson.Write(b) ? null : Both();
            default:
                return before is null && now is null ? null : Both();
        }

        string Both() => $"{path}: {Short(before)} before, {Short(now)} now";
    }

    private static double? Number(JsonValue value) => value.TryGetValue<double>(out var number) ? number : value.TryGetValue<long>(out var whole)
        ? whole : null;

    private static string Short(JsonNode? node)
    {
        const int most = 80;
        var text = PythonJson.Write(node).ReplaceLineEndings(" ");
        return text.Length > most ? text[..most] + "..." : text;
    }
}
