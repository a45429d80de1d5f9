using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;

namespace Polytask.Notebooks.Running.Resuming;

/// <summary>
/// How far a run has come, written into the metadata of the notebook that it saves after each cell and taken out when it succeeds.
/// </summary>
/// <param name="Run">Names the run, so that its saved values are not mistaken for another's.</param>
/// <param name="Inputs">The fingerprints of the cells that are complete, in order.</param>
/// <param name="Unsaved">Why the values after some cell could not be saved; null where they could.</param>
internal sealed record RunProgress(string Run, IReadOnlyList<string> Inputs, string? Unsaved)
{
    private const string Owner = "polytask";
    private const string Key = "progress";

    public static RunProgress? Read(Notebook notebook)
    {
        if ((notebook.Metadata[Owner] as JsonObject)?[Key] is not JsonObject own
            || own["run"] is not JsonValue run || !run.TryGetValue<string>(out var name)
            || own["inputs"] is not JsonArray inputs || !inputs.All(i => i is JsonValue value && value.TryGetValue<string>(out _)))
            return null;
        return new RunProgress(name, [.. inputs.Select(i => (string)i!)],
            own["unsaved"] is JsonValue text && text.TryGetValue<string>(out var why) ? why : null);
    }

    public void Write(Notebook notebook)
    {
        if (notebook.Metadata[Owner] is not JsonObject own)
            notebook.Metadata[Owner] = own = [];
        own[Key] = new JsonObject { ["run"] = Run, ["inputs"] = new JsonArray([.. Inputs.Select(i => (JsonNode)i)]), ["unsaved"] = Unsaved };
    }

    public static void Remove(Notebook notebook)
    {
        if (notebook.Metadata[Owner] is not JsonObject own)
            return;
        own.Remove(Key);
        if (own.Count == 0)
            notebook.Metadata.Remove(Owner);
    }
}
