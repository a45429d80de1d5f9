using System.Text;
using System.Xml.Linq;
using Polytask.Notebooks.Figures;

namespace Polytask.Notebooks.Tests.Figures;

public class FigureRendererTests(RendererFixture fixture) : IClassFixture<RendererFixture>
{
    /// <summary>A blue bar over the left half and none over the right.</summary>
    private const string Bar = """
        {"data":[{"type":"bar","x":["a","b"],"y":[1,0],"marker":{"color":"#0000ff"},"width":1}],
         "layout":{"margin":{"l":0,"r":0,"t":0,"b":0},"xaxis":{"visible":false,"range":[-0.5,1.5]},"yaxis":{"visible":false,"range":[0,1]},"paper_bgcolor":"white","plot_bgcolor":"white"}}
        """;

    [RendererFact]
    public void Png_has_twice_the_size_and_the_figure_in_it()
    {
        var image = new PngImage(fixture.Renderer.Png(Bar, 200, 100));
        Assert.Equal((400, 200), (image.Width, image.Height));
        Assert.Equal(((byte)0, (byte)0, (byte)255), image[100, 100]);
        Assert.Equal(((byte)255, (byte)255, (byte)255), image[300, 100]);
        Assert.InRange(image.Pixels.Count(pixel => pixel == (0, 0, 255)), 39_000, 41_000);
    }

    [RendererFact]
    public void The_same_figure_gives_the_same_bytes_in_another_browser()
    {
        const string figure = """{"data":[{"type":"scatter","mode":"lines+markers","x":[1,2,3],"y":[1,4,2],"name":"run"}],"layout":{"title":{"text":"Loss"},"showlegend":true}}""";
        using var other = FigureRenderer.TryCreate(out _)!;
        other.Svg(Bar, 300, 200);
        Assert.Equal(fixture.Renderer.Png(figure, 300, 200), other.Png(figure, 300, 200));
        Assert.Equal(fixture.Renderer.Svg(figure, 300, 200), other.Svg(figure, 300, 200));
        Assert.Equal(fixture.Renderer.Pdf(figure, 300, 200), other.Pdf(figure, 300, 200));
    }

    [RendererFact]
    public void Svg_is_well_formed_and_keeps_the_text()
    {
        var svg = XElement.Parse(fixture.Renderer.Svg("""{"data":[{"y":[1,2]}],"layout":{"title":{"text":"a < b & \"c\""}}}""", 320, 240));
        Assert.Equal("320", svg.Attribute("width")!.Value);
        Assert.Contains(svg.DescendantNodes().OfType<XText>(), text => text.Value.Contains("a < b & \"c\"", StringComparison.Ordinal));
    }

