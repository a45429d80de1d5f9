using System.Text.Json.Nodes;
using Polytask.Notebooks.Display;

namespace Polytask.Notebooks.Documents;

/// <summary>The two forms of a notebook's JSON: multi-line texts as line lists in the file, joined in memory; and the checks on the way in.</summary>
internal static class NotebookJson
{
    /// <summary>Checks what everything else relies on and joins the line lists.</summary>
    public static JsonObject Check(JsonNode? root, string name)
    {
        if (root is not JsonObject json)
            throw NotANotebook(name, "the file should hold an object with 'cells', 'metadata' and 'nbformat'");
        var major = WholeNumber(json["nbformat"]);
        if (major is null)
            throw NotANotebook(name, json.ContainsKey("nbformat") ? "'nbformat' is not a whole number" : "'nbformat' is missing");
        if (major != 4)
            throw new NotebookFormatException(
                $"{name} is in notebook format {major}; format 4 is expected. Convert it with: jupyter nbconvert --to notebook --nbformat 4 {name}");
        if (WholeNumber(json["nbformat_minor"]) is null)
            throw NotANotebook(name, json.ContainsKey("nbformat_minor") ? "'nbformat_minor' is not a whole number" : "'nbformat_minor' is missing");
        if (json["cells"] is not JsonArray cells)
            throw NotANotebook(name, json.ContainsKey("cells") ? "'cells' is not a list" : "'cells' is missing");
        if (json["metadata"] is not JsonObject metadata)
            throw NotANotebook(name, json.ContainsKey("metadata") ? "'metadata' is not an object" : "'metadata' is missing");

        for (var i = 0; i < cells.Count; i++)
            CheckCell(cells[i], $"cells[{i}]", name);
        DropTransient(metadata);
        return json;
    }

    /// <summary>The notebook as nbformat writes it: texts split into lines, transient metadata left out.</summary>
    public static JsonObject Split(JsonObject json, IEnumerable<Cell> cells)
    {
        var result = new JsonObject();
        foreach (var (name, value) in json)
            result[name] = Copy(value);
        DropTransient((JsonObject)result["metadata"]!);
        var list = new JsonArray();
        foreach (var cell in cells)
            list.Add((JsonNode)SplitCell(cell.Json));
        result["cells"] = list;
        return result;
    }

    private static void CheckCell(JsonNode? node, string place, string name)
    {
        if (node is not JsonObject cell)
            throw NotANotebook(name, $"{place} is not an object");
        if (cell["cell_type"] is not JsonValue type || !type.TryGetValue<string>(out var kind) || kind is not ("code" or "markdown" or "raw"))
            throw NotANotebook(name, $"{place}.cell_type should be \"code\", \"markdown\" or \"raw\"");
        if (Joined(cell["source"]) is not { } source)
            throw NotANotebook(name, cell.ContainsKey("source") ? $"{place}.source is neither a text nor a list of texts" : $"{place}.source is missing");
        cell["source"] = source;
        if (cell["metadata"] is not JsonObject metadata)
            throw NotANotebook(name, cell.ContainsKey("metadata") ? $"{place}.metadata is not an object" : $"{place}.metadata is missing");
        metadata.Remove("trusted");
        if (cell.TryGetPropertyValue("id", out var id) && (id is not JsonValue value || !value.TryGetValue<string>(out _)))
            throw NotANotebook(name, $"{place}.id is not a text");
        if (cell["attachments"] is JsonObject attachments)
            foreach (var bundle in attachments.Select(a => a.Value).OfType<JsonObject>().ToArray())
                JoinBundle(bundle);
        if (kind == "code")
            CheckOutputs(cell, place, name);
    }

    private static void CheckOutputs(JsonObject cell, string place, string name)
    {
        if (cell["outputs"] is not JsonArray outputs)
            throw NotANotebook(name, cell.ContainsKey("outputs") ? $"{place}.outputs is not a list" : $"{place}.outputs is missing");
        for (var i = 0; i < outputs.Count; i++)
        {
            if (outputs[i] is not JsonObject output || output["output_type"] is not JsonValue type || !type.TryGetValue<string>(out var kind))
                throw NotANotebook(name, $"{place}.outputs[{i}] is not an object with an 'output_type'");
            if (kind is "execute_result" or "display_data")
            {
                if (output["data"] is not JsonObject data)
                    throw NotANotebook(name, $"{place}.outputs[{i}].data is missing");
                JoinBundle(data);
            }
            else if (output["text"] is JsonArray text && Joined(text) is { } joined)
            {
                output["text"] = joined;
            }
        }
    }

