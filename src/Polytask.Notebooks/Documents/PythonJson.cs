using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Polytask.Notebooks.Documents;

/// <summary>
/// Writes JSON exactly as Python's <c>json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False, separators=(",", ": "))</c>
/// does, which is what nbformat uses: a notebook saved here and one saved by Jupyter do not differ.
/// </summary>
public static class PythonJson
{
    /// <summary>The text of a JSON value, without a final line end.</summary>
    public static string Write(JsonNode? value)
    {
        var text = new StringBuilder();
        Write(text, value, 0);
        return text.ToString();
    }

    /// <summary>The same value on one line without spaces, for messages; it reads back with <see cref="JsonText" />, NaN included.</summary>
    internal static string WriteLine(JsonNode? value)
    {
        var text = new StringBuilder();
        WriteCompact(text, value);
        return text.ToString();
    }

    private static void WriteCompact(StringBuilder text, JsonNode? value)
    {
        var separator = "";
        switch (value)
        {
            case JsonObject fields:
                text.Append('{');
                foreach (var (name, field) in fields)
                {
                    WriteString(text.Append(separator), name);
                    WriteCompact(text.Append(':'), field);
                    separator = ",";
                }
                text.Append('}');
                break;
            case JsonArray items:
                text.Append('[');
                foreach (var item in items)
                {
                    WriteCompact(text.Append(separator), item);
                    separator = ",";
                }
                text.Append(']');
                break;
            default:
                Write(text, value, 0);
                break;
        }
    }

    /// <summary>A floating-point number as Python's <c>repr</c> prints it: 1.0, 1e-05, 1e+16, NaN, Infinity.</summary>
    public static string Number(double value)
    {
        if (double.IsNaN(value))
            return "NaN";
        if (double.IsInfinity(value))
            return value > 0 ? "Infinity" : "-Infinity";
        var sign = double.IsNegative(value) ? "-" : "";
        if (value == 0)
            return sign + "0.0";

        // The shortest digits that read back to the same number, and the place of the decimal point before or after them.
        var scientific = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var exponentAt = scientific.IndexOf('E');
        var exponent = exponentAt < 0 ? 0 : int.Parse(scientific.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = exponentAt < 0 ? scientific : scientific[..exponentAt];
        var pointAt = mantissa.IndexOf('.');
        var all = mantissa.Replace(".", "");
        var digits = all.TrimStart('0');
        var point = (pointAt < 0 ? mantissa.Length : pointAt) - (all.Length - digits.Length) + exponent;
        digits = digits.TrimEnd('0');

        if (point is > -4 and <= 16)
        {
            if (point <= 0)
                return sign + "0." + new string('0', -point) + digits;
            if (digits.Length <= point)
                return sign + digits + new string('0', point - digits.Length) + ".0";
            return sign + digits[..point] + "." + digits[point..];
        }
        var power = point - 1;
        return sign + digits[..1] + (digits.Length > 1 ? "." + digits[1..] : "") + (power < 0 ? "e-" : "e+") + Math.Abs(power).ToString("00", CultureInfo.InvariantCulture);
    }

    private static void Write(StringBuilder text, JsonNode? value, int depth)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject { Count: 0 }:
                text.Append("{}");
                break;
            case JsonObject fields:
                text.Append('{');
                var first = true;
                foreach (var (name, field) in fields.OrderBy(f => f.Key, CodePointOrder.Instance))
                {
                    NewLine(text, first, depth + 1);
                    first = false;
                    WriteString(text, name);
                    text.Append(": ");
                    Write(text, field, depth + 1);
                }
                text.Append('\n').Append(' ', depth).Append('}');
                break;
            case JsonArray { Count: 0 }:
                text.Append("[]");
                break;
            case JsonArray items:
                text.Append('[');
                for (var i = 0; i < items.Count; i++)
                {
                    NewLine(text, i == 0, depth + 1);
                    Write(text, items[i], depth + 1);
                }
                text.Append('\n').Append(' ', depth).Append(']');
                break;
            default:
                WriteScalar(text, value.AsValue().GetValue<object>());
                break;
        }
    }

    private static void NewLine(StringBuilder text, bool first, int depth) => text.Append(first ? "\n" : ",\n").Append(' ', depth);

    private static void WriteScalar(StringBuilder text, object value)
    {
        switch (value)
        {
            case string s: WriteString(text, s); break;
            case bool b: text.Append(b ? "true" : "false"); break;
            case double d: text.Append(Number(d)); break;
            case float f: text.Append(Number(double.Parse(f.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))); break;
            case decimal m: text.Append(Number((double)m)); break;
            case JsonElement { ValueKind: JsonValueKind.String } e: WriteString(text, e.GetString()!); break;
            case JsonElement { ValueKind: JsonValueKind.Number } e: WriteNumber(text, e.GetRawText()); break;
            case JsonElement e: text.Append(e.GetRawText()); break;
            case char c: WriteString(text, c.ToString()); break;
            case IFormattable number when value is int or long or short or sbyte or uint or ulong or ushort or byte:
                text.Append(number.ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                WriteScalar(text, JsonSerializer.SerializeToElement(value));
                break;
        }
    }

    private static void WriteNumber(StringBuilder text, string raw) =>
        text.Append(raw.AsSpan().IndexOfAny(".eE") >= 0
            ? Number(double.Parse(raw, CultureInfo.InvariantCulture))
            : BigInteger.Parse(raw, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture));

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case '\f': text.Append("\\f"); break;
                case '\b': text.Append("\\b"); break;
                case < ' ': Escape(text, c); break;
                case >= '\ud800' and <= '\udfff':
                    // Half of a surrogate pair has no UTF-8 form: Python's writer fails on it, an escape loses nothing.
                    if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
                        text.Append(c).Append(value[++i]);
                    else
                        Escape(text, c);
                    break;
                default: text.Append(c); break;
            }
        }
        text.Append('"');
    }

    private static void Escape(StringBuilder text, char c) => text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));

    /// <summary>Python sorts text by code point; .NET's ordinal order is by UTF-16 unit, which differs above U+FFFF.</summary>
    private sealed class CodePointOrder : IComparer<string>
    {
        public static readonly CodePointOrder Instance = new();

        public int Compare(string? x, string? y)
        {
            var (a, b) = (x ?? "", y ?? "");
            for (var i = 0; i < a.Length && i < b.Length; i++)
            {
                if (a[i] == b[i])
                    continue;
                var (left, right) = (char.IsSurrogate(a[i]), char.IsSurrogate(b[i]));
                return left == right ? a[i].CompareTo(b[i]) : left ? 1 : -1;
            }
            return a.Length.CompareTo(b.Length);
        }
    }
}
