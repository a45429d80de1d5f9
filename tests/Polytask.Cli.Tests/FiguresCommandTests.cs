using System.Text;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Figures;
using Polytask.Notebooks.Tests.Figures;

namespace Polytask.Cli.Tests;

/// <summary><c>polytask figures</c>: names, formats, the same bytes twice, and what is refused.</summary>
public sealed class FiguresCommandTests : IDisposable
{
    private readonly CommandLine _polytask = new();

    public void Dispose() => _polytask.Dispose();

    [RendererFact]
    public void Figures_become_files_named_by_title_or_number_and_the_same_twice()
    {
        Write("a.ipynb",
            ("one", """{"data":[{"type":"bar","y":[1,NaN,2]}],"layout":{"title":{"text":"Loss, é &<br><b>more</b>"},"width":320,"height":200}}"""),
            ("two", """{"data":[{"y":[1,2]}],"layout":{"title":"Loss, é &<br><b>more</b>"}}"""),
            ("three", """{"data":[{"y":[3,1]}],"layout":{}}"""));
        foreach (var folder in (string[])["first", "second"])
        {
            var run = _polytask.Run("figures", "a.ipynb", "--format", "svg,pdf,png", "--out", folder);
            Assert.True(run.ExitCode == 0, run.Errors);
            Assert.Equal(9, run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        }
        string[] names = ["loss-more", "loss-more-2", "a-figure-3"];
        Assert.Equal(names.SelectMany(n => (string[])[n + ".pdf", n + ".png", n + ".svg"]).Order(), Files("first").Select(Path.GetFileName).Order());
        Assert.All(Files("first"), file => Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(file.Replace("first", "second"))));
        var svg = System.Xml.Linq.XDocument.Load(_polytask.At("first/loss-more.svg")).Root!;
        Assert.Equal(("320", "200"), ((string)svg.Attribute("width")!, (string)svg.Attribute("height")!));
        Assert.StartsWith("%PDF-", File.ReadAllText(_polytask.At("first/a-figure-3.pdf")));
        Assert.Equal([0, 0, 5, 120], File.ReadAllBytes(_polytask.At("first/a-figure-3.png"))[16..20]);      // twice 700 pixels wide
    }

    [RendererFact]
    public void A_width_on_paper_lays_charts_out_anew_and_scales_drawings()
    {
        Write("a.ipynb", ("one", """{"data":[{"y":[1,2]}],"layout":{"title":{"text":"Loss"},"width":720,"height":360}}"""));
        var notebook = NotebookFile.Read(_polytask.At("a.ipynb"));
        notebook.Cells[0].Outputs.Add((JsonNode)new JsonObject
        {
            ["output_type"] = "display_data",
            ["metadata"] = new JsonObject(),
            ["data"] = new JsonObject
            {
                ["image/svg+xml"] = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 400"><title>The model</title></svg>""",
            },
        });
        NotebookFile.Write(notebook, _polytask.At("a.ipynb"));
        var run = _polytask.Run("figures", "a.ipynb", "--format", "svg,pdf,png", "--width", "8.5cm", "--out", "out");
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(["loss.pdf", "loss.png", "loss.svg", "the-model.pdf", "the-model.png", "the-model.svg"],
            Files("out").Select(Path.GetFileName).Order());
        Assert.Equal([0, 0, 3, 235], File.ReadAllBytes(_polytask.At("out/loss.png"))[16..20]);         // 1,003 pixels: 8.5 cm at 300 dots per inch
        Assert.Equal("pHYs", Encoding.ASCII.GetString(File.ReadAllBytes(_polytask.At("out/the-model.png")), 37, 4));
        var drawing = System.Xml.Linq.XDocument.Load(_polytask.At("out/the-model.svg")).Root!;
        Assert.Equal(("321", "160"), ((string)drawing.Attribute("width")!, (string)drawing.Attribute("height")!));
        Assert.Contains("scaled to 40 %", run.Errors);
    }

    [Theory]
    [InlineData("--format jpg: some of svg, pdf, png are expected", "figures", "a.ipynb", "--format", "jpg")]
    [InlineData("none.ipynb does not exist", "figures", "none.ipynb")]
    [InlineData("--scale takes a number above 0", "figures", "a.ipynb", "--scale", "0")]
    [InlineData("--width 8.5: a length from 1cm to 100cm is expected", "figures", "a.ipynb", "--width", "8.5")]
    [InlineData("--dpi takes a number from 10 to 2400", "figures", "a.ipynb", "--dpi", "1")]
    [InlineData("give one of them", "figures", "a.ipynb", "--dpi", "300", "--scale", "2")]
    public void Bad_input_gives_2(string message, params string[] arguments)
    {
        Write("a.ipynb", ("one", """{"data":[]}"""));
        var run = _polytask.Run(arguments);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Errors);
    }

    private string[] Files(string folder) => Directory.GetFiles(_polytask.At(folder));

    private void Write(string name, params (string Id, string Figure)[] cells) => _polytask.Write(name, [.. cells.Select(c =>
    {
        var cell = Cell.Code("chart");
        cell.Id = c.Id;
        cell.Outputs.Add((JsonNode)new JsonObject
        {
            ["output_type"] = "display_data",
            ["metadata"] = new JsonObject(),
            ["data"] = new JsonObject { [NotebookFigures.MimeType] = JsonNode.Parse(c.Figure.Replace("NaN", "null", StringComparison.Ordinal)) },
        });
        return cell;
    })]);
}
