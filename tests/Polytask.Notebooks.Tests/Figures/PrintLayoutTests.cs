using System.Text.Json.Nodes;
using System.Xml.Linq;
using Polytask.Notebooks.Figures;

namespace Polytask.Notebooks.Tests.Figures;

/// <summary>Charts at the width of a column: letters stay readable, nothing is cut off.</summary>
public class PrintLayoutTests(RendererFixture fixture) : IClassFixture<RendererFixture>
{
    private const int Column = 321;         // 8.5 cm
    private const double SmallestText = 6.5 * 96 / 72;

    private const string Wide = """
        {"data":[{"y":[1,2],"name":"a method","mode":"lines+text","text":["x"],"textfont":{"size":20}},{"y":[2,1],"name":"another method"}],
         "layout":{"width":720,"height":420,"font":{"size":14},"margin":{"l":70,"r":30,"t":30,"b":60},
                   "title":{"text":"A title that is longer than a column of a paper is wide, by far"},
                   "xaxis":{"title":{"text":"epoch"},"tickfont":{"size":2}},
                   "yaxis":{"title":{"text":"a long name of a quantity on the vertical axis (with its unit)"}}}}
        """;

    private static NotebookFigure Figure(string json) => new("a", json, IsDrawing: false, 720, 420);

    [Fact]
    public void Letters_get_the_size_of_small_print_and_none_is_smaller_than_can_be_read()
    {
        var layout = JsonNode.Parse(Figure(Wide).At(Column).Source)!["layout"]!;
        Assert.Equal(8 * 96 / 72.0, layout["font"]!["size"]!.GetValue<double>(), 9);
        Assert.Equal(SmallestText, layout["xaxis"]!["tickfont"]!["size"]!.GetValue<double>(), 9);
        Assert.Equal((Column, 241), ((int)layout["width"]!, (int)layout["height"]!));
        Assert.Contains("<br>", layout["title"]!["text"]!.GetValue<string>());
        Assert.Equal("h", layout["legend"]!["orientation"]!.GetValue<string>());
    }

    [Fact]
    public void A_figure_that_is_not_much_narrower_keeps_its_proportions_and_a_legend_that_was_placed_stays()
    {
        var placed = Wide.Replace("\"xaxis\"", "\"legend\":{\"x\":0.1,\"y\":0.9},\"xaxis\"", StringComparison.Ordinal);
        var figure = Figure(placed).At(661);
        Assert.Equal((661, 386), (figure.Width, figure.Height));        // 661 * 420 / 720
        Assert.Equal("""{"x":0.1,"y":0.9}""", JsonNode.Parse(figure.Source)!["layout"]!["legend"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"data":[{"y":[1]}],"layout":{"title":"a","xaxis":{"title":"b"},"font":{},"margin":{},"legend":{}}}""")]
    [InlineData("""{"data":[{"y":[1]}],"layout":{"template":{"layout":{"font":{"size":20},"margin":{"l":5}}}}}""")]
    public void What_a_figure_leaves_out_is_no_obstacle(string json) => Assert.Equal(Column, Figure(json).At(Column).Width);

    [RendererFact]
    public void All_text_lies_inside_the_figure_and_the_figure_stays_valid()
    {
        var figure = Figure(Wide).At(Column);
        Assert.Empty(fixture.Renderer.Validate(figure.Source));
        var texts = XElement.Parse(fixture.Renderer.Svg(figure.Source, figure.Width, figure.Height)).Descendants()
            .Where(element => element.Name.LocalName == "text" && element.Attribute("y") is not null).ToArray();
        Assert.True(texts.Length > 5);
        var title = texts.Single(element => element.Attribute("class")?.Value == "gtitle");
        // The upper edge of the letters, one em above the line that they stand on.
        Assert.Equal("1em", title.Attribute("dy")!.Value);
        Assert.InRange((double)title.Attribute("y")!, 1, 20);
    }
}