    private static JsonObject SplitCell(JsonObject cell)
    {
        var result = new JsonObject();
        foreach (var (name, value) in cell)
        {
            result[name] = (name, value) switch
            {
                ("source", JsonValue source) => Lines((string)source!),
                ("attachments", JsonObject attachments) => SplitEach(attachments),
                ("outputs", JsonArray outputs) => new JsonArray([.. outputs.Select(o => o is JsonObject output ? SplitOutput(output) : Copy(o))]),
                _ => Copy(value),
            };
        }
        (result["metadata"] as JsonObject)?.Remove("trusted");
        return result;
    }

    private static JsonObject SplitOutput(JsonObject output)
    {
        var kind = (string?)output["output_type"];
        var result = new JsonObject();
        foreach (var (name, value) in output)
        {
            result[name] = (name, value) switch
            {
                ("data", JsonObject data) when kind is "execute_result" or "display_data" => SplitBundle(data),
                ("text", JsonValue text) when kind == "stream" => Lines((string)text!),
                _ => Copy(value),
            };
        }
        return result;
    }

    private static JsonObject SplitEach(JsonObject attachments)
    {
        var result = new JsonObject();
        foreach (var (name, bundle) in attachments)
            result[name] = bundle is JsonObject data ? SplitBundle(data) : Copy(bundle);
        return result;
    }

    private static JsonObject SplitBundle(JsonObject bundle)
    {
        var result = new JsonObject();
        foreach (var (mime, value) in bundle)
        {
            var text = mime.StartsWith("text/", StringComparison.Ordinal) || mime is "application/javascript" or "image/svg+xml";
            result[mime] = text && value is JsonValue v && v.TryGetValue<string>(out var s) ? Lines(s) : Copy(value);
        }
        return result;
    }

    private static void JoinBundle(JsonObject bundle)
    {
        foreach (var (mime, value) in bundle.ToArray())
            if (!MimeBundle.IsJson(mime) && value is JsonArray && Joined(value) is { } text)
                bundle[mime] = text;
    }

    private static string? Joined(JsonNode? node)
    {
        if (node is JsonValue value && value.TryGetValue<string>(out var text))
            return text;
        if (node is not JsonArray list)
            return null;
        var lines = new string[list.Count];
        for (var i = 0; i < lines.Length; i++)
        {
            if (list[i] is not JsonValue item || !item.TryGetValue<string>(out var line))
                return null;
            lines[i] = line;
        }
        return string.Concat(lines);
    }

    private static JsonArray Lines(string text)
    {
        var lines = new JsonArray();
        foreach (var line in PythonLines.Split(text))
            lines.Add((JsonNode)line);
        return lines;
    }

    /// <summary>A copy that keeps NaN, long numbers and any text as they are, which JsonNode.DeepClone does not promise.</summary>
    private static JsonNode? Copy(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                var copy = new JsonObject();
                foreach (var (name, value) in fields)
                    copy[name] = Copy(value);
                return copy;
            case JsonArray items:
                return new JsonArray([.. items.Select(Copy)]);
            case JsonValue value:
                return value.GetValue<object>() switch
                {
                    string s => JsonValue.Create(s),
                    double d => JsonValue.Create(d),
                    var other => JsonValue.Create(other),
                };
            default:
                return null;
        }
    }

    private static void DropTransient(JsonObject metadata)
    {
        metadata.Remove("orig_nbformat");
        metadata.Remove("orig_nbformat_minor");
        metadata.Remove("signature");
    }

    private static long? WholeNumber(JsonNode? node) => node is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

    private static NotebookFormatException NotANotebook(string name, string what) => new($"{name} is JSON but not a notebook: {what}");
}
