using System.Text.Json.Nodes;
using Polytask.Notebooks.Kernels;

namespace Polytask.Notebooks.Running;

/// <summary>What a worker answers of a cell that is being written.</summary>
internal static class WorkerAssistance
{
    /// <summary>The answer to "complete", "inspect" or "isComplete".</summary>
    public static JsonObject Answer(JsonObject request, NotebookSession session)
    {
        var (source, language) = ((string)request["source"]!, (string)request["language"]!);
        var position = (int)(long)request["position"]!;
        var answer = (string)request["type"]! switch
        {
            "complete" => Of(session.Complete(source, language, position)),
            "inspect" => Of(session.Inspect(source, language, position)),
            "isComplete" => new JsonObject { ["completeness"] = session.IsComplete(source, language).ToString() },
            var other => throw new InvalidOperationException($"a worker has no answer to '{other}'"),
        };
        answer["type"] = "assistance";
        return answer;
    }

    private static JsonObject Of(Completions completions) => new()
    {
        ["start"] = completions.Start,
        ["end"] = completions.End,
        ["items"] = new JsonArray([.. completions.Items.Select(i => (JsonNode)new JsonObject { ["text"] = i.Text, ["kind"] = i.Kind })]),
    };

    private static JsonObject Of(Inspection? inspection) => inspection is null
        ? []
        : new JsonObject { ["signature"] = inspection.Signature, ["documentation"] = inspection.Documentation };
}
