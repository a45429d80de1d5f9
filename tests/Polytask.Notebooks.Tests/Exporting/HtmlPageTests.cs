using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Exporting;
using Polytask.Notebooks.Tests.Figures;

namespace Polytask.Notebooks.Tests.Exporting;

/// <summary>Pages: what is shown, what is escaped, and that nothing is fetched.</summary>
public sealed class HtmlPageTests
{
    [Fact]
    public void Sources_texts_and_errors_are_escaped_and_colours_of_terminals_left_out()
    {
        var page = Page(Cell.Markdown("# A <title>\n\n*text* and $x_1 < y$"), With(Cell.Code("var a = \"<b>\"; // & more"),
            new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = "<script>alert(1)</script>\u001b[31mred\u001b[0m" },
            Value(("text/plain", "List<int> & more")),
            new JsonObject { ["output_type"] = "error", ["ename"] = "E", ["evalue"] = "<i>", ["traceback"] = new JsonArray("E: <i>") }));
        Assert.Contains("<title>A &lt;title&gt;</title>", page);
        Assert.Contains("<span class=\"word\">var</span> a = <span class=\"text\">&quot;&lt;b&gt;&quot;</span>; <span class=\"comment\">// &amp; "
            + "more</span>", page);
        Assert.Contains("<pre class=\"stdout\">&lt;script&gt;alert(1)&lt;/script&gt;red</pre>", page);
        Assert.Contains("<pre>List&lt;int&gt; &amp; more</pre>", page);
        Assert.Contains("<pre class=\"error\">E: &lt;i&gt;</pre>", page);
        Assert.Contains("<em>text</em>", page);
        Assert.Contains("<span class=\"math\">\\(x_1 &lt; y\\)</span>", page);
        Assert.DoesNotContain("<script", page);
    }

    [Fact]
    public void The_richest_form_is_shown_and_nothing_comes_from_outside()
    {
        var page = Page(With(Cell.Code("1"), Value(("text/plain", "plain"), ("text/html", "<table><tr><td>cell</td></tr></table>")),
            Value(("text/plain", "plain"), ("image/png", "AAAA\n"))));
        Assert.Contains("<td>cell</td>", page);
        Assert.Contains("<img src=\"data:image/png;base64,AAAA\"", page);
        Assert.DoesNotContain("plain</pre>", page);
        Assert.Contains("Content-Security-Policy\" content=\"default-src 'none'", page);
        Assert.DoesNotMatch("(src|href)=\"(https?:)?//", page);
    }

    [Fact]
    public void Images_attached_to_a_cell_are_in_the_page()
    {
        var cell = Cell.Markdown("![a](attachment:my%20plot.png) ![b](attachment:none.png)");
        cell.Json["attachments"] = new JsonObject { ["my plot.png"] = new JsonObject { ["image/png"] = "AAAA\n" } };
        var page = Page(cell);
        Assert.Contains("<img src=\"data:image/png;base64,AAAA\" alt=\"a\"", page);
        Assert.Contains("src=\"attachment:none.png\"", page);
    }

    [RendererFact]
    public void Figures_are_data_beside_plotly_and_a_title_cannot_leave_it()
    {
        var output = Value();
        output["data"]!["application/vnd.plotly.v1+json"] = JsonText.Parse("""{"data":[{"y":[1,NaN]}],"layout":{"title":"</script><script>alert(1)</script>","height":300}}""");
        var page = Page(With(Cell.Code("1"), output));
        Assert.Contains("style=\"min-height: 300px\"><script type=\"application/json\">{\"data\":[{\"y\":[1,null]}]", page);
        Assert.DoesNotContain("<script>alert(1)", page);

        // plotly.js, the figure, and the lines that draw: each ends once.
        Assert.Equal(3, page.Split("</script>").Length - 1);
    }

    [Fact]
    public void What_was_folded_is_folded()
    {
        var cell = Cell.Code("1");
        cell.Metadata["jupyter"] = new JsonObject { ["source_hidden"] = true };
        Assert.Contains("<details><summary>Code</summary>", Page(cell));
    }

    private static string Page(params Cell[] cells)
    {
        var notebook = Notebook.Empty();
        foreach (var cell in cells)
            notebook.Add(cell);
        return HtmlPage.Of(notebook, "name");
    }

    private static Cell With(Cell cell, params JsonObject[] outputs)
    {
        foreach (var output in outputs)
            cell.Outputs.Add((JsonNode)output);
        return cell;
    }

    private static JsonObject Value(params (string Type, string Text)[] forms) => new()
    {
        ["output_type"] = "display_data",
        ["metadata"] = new JsonObject(),
        ["data"] = new JsonObject(forms.Select(f => KeyValuePair.Create(f.Type, (JsonNode?)f.Text))),
    };
}
