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
    public void Figures_become_files_named_by_title_or_cell_and_the_same_twice()
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
        string[] names = ["loss-more", "loss-more-2", "three"];
        Assert.Equal(names.SelectMany(n => (string[])[n + ".pdf", n + ".png", n + ".svg"]).Order(), Files("first").Select(Path.GetFileName).Order());
        Assert.All(Files("first"), file => Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(file.Replace("first", "second"))));
        var svg = System.Xml.Linq.XDocument.Load(_polytask.At("first/loss-more.svg")).Root!;
        Assert.Equal(("320", "200"), ((string)svg.Attribute("width")!, (string)svg.Attribute("height")!));
        Assert.StartsWith("%PDF-", File.ReadAllText(_polytask.At("first/three.pdf")));
        Assert.Equal([0, 0, 5, 120], File.ReadAllBytes(_polytask.At("first/three.png"))[16..20]);      // twice 700 pixels wide
    }

    [Theory]
    [InlineData("--format jpg: some of svg, pdf, png are expected", "figures", "a.ipynb", "--format", "jpg")]
    [InlineData("none.ipynb does not exist", "figures", "none.ipynb")]
    [InlineData("--scale takes a number above 0", "figures", "a.ipynb", "--scale", "0")]
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
