using System.Text.Json.Nodes;
using Polytask.Notebooks.Display;
using Polytask.Notebooks.Figures;

namespace Polytask.Notebooks.Jupyter.Execution;

/// <summary>What cells show, as messages of the protocol.</summary>
internal static class CellMessages
{
    /// <summary>The type and content of the message for an output of the worker.</summary>
    /// <param name="output">The worker's "stream", "display", "update" or "result".</param>
    /// <param name="executionCount">The number of the cell.</param>
    /// <param name="displays">What precedes the identifiers of displays: another process counts from 1 again.</param>
    public static (string Type, JsonObject Content) Of(JsonObject output, int executionCount, string displays) => (string)output["type"]! switch
    {
        "stream" => ("stream", new JsonObject { ["name"] = (string)output["name"]!, ["text"] = (string)output["text"]! }),
        "display" => ("display_data", Bundle(output).With("transient", Transient((string?)output["id"], displays))),
        "update" => ("update_display_data", Bundle(output).With("transient", Transient((string)output["id"]!, displays))),
        "result" => ("execute_result", Bundle(output).With("execution_count", executionCount)),
        var other => throw new InvalidOperationException($"the worker sent '{other}', which is no output"),
    };

    /// <summary>
    /// The forms of a value and what is known of each. A bar's moving form is for terminals, and JSON here has no NaN: it gets null.
    /// </summary>
    public static JsonObject Bundle(JsonObject output)
    {
        var data = (JsonObject)NotebookFigures.Finite(output["data"])!;
        data.Remove(ProgressBar.MimeType);
        return new JsonObject { ["data"] = data, ["metadata"] = output["metadata"]!.DeepClone() };
    }

    private static JsonObject Transient(string? id, string displays) => id is null ? [] : new JsonObject { ["display_id"] = $"{displays}-{id}" };

    private static JsonObject With(this JsonObject content, string name, JsonNode value)
    {
        content[name] = value;
        return content;
    }
}
