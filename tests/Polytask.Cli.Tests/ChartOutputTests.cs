using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Tests.Figures;

namespace Polytask.Cli.Tests;

/// <summary>What a notebook keeps of a chart, and says about it.</summary>
public sealed class ChartOutputTests : IDisposable
{
    private readonly CommandLine _polytask = new();

    public void Dispose() => _polytask.Dispose();

    [Fact]
    public void Long_lines_are_thinned_with_their_peaks_gaps_are_said_and_the_chart_stays_exact()
    {
        var outputs = Run("""
            var y = Enumerable.Range(0, 1_000_000).Select(i => Math.Sin(i / 1000.0)).ToArray();
            (y[543_210], y[765_432], y[5]) = (7, -9, double.NaN);
            var chart = Chart.Line<int, double, string>(Enumerable.Range(0, y.Length), y, Name: "loss");
            chart.Display();
            Console.WriteLine(((double[])chart.GetTraces()[0].TryGetValue("y").Value).Length)
            """);
        var trace = outputs.Select(output => output["data"]?["application/vnd.plotly.v1+json"]?["data"]?[0]).OfType<JsonNode>().Single();
        double?[] Numbers(string name) => [.. trace[name]!.AsArray().Select(value => value is null ? (double?)null
            : double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture))];
        var points = Numbers("x").Select(x => (int)x!).Zip(Numbers("y")).ToArray();
        Assert.InRange(points.Length, 4_000, 8_000);
        Assert.Contains((543_210, 7.0), points);
        Assert.Contains((765_432, -9.0), points);
        Assert.Equal((0, 999_999), (points[0].First, points[^1].First));
        Assert.All(points.Where(point => point.First is not (543_210 or 765_432)),
            point => Assert.Equal(Math.Sin(point.First / 1000.0), point.Second!.Value, 12));
        var said = string.Concat(outputs.Select(output => (string?)output["text"]));
        Assert.Contains("chart, 'loss': 1,000,000 points are shown and saved as", said);
        Assert.Contains("1 of 1,000,000 values of y are NaN or infinite", said);
        Assert.Contains("\n1000000\n", "\n" + said);
    }

    [Fact]
    public void Points_with_a_style_each_are_kept_whole_and_said()
    {
        var outputs = Run("""
            var values = Enumerable.Range(0, 30_000).Select(i => (double)i).ToArray();
            Chart.Point<double, double, string>(values, values, MarkerColor: Color.fromColorScaleValues(values))
            """);
        Assert.Equal(30_000, outputs.Select(output => output["data"]?["application/vnd.plotly.v1+json"]?["data"]?[0]?["y"]).OfType<JsonArray>().Single().Count);
        Assert.Contains("kept whole", string.Concat(outputs.Select(output => (string?)output["text"])));
    }

    [RendererFact]
    public void A_cell_saves_images()
    {
        Run("using Plotly.NET.ImageExport;\nvar chart = Chart.Line<int, int, string>(new[] { 1, 2 }, new[] { 3, 4 });\n"
            + "chart.SavePNG(\"image\", Width: 300, Height: 200); chart.SaveSVG(\"image\"); chart.SaveJPG(\"image\");");
        Assert.Equal([0, 0, 1, 44, 0, 0, 0, 200], File.ReadAllBytes(_polytask.At("image.png"))[16..24]);
        Assert.Equal("600", (string?)System.Xml.Linq.XDocument.Load(_polytask.At("image.svg")).Root!.Attribute("width"));
        Assert.Equal([0xFF, 0xD8], File.ReadAllBytes(_polytask.At("image.jpg"))[..2]);
    }

    private JsonObject[] Run(string source)
    {
        _polytask.Write("a.ipynb", Cell.Code("using Plotly.NET; using Plotly.NET.CSharp; using Chart = Plotly.NET.CSharp.Chart;"), Cell.Code(source));
        var run = _polytask.Run("run", "a.ipynb", "-o", "out.ipynb");
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        return [.. NotebookFile.Read(_polytask.At("out.ipynb")).Cells[1].Outputs.OfType<JsonObject>()];
    }
}
