using System.Text.Json.Nodes;

namespace Polytask.Notebooks.Documents;

/// <summary>What a cell holds.</summary>
public enum CellKind
{
    /// <summary>Source that a kernel runs.</summary>
    Code,
    /// <summary>Text with Markdown.</summary>
    Markdown,
    /// <summary>Text for a converter, never shown as it is.</summary>
    Raw,
}

/// <summary>One cell: a typed view over its JSON, so that fields unknown here survive.</summary>
public sealed class Cell
{
    internal Cell(JsonObject json) => Json = json;

    /// <summary>The cell's JSON as it will be written, with multi-line texts joined.</summary>
    public JsonObject Json { get; }

    /// <summary>What the cell holds.</summary>
    public CellKind Kind => (string?)Json["cell_type"] switch
    {
        "code" => CellKind.Code,
        "markdown" => CellKind.Markdown,
        _ => CellKind.Raw,
    };

    /// <summary>The identifier of format 4.5: 1 to 64 letters, digits, '-' or '_'; null in older notebooks.</summary>
    public string? Id
    {
        get => (string?)Json["id"];
        set => Json["id"] = value;
    }

    /// <summary>The text of the cell.</summary>
    public string Source
    {
        get => (string?)Json["source"] ?? "";
        set => Json["source"] = value;
    }

    /// <summary>The cell's metadata.</summary>
    public JsonObject Metadata => (JsonObject)(Json["metadata"] ??= new JsonObject());

    /// <summary>The outputs of a code cell, in the order in which they came.</summary>
    public JsonArray Outputs => (JsonArray)(Json["outputs"] ??= new JsonArray());

    /// <summary>The execution count of a code cell, null where it has not run.</summary>
    public int? ExecutionCount
    {
        get => Json["execution_count"] is JsonValue value && value.TryGetValue<long>(out var count) ? (int)count : null;
        set => Json["execution_count"] = value is { } count ? JsonValue.Create((long)count) : null;
    }

    /// <summary>The tags in the metadata.</summary>
    public IReadOnlyList<string> Tags =>
        Json["metadata"] is JsonObject metadata && metadata["tags"] is JsonArray tags
            ? [.. tags.OfType<JsonValue>().Where(t => t.TryGetValue<string>(out _)).Select(t => t.GetValue<string>())]
            : [];

    /// <summary>Whether the cell has a tag.</summary>
    public bool HasTag(string tag) => Tags.Contains(tag);

    /// <summary>A code cell without outputs.</summary>
    public static Cell Code(string source, params string[] tags) => new(new JsonObject
    {
        ["cell_type"] = "code",
        ["execution_count"] = null,
        ["metadata"] = Tagged(tags),
        ["outputs"] = new JsonArray(),
        ["source"] = source,
    });

    /// <summary>A Markdown cell.</summary>
    public static Cell Markdown(string source, params string[] tags) => new(new JsonObject
    {
        ["cell_type"] = "markdown",
        ["metadata"] = Tagged(tags),
        ["source"] = source,
    });

    /// <summary>A raw cell.</summary>
    public static Cell Raw(string source) => new(new JsonObject { ["cell_type"] = "raw", ["metadata"] = new JsonObject(), ["source"] = source });

    private static JsonObject Tagged(string[] tags)
    {
        var metadata = new JsonObject();
        if (tags.Length > 0)
            metadata["tags"] = new JsonArray([.. tags.Select(t => (JsonNode)t)]);
        return metadata;
    }
}
