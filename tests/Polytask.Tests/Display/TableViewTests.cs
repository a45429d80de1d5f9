namespace Polytask.Tests.Display;

public class TableViewTests
{
    private static readonly TableView Table = new("Scores", ["who", "points"], [["<Ann>", new TableCell("12", Bold: true)], ["Bob | x", "-3.5"]], "best in bold");

    [Fact]
    public void Text_is_aligned_and_marks_what_stands_out() => Assert.Equal(
        """
        Scores
        who      points
        -------  ------
        <Ann>       12*
        Bob | x    -3.5
        best in bold
        """.ReplaceLineEndings("\n"), Table.ToString());

    [Fact]
    public void Html_escapes_every_text()
    {
        var html = Table.ToHtml();
        Assert.Contains("<td align=\"left\">&lt;Ann&gt;</td><td align=\"right\"><b>12</b></td>", html);
        Assert.DoesNotContain("<Ann>", html);
    }

    [Fact]
    public void A_notebook_gets_html_and_text() =>
        Assert.Equal([("text/html", Table.ToHtml()), ("text/plain", Table.ToString())], Table.ToMimeBundle().Select(form => (form.Key, form.Value)).Order());

    [Fact]
    public void Markdown_keeps_bars_inside_their_cell() => Assert.Contains("| Bob \\| x | -3.5 |", Table.ToMarkdown());

    [Fact]
    public void A_row_of_another_length_is_refused() => Assert.Throws<ArgumentException>(() => new TableView(null, ["a", "b"], [["1"]]));
}
