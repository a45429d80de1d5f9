using System.Text.Json.Nodes;
using Polytask.Notebooks.Jupyter.Protocol;
using Polytask.Notebooks.Kernels;

namespace Polytask.Notebooks.Jupyter;

/// <summary>Answers about a cell that is being written, from what the worker says.</summary>
internal static class AssistanceReplies
{
    /// <summary>complete_reply: texts, and for editors that know them the kinds of what they name.</summary>
    public static JsonObject Complete(string code, JsonObject answer)
    {
        var start = CodePoints.FromIndex(code, (int)(long)answer["start"]!);
        var end = CodePoints.FromIndex(code, (int)(long)answer["end"]!);
        var items = ((JsonArray)answer["items"]!).OfType<JsonObject>().Select(i => (Text: (string)i["text"]!, Kind: (string)i["kind"]!)).ToArray();
        return new JsonObject
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. items.Select(i => (JsonNode)i.Text)]),
            ["cursor_start"] = start,
            ["cursor_end"] = end,
            ["metadata"] = new JsonObject
            {
                ["_jupyter_types_experimental"] = new JsonArray([.. items.Select(i => (JsonNode)new JsonObject
                {
                    ["start"] = start,
                    ["end"] = end,
                    ["text"] = i.Text,
                    ["type"] = i.Kind,
                })]),
            },
        };
    }

    /// <summary>inspect_reply: the signature, and the documentation below it.</summary>
    public static JsonObject Inspect(string language, JsonObject answer)
    {
        var data = new JsonObject();
        if ((string?)answer["signature"] is { } signature)
        {
            var documentation = (string?)answer["documentation"];
            data["text/plain"] = documentation is null ? signature : $"{signature}\n\n{documentation}";
            data["text/markdown"] = $"```{language}\n{signature}\n```" + (documentation is null ? "" : $"\n\n{documentation}");
        }
        return new JsonObject { ["status"] = "ok", ["found"] = data.Count > 0, ["data"] = data, ["metadata"] = new JsonObject() };
    }

    /// <summary>is_complete_reply: where more must follow, the next line stands as far in as the last.</summary>
    public static JsonObject IsComplete(string code, JsonObject answer)
    {
        var completeness = Enum.Parse<Completeness>((string)answer["completeness"]!);
        var reply = new JsonObject { ["status"] = completeness.ToString().ToLowerInvariant() };
        if (completeness == Completeness.Incomplete)
            reply["indent"] = string.Concat(code.Split('\n')[^1].TakeWhile(c => c is ' ' or '\t'));
        return reply;
    }
}
