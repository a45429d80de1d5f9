using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;

namespace Polytask.Notebooks.Display;

/// <summary>One value in several forms, each under its mime type; whoever shows it picks the richest form it knows.</summary>
public sealed class MimeBundle
{
    /// <summary>A bundle that holds only plain text.</summary>
    public static MimeBundle Text(string text) => new MimeBundle().With("text/plain", text);

    /// <summary>The forms: mime type to a text, or to a JSON value for the JSON types.</summary>
    public JsonObject Data { get; init; } = [];

    /// <summary>What a reader of the notebook needs to know of a form, by mime type: an object such as the width of an image.</summary>
    public JsonObject Metadata { get; init; } = [];

    /// <summary>The bundle's plain text, or null.</summary>
    public string? PlainText => Data["text/plain"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>Adds a form from its text: binary data, such as image/png, as base64; the text of a JSON form is read.</summary>
    /// <exception cref="FormatException">The mime type is a JSON one and the text is not JSON.</exception>
    public MimeBundle With(string mimeType, string text)
    {
        Data[mimeType] = IsJson(mimeType) ? JsonText.Parse(text) : text;
        return this;
    }

    /// <summary>Adds a PNG with the size at which readers show it; its own pixels may be finer.</summary>
    public MimeBundle WithPng(byte[] png, int width, int height)
    {
        Data["image/png"] = Convert.ToBase64String(png);
        Metadata["image/png"] = new JsonObject { ["height"] = height, ["width"] = width };
        return this;
    }

    /// <summary>Whether a notebook keeps the form of this mime type as JSON, not as text.</summary>
    public static bool IsJson(string mimeType) =>
        mimeType == "application/json" || mimeType.StartsWith("application/", StringComparison.Ordinal) && mimeType.EndsWith("+json", StringComparison.Ordinal);

    /// <summary>Adds a JSON form.</summary>
    public MimeBundle WithJson(string mimeType, JsonNode json)
    {
        Data[mimeType] = json;
        return this;
    }
}
