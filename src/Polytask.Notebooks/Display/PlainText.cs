using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Formatting;

namespace Polytask.Notebooks.Display;

/// <summary>Values as text: invariant numbers, sequences as <c>[ 1, 2 ]</c>, objects by their own ToString or their members.</summary>
internal static class PlainText
{
    private const int MaximumDepth = 4;
    private static readonly AsyncLocal<Func<object, string?>?> Language = new();

    /// <summary>How the language of the running cell prints values; what it gives null for is printed as here. It follows the cell's tasks.</summary>
    public static Func<object, string?>? Printer
    {
        get => Language.Value;
        set => Language.Value = value;
    }

    /// <summary>The text of a value; tables of records over several lines.</summary>
    public static string Of(object? value) => value is not (null or string) && Printer?.Invoke(value) is { } text ? text
        : value is IEnumerable && ValueTable.Of(value) is { } table ? table.ToText() : OneLine(value);

    /// <summary>The text of a value inside another one.</summary>
    public static string OneLine(object? value, int depth = 0)
    {
        switch (value)
        {
            case null: return "null";
            case string text: return text;
            case char or bool or Enum: return value.ToString()!;
            case DateTime time: return time.ToString("u", CultureInfo.InvariantCulture);
            case JsonNode json: return json.ToJsonString();
            case JsonElement json: return json.GetRawText();
            case JsonDocument json: return json.RootElement.GetRawText();
            case Type type: return type.ToString();
            case IFormattable number: return number.ToString(null, CultureInfo.InvariantCulture);
            case Exception error: return $"{error.GetType()}: {error.Message}";
        }
        if (depth > 0 && Printer?.Invoke(value) is { } printed)
            return printed;
        if (depth > MaximumDepth)
            return "...";
        if (value is ITuple tuple)
            return $"({string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => OneLine(tuple[i], depth + 1)))})";
        if (ValueMembers.HasOwnText(value.GetType()) || value is Delegate)
            return value.ToString() ?? "";
        var built = new StringBuilder();
        switch (value)
        {
            case IDictionary entries:
                return Join(built, "{", entries.Cast<DictionaryEntry>().Select(e => $"{OneLine(e.Key, depth + 1)}: {OneLine(e.Value, depth + 1)}"), "}");
            case Array { Rank: 2 } matrix:
                var rows = Enumerable.Range(0, matrix.GetLength(0)).Select(i => Enumerable.Range(0, matrix.GetLength(1)).Select(j => matrix.GetValue(i, j)));
                return Join(built, "[", rows.Select(r => OneLine(r.ToArray(), depth + 1)), "]");
            case IEnumerable items:
                return Join(built, "[", items.Cast<object?>().Select(i => OneLine(i, depth + 1)), "]");
            default:
                var members = ValueMembers.Of(value.GetType());
                var name = ValueMembers.Name(value.GetType());
                return members.Count == 0
                    ? name
                    : Join(built.Append(name).Append(name.Length > 0 ? " " : ""), "{", members.Select(m => $"{m.Name} = {OneLine(m.Get(value), depth + 1)}"), "}");
        }
    }

    private static string Join(StringBuilder text, string open, IEnumerable<string> parts, string close)
    {
        var limit = Formatter.ListExpansionLimit;
        var count = 0;
        text.Append(open);
        foreach (var part in parts)
        {
            text.Append(count == 0 ? " " : ", ");
            if (count++ == limit)
            {
                text.Append("...");
                break;
            }
            text.Append(part);
        }
        return text.Append(count == 0 ? "" : " ").Append(close).ToString();
    }
}
