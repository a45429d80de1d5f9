using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FsCheck.Xunit;
using Microsoft.DotNet.Interactive.Formatting;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Exporting;

namespace Polytask.Notebooks.Tests.Display;

/// <summary>Whatever values and outputs hold is text in HTML: taking the tags that the formatter writes away and decoding gives it back.</summary>
[Collection("sessions")]
public sealed partial class EscapingTests
{
    private static readonly string[] Pieces =
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</td></tr></table>", "</pre>", "</script>", "<!--", "-->", "]]>", "&lt;", "&", "\"", "'", "<", ">",
        "javascript:", "\u0000", "\u2028", "\ud800", "é", "&#60;", "<svg/onload=alert(1)>",
    ];

    [Property]
    public bool Values_of_any_shape_are_text(int[] choice, string? free)
    {
        var hostile = string.Concat((choice ?? []).Select(i => Pieces[(int)((uint)i % Pieces.Length)])) + free;
        object[] values =
        [
            new[] { new Row(hostile, [hostile]) }, new Dictionary<string, object> { [hostile] = hostile }, new Row(hostile, [hostile]), new[] { (hostile, 1) },
            new List<string> { hostile }, new InvalidOperationException(hostile, new FormatException(hostile)), hostile, new { Named = hostile },
        ];
        return values.All(value => OwnTags().Replace(value.ToDisplayString(Formatter.HtmlMimeType), "").IndexOfAny(['<', '>']) < 0);
    }

    [Property]
    public bool What_a_page_shows_of_a_run_is_text(int[] choice)
    {
        var hostile = string.Concat((choice ?? []).Select(i => Pieces[(int)((uint)i % Pieces.Length)]));
        var cell = Cell.Code(hostile);
        foreach (var output in (JsonObject[])
                 [
                     new() { ["output_type"] = "stream", ["name"] = hostile, ["text"] = hostile },
                     new() { ["output_type"] = "error", ["ename"] = hostile, ["evalue"] = hostile, ["traceback"] = new JsonArray(hostile) },
                     new() { ["output_type"] = "display_data", ["metadata"] = new JsonObject(), ["data"] = new JsonObject { ["text/plain"] = hostile } },
                     new() { ["output_type"] = "display_data", ["metadata"] = new JsonObject { ["image/png"] = new JsonObject { ["width"] = hostile } },
                         ["data"] = new JsonObject { ["image/png"] = hostile } },
                     new() { ["output_type"] = "display_data", ["metadata"] = new JsonObject(), ["data"] = new JsonObject { [hostile + "/x"] = hostile } },
                     new() { ["output_type"] = "display_data", ["metadata"] = new JsonObject(), ["data"] = new JsonObject { ["text/latex"] = hostile } },
                 ])
            cell.Outputs.Add((JsonNode)output);
        var notebook = Notebook.Empty();
        notebook.Add(cell);
        var page = HtmlPage.Of(notebook, hostile);
        return !Executable().IsMatch(page[page.IndexOf("<title>", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void The_property_can_fail() => Assert.Matches(Executable(), "<p><img src=x onerror=alert(1)></p>");

    private sealed record Row(string Name, string[] Items);

    [GeneratedRegex("""</?(table|thead|tbody|tr|th|td|pre)( style="text-align: right"| colspan="\d+")?>""")]
    private static partial Regex OwnTags();

    [GeneratedRegex("<(script|svg|img src=x)", RegexOptions.IgnoreCase)]
    private static partial Regex Executable();
}
