using System.Text.Json.Nodes;

namespace Polytask.Notebooks.Display;

/// <summary>One value in several forms, each under its mime type; whoever shows it picks the richest form it knows.</summary>
public sealed class MimeBundle
{
    /// <summary>A bundle that holds only plain text.</summary>
    public static MimeBundle Text(string text) => new MimeBundle().With("text/plain", text);

    /// <summary>The forms: mime type to a text, or to a JSON value for the JSON types.</summary>
    public JsonObject Data { get; init; } = [];

    /// <summary>The bundle's plain text, or null.</summary>
    public string? PlainText => Data["text/plain"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>Adds a text form (binary data, such as image/png, as base64).</summary>
    public MimeBundle With(string mimeType, string text)
    {
        Data[mimeType] = text;
        return this;
    }

    /// <summary>Adds a JSON form.</summary>
    public MimeBundle WithJson(string mimeType, JsonNode json)
    {
        Data[mimeType] = json;
        return this;
    }
}
