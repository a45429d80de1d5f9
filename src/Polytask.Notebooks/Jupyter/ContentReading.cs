using System.Text.Json.Nodes;

namespace Polytask.Notebooks.Jupyter;

/// <summary>Fields of what others send: the right type, or as if they were not there.</summary>
internal static class ContentReading
{
    public static string? Text(this JsonObject content, string name) =>
        content[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static bool Flag(this JsonObject content, string name, bool otherwise) =>
        content[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : otherwise;

    public static int? Number(this JsonObject content, string name) =>
        content[name] is JsonValue value && value.TryGetValue<long>(out var number)
            && number is >= int.MinValue and <= int.MaxValue ? (int)number : null;
}
