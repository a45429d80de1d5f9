using System.Collections;
using System.Net;
using System.Text;
using Microsoft.DotNet.Interactive.Formatting;

namespace Polytask.Notebooks.Display;

/// <summary>A value as rows and columns: a sequence of records, a dictionary, or one object's members.</summary>
internal sealed class ValueTable
{
    private readonly List<string> _columns;
    private readonly List<string[]> _rows = [];
    private readonly List<bool[]> _numbers = [];
    private bool _more;

    private ValueTable(IEnumerable<string> columns) => _columns = [.. columns];

    /// <summary>The table of a value, or null for one that reads better as text (numbers, texts, lists of them, objects with their own text).</summary>
    public static ValueTable? Of(object? value)
    {
        if (value is null or string || IsScalar(value) || ValueMembers.HasOwnText(value.GetType()))
            return null;
        switch (value)
        {
            case IDictionary entries:
                var pairs = new ValueTable(["key", "value"]);
                foreach (DictionaryEntry entry in entries)
                    if (!pairs.Add(entry.Key, entry.Value))
                        break;
                return pairs._rows.Count == 0 ? null : pairs;
            case Array { Rank: > 1 }:
                return null;
            case IEnumerable items:
                return OfSequence(items);
            default:
                var members = ValueMembers.Of(value.GetType());
                if (members.Count == 0)
                    return null;
                var fields = new ValueTable(["name", "value"]);
                foreach (var member in members)
                    if (!fields.Add(member.Name, member.Get(value)))
                        break;
                return fields;
        }
    }

    /// <summary>HTML with every value escaped.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder("<table>\n<thead><tr>");
        foreach (var column in _columns)
            html.Append("<th>").Append(Escape(column)).Append("</th>");
        html.Append("</tr></thead>\n<tbody>\n");
        for (var i = 0; i < _rows.Count; i++)
        {
            html.Append("<tr>");
            for (var j = 0; j < _columns.Count; j++)
                html.Append(_numbers[i][j] ? "<td style=\"text-align: right\">" : "<td>").Append(Escape(_rows[i][j])).Append("</td>");
            html.Append("</tr>\n");
        }
        if (_more)
            html.Append("<tr><td colspan=\"").Append(_columns.Count).Append("\">... (more)</td></tr>\n");
        return html.Append("</tbody>\n</table>").ToString();
    }

    /// <summary>Aligned columns, numbers to the right.</summary>
    public string ToText()
    {
        var widths = _columns.Select((c, j) => Math.Max(c.Length, _rows.Max(r => r[j].Length))).ToArray();
        var right = _columns.Select((_, j) => _numbers.All(n => n[j])).ToArray();
        var text = new StringBuilder();
        Line(text, [.. _columns], widths, right);
        foreach (var row in _rows)
            Line(text.Append('\n'), row, widths, right);
        if (_more)
            text.Append("\n... (more)");
        return text.ToString();
    }

    internal static string Escape(string text) => WebUtility.HtmlEncode(text);

    private static ValueTable? OfSequence(IEnumerable items)
    {
        ValueTable? table = null;
        IReadOnlyList<ValueMembers.Member> members = [];
        Type? rowType = null;
        foreach (var item in items)
        {
            if (item is null || IsScalar(item) || item is string or IEnumerable || ValueMembers.HasOwnText(item.GetType()) && !IsTuple(item))
                return null;
            if (table is null)
            {
                rowType = item.GetType();
                members = ValueMembers.Of(rowType);
                if (members.Count == 0)
                    return null;
                table = new ValueTable(members.Select(m => m.Name));
            }
            else if (item.GetType() != rowType)
            {
                return null;
            }
            if (!table.Add([.. members.Select(m => m.Get(item))]))
                break;
        }
        return table;
    }

    private bool Add(params object?[] values)
    {
        if (_rows.Count == Formatter.ListExpansionLimit)
        {
            _more = true;
            return false;
        }
        _rows.Add([.. values.Select(v => PlainText.OneLine(v, 1).ReplaceLineEndings(" "))]);
        _numbers.Add([.. values.Select(v => v is not null && IsNumber(v))]);
        return true;
    }

    private static void Line(StringBuilder text, string[] values, int[] widths, bool[] right)
    {
        var start = text.Length;
        for (var j = 0; j < values.Length; j++)
            text.Append(j == 0 ? "" : "  ").Append(right[j] ? values[j].PadLeft(widths[j]) : values[j].PadRight(widths[j]));
        while (text.Length > start && text[^1] == ' ')
            text.Length--;
    }

    private static bool IsTuple(object value) => value is System.Runtime.CompilerServices.ITuple;

    private static bool IsScalar(object value) => value is IFormattable or bool or char or Enum or Type or Delegate or Exception
        or System.Text.Json.Nodes.JsonNode or System.Text.Json.JsonElement or System.Text.Json.JsonDocument;

    private static bool IsNumber(object value) => value is sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal;
}