    [RendererFact]
    public void Pdf_is_one_page_of_the_figures_size()
    {
        var pdf = Encoding.Latin1.GetString(fixture.Renderer.Pdf(Bar, 960, 480));
        Assert.StartsWith("%PDF-", pdf);
        Assert.Contains("/MediaBox [0 0 720 360]", pdf);                           // 960 px = 10 in = 720 pt
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(pdf, @"/Type ?/Page\b(?!s)"));
    }

    [RendererFact]
    public void Letters_travel_with_the_figure()
    {
        const string figure = """{"data":[{"y":[1,2]}],"layout":{"title":{"text":"<b>λ</b> and a"},"font":{"family":"Arial"}}}""";
        var pdf = Encoding.Latin1.GetString(fixture.Renderer.Pdf(figure, 320, 240));
        Assert.Contains("+OpenSans-Regular", pdf);
        Assert.Contains("/FontFile2", pdf);
        var svg = fixture.Renderer.Svg(figure, 320, 240);
        var rules = System.Text.RegularExpressions.Regex.Matches(svg, "@font-face{[^}]*}").Select(rule => rule.Value).ToArray();
        // Latin and Greek letters, plain and bold; no part that the text does not need.
        Assert.Equal(4, rules.Length);
        Assert.All(rules, rule => Assert.Contains("font-family:'Arial'", rule));
        Assert.Equal(2, rules.Count(rule => rule.Contains("font-weight:700", StringComparison.Ordinal)));
    }

    [RendererFact]
    public void A_jpeg_is_drawn_on_white()
    {
        var transparent = Bar.Replace("\"white\"", "\"rgba(0,0,0,0)\"", StringComparison.Ordinal);
        Assert.Equal([0xFF, 0xD8, 0xFF], fixture.Renderer.Jpeg(transparent, 60, 40)[..3]);
    }

    [RendererFact]
    public void A_drawing_is_drawn_at_any_size_and_cannot_act()
    {
        const string drawing = """
            <svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" onload="this.replaceChildren()"><script>document.body.replaceChildren()</script>
            <rect width="40" height="20" fill="#ff0000"/></svg>
            """;
        var image = new PngImage(fixture.Renderer.DrawingPng(drawing, 80, 40, 1));
        Assert.Equal((80, 40), (image.Width, image.Height));
        Assert.Equal(((byte)255, (byte)0, (byte)0), image[79, 39]);
        Assert.Contains("/MediaBox [0 0 60 30]", Encoding.Latin1.GetString(fixture.Renderer.DrawingPdf(drawing, 80, 40)));
        Assert.Contains("plotly.js says", Assert.Throws<ArgumentException>(() => fixture.Renderer.DrawingPng("<p>no drawing</p>", 10, 10)).Message);
        var resized = XElement.Parse(FigureRenderer.DrawingSvg(drawing, 80, 40));
        Assert.Equal(["80", "40", "0 0 40 20"], new[] { "width", "height", "viewBox" }.Select(name => resized.Attribute(name)!.Value));
    }

    [RendererFact]
    public void The_resolution_is_written_into_the_image()
    {
        var image = PngResolution.With(fixture.Renderer.Png(Bar, 100, 50), 300);
        Assert.Equal("pHYs", Encoding.ASCII.GetString(image, 37, 4));
        Assert.Equal(11811, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(image.AsSpan(41)));       // 300 / 0.0254
        Assert.Equal((200, 100), (new PngImage(image).Width, new PngImage(image).Height));
    }

    [RendererFact]
    public void The_schema_refuses_what_it_does_not_know()
    {
        Assert.Empty(fixture.Renderer.Validate(Bar));
        Assert.Contains(fixture.Renderer.Validate("""{"data":[{"type":"bar","y":[1],"markr":{}}],"layout":{}}"""), problem => problem.Contains("markr", StringComparison.Ordinal));
    }

    [RendererFact]
    public void Text_of_the_figure_is_data_never_code()
    {
        const string hostile = """{"data":[{"y":[1,2],"name":"'); globalThis.broken = true; ('"}],"layout":{"title":{"text":"</script><img src=x onerror='globalThis.broken = true'>"}}}""";
        Assert.NotEmpty(fixture.Renderer.Png(hostile, 200, 150));
        Assert.Empty(fixture.Renderer.Validate(hostile));
    }

    [RendererFact]
    public void Bad_input_is_named_and_the_next_figure_is_drawn()
    {
        Assert.Contains("not JSON", Assert.Throws<ArgumentException>(() => fixture.Renderer.Png("{", 100, 100)).Message);
        Assert.Contains("'data'", Assert.Throws<ArgumentException>(() => fixture.Renderer.Png("{}", 100, 100)).Message);
        Assert.Contains("0 x 100", Assert.Throws<ArgumentException>(() => fixture.Renderer.Png(Bar, 0, 100)).Message);
        Assert.NotEmpty(fixture.Renderer.Png(Bar, 100, 100));
    }

    [RendererFact]
    public void Several_threads_share_the_browser()
    {
        var images = new byte[4][];
        Parallel.For(0, images.Length, i => images[i] = fixture.Renderer.Png(Bar, 120, 80));
        Assert.All(images, image => Assert.Equal(images[0], image));
    }

    [RendererFact]
    public void Disposing_ends_the_browser_and_removes_its_profile()
    {
        static HashSet<string> Profiles() => [.. Directory.GetDirectories(Path.GetTempPath(), "polytask-chromium-*")];
        var before = Profiles();
        var renderer = FigureRenderer.TryCreate(out _)!;
        renderer.Svg(Bar, 100, 100);
        var mine = Assert.Single(Profiles().Except(before));
        renderer.Dispose();
        Assert.False(Directory.Exists(mine));
    }

    [Theory]
    [InlineData("echo it lacks a library >&2; exit 127", "Chromium ended at its start. it lacks a library")]
    [InlineData("kill -SEGV $$", "Chromium ended at its start.")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void A_browser_that_ends_at_its_start_is_said_at_once(string script, string message)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["chromium"], $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(folder["chromium"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var renderer = FigureRenderer.TryCreate(folder.Path, out var notice);
        if (renderer is null)
        {
            Assert.Contains("plotly.js", notice);
            return;
        }
        Assert.Contains(message, Assert.Throws<InvalidOperationException>(() => renderer.Svg(Bar, 10, 10)).Message);
    }

    [RendererFact]
    public void An_opaque_image_is_stored_without_alpha_and_a_transparent_one_as_it_is()
    {
        const int colourTypeAt = 25;
        Assert.Equal(2, fixture.Renderer.Png(Bar, 200, 100)[colourTypeAt]);
        Assert.Equal(6, fixture.Renderer.Png(Bar.Replace("\"white\"", "\"rgba(0,0,0,0)\"", StringComparison.Ordinal), 200, 100)[colourTypeAt]);
    }

    [Fact]
    public void A_missing_browser_is_said_in_one_line()
    {
        Assert.Null(FigureRenderer.TryCreate(searchPath: "", out var notice));
        Assert.Contains("apt-get install chromium", notice);
        Assert.DoesNotContain('\n', notice);
    }
}
