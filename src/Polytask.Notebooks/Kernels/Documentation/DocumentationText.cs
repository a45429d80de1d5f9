using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Polytask.Notebooks.Kernels.Documentation;

/// <summary>Documentation comments as plain text: the summary, the parameters, what is returned.</summary>
internal static partial class DocumentationText
{
    /// <summary>The text of a documentation comment; null where it says nothing, or is not well formed.</summary>
    /// <param name="xml">The comment's elements, with one around them or without.</param>
    public static string? Of(string? xml)
    {
        if (Parse(xml) is not { } comment)
            return null;
        var text = new StringBuilder();
        foreach (var summary in comment.Elements("summary"))
            text.Append(Text(summary)).Append('\n');
        Section("Type parameters:", comment.Elements("typeparam").Where(p => Text(p).Length > 0).Select(Named));
        Section("Parameters:", comment.Elements("param").Where(p => Text(p).Length > 0).Select(Named));
        foreach (var returned in comment.Elements("returns").Concat(comment.Elements("value")))
            if (Text(returned) is { Length: > 0 } said)
                Section($"{(returned.Name.LocalName == "value" ? "Value" : "Returns")}: {said}", []);
        return text.ToString().Trim('\n') is { Length: > 0 } all ? all : null;

        void Section(string title, IEnumerable<string> lines)
        {
            var items = lines.ToArray();
            if (items.Length == 0 && title.EndsWith(':'))
                return;
            text.Append('\n').Append(title).Append('\n');
            foreach (var line in items)
                text.Append("  ").Append(line).Append('\n');
        }
    }

    /// <summary>
    /// What a comment takes its text from: the id of a member, or an empty text where it is the member that is overridden. Null where it
    /// has its own.
    /// </summary>
    public static string? Inherited(string? xml) =>
        Parse(xml)?.Descendants("inheritdoc").FirstOrDefault() is { } inherited ? (string?)inherited.Attribute("cref") ?? "" : null;

    private static XElement? Parse(string? xml)
    {
        if (string.IsNullOrWhiteSpace(xml))
            return null;
        try
        {
            var root = XElement.Parse($"<doc>{xml}</doc>", LoadOptions.PreserveWhitespace);
            return root.Elements().Count() == 1 && root.Elements().Single() is { Name.LocalName: "member" or "doc" } inner ? inner : root;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static string Named(XElement parameter) => $"{(string?)parameter.Attribute("name")}: {Text(parameter).ReplaceLineEndings(" ")}";

    private static string Text(XElement element)
    {
        var text = new StringBuilder();
        Write(element, text);
        return string.Join('\n', text.ToString().Split('\n').Select(l => l.TrimEnd())).Trim('\n', ' ');
    }

    private static void Write(XElement element, StringBuilder text)
    {
        foreach (var node in element.Nodes())
        {
            switch (node)
            {
                case XText plain:
                    var words = Space().Replace(plain.Value, " ");
                    text.Append(text.Length == 0 || text[^1] is ' ' or '\n' ? words.TrimStart() : words);
                    break;
                case XElement { Name.LocalName: "see" or "seealso" or "paramref" or "typeparamref", Value: "" } reference:
                    text.Append(Reference(reference));
                    break;
                case XElement { Name.LocalName: "code" } code:
                    Line(text);
                    text.Append(string.Join('\n', code.Value.ReplaceLineEndings("\n").Trim('\n').Split('\n').Select(l => "  " + l))).Append('\n');
                    break;
                case XElement { Name.LocalName: "para" or "p" or "br" or "list" } block:
                    Line(text);
                    Write(block, text);
                    Line(text);
                    break;
                case XElement { Name.LocalName: "item" or "li" } item:
                    Line(text);
                    text.Append("- ");
                    Write(item, text);
                    Line(text);
                    break;
                case XElement other:
                    Write(other, text);
                    break;
            }
        }
    }

    private static void Line(StringBuilder text)
    {
        if (text.Length > 0 && text[^1] != '\n')
            text.Append('\n');
    }

    private static string Reference(XElement reference) =>
        (string?)reference.Attribute("cref") is { } id ? ShortName(id)
        : (string?)reference.Attribute("name") ?? (string?)reference.Attribute("langword") ?? (string?)reference.Attribute("href") ?? "";

    /// <summary>Of an id such as M:System.String.Join(System.String,System.Object[]) the names that tell: String.Join.</summary>
    private static string ShortName(string id)
    {
        var colon = id.IndexOf(':');
        var names = Arity().Replace(id[(colon + 1)..].Split('(')[0], "").Replace("#ctor", "", StringComparison.Ordinal).TrimEnd('.').Split('.');
        return id.StartsWith("T:", StringComparison.Ordinal) || colon < 0 ? names[^1] : string.Join('.', names[Math.Max(0, names.Length - 2)..]);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"`+\d+|\{[^}]*\}")]
    private static partial Regex Arity();
}
