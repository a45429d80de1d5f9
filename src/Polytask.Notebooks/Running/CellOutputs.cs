using System.Text.Json.Nodes;
using Polytask.Notebooks.Display;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Kernels;

namespace Polytask.Notebooks.Running;

/// <summary>Turns what happens in a run into the outputs of a notebook's cells: printed text is merged, updates replace what they update.</summary>
internal sealed class CellOutputs
{
    private readonly Dictionary<string, JsonObject> _displayed = [];
    private Cell _cell = Cell.Code("");
    private (JsonObject Output, string Name, StreamText Text)? _stream;

    /// <summary>Outputs from now on belong to this cell, whose earlier ones are dropped.</summary>
    public void Begin(Cell cell, int executionCount)
    {
        End();
        _cell = cell;
        cell.Outputs.Clear();
        cell.ExecutionCount = executionCount;
    }

    /// <summary>Settles the printed text.</summary>
    public void End()
    {
        if (_stream is var (output, _, text))
            output["text"] = text.ToString();
        _stream = null;
    }

    public void Stream(string name, string text)
    {
        if (_stream?.Name != name)
        {
            End();
            var output = new JsonObject { ["name"] = name, ["output_type"] = "stream", ["text"] = "" };
            _cell.Outputs.Add((JsonNode)output);
            _stream = (output, name, new StreamText());
        }
        _stream!.Value.Text.Append(text);
    }

    public void Display(JsonObject data, JsonObject metadata, string? displayId)
    {
        End();
        var output = new JsonObject { ["data"] = Saved(data), ["metadata"] = metadata.DeepClone(), ["output_type"] = "display_data" };
        _cell.Outputs.Add((JsonNode)output);
        if (displayId is not null)
            _displayed[displayId] = output;
    }

    public void Update(JsonObject data, JsonObject metadata, string displayId)
    {
        if (!_displayed.TryGetValue(displayId, out var output))
            return;
        output["data"] = Saved(data);
        output["metadata"] = metadata.DeepClone();
    }

    public void Result(JsonObject data, JsonObject metadata)
    {
        End();
        _cell.Outputs.Add((JsonNode)new JsonObject
        {
            ["data"] = Saved(data),
            ["execution_count"] = (long)_cell.ExecutionCount!,
            ["metadata"] = metadata.DeepClone(),
            ["output_type"] = "execute_result",
        });
    }

    public void Error(CellError error)
    {
        End();
        _cell.Outputs.Add((JsonNode)new JsonObject
        {
            ["ename"] = error.Name,
            ["evalue"] = error.Message,
            ["output_type"] = "error",
            ["traceback"] = new JsonArray([.. error.Traceback.Select(t => (JsonNode)t)]),
        });
    }

    /// <summary>A bar's moving form is for terminals; the notebook keeps its line of text.</summary>
    private static JsonObject Saved(JsonObject data)
    {
        var saved = new JsonObject();
        foreach (var (mime, value) in data.ToArray())
        {
            if (mime == ProgressBar.MimeType)
                continue;
            data.Remove(mime);
            saved[mime] = value;
        }
        return saved;
    }
}
