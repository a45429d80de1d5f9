using System.Globalization;
using System.Text.Json.Nodes;
using Plotly.NET;
using Plotly.NET.LayoutObjects;

namespace PlotlyTests;

using Plotly.NET.CSharp;

public class ChartTests
{
    private static JsonNode Figure(GenericChart chart) => JsonNode.Parse(GenericChart.toFigureJson(chart))!;

    private static JsonNode Trace(GenericChart chart, int index = 0) => Figure(chart)["data"]![index]!;

    [Fact]
    public void Values_that_are_not_finite_become_null()
    {
        Assert.Equal("[0.5,null,2.5]", Trace(Charts.Line())["y"]!.ToJsonString());
        Assert.Equal("[3,null]", Trace(Charts.Scatter())["y"]!.ToJsonString());
        Assert.Equal("[[1,0.5,2],[null,1,3]]", Trace(Charts.Heatmap())["z"]!.ToJsonString());
    }

    [Fact]
    public void Names_with_quotes_and_html_survive_and_cannot_leave_a_script()
    {
        Assert.Equal(["shared \"bottom\"", "<b>mmoe</b>", "a & b"], Trace(Charts.Bar())["y"]!.AsArray().Select(name => name!.GetValue<string>()));
        var html = GenericChart.toChartHTML(Charts.Line().WithTitle("</script><script>alert(1)</script>"));
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(html, "<script"));
    }

    [Fact]
    public void Numbers_are_written_alike_in_every_culture()
    {
        var original = CultureInfo.CurrentCulture;
        try
        {
            var expected = GenericChart.toFigureJson(Charts.Grid());
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
            Assert.Equal(expected, GenericChart.toFigureJson(Charts.Grid()));
        }
        finally
        {
            CultureInfo.CurrentCulture = original;
        }
    }

    [Fact]
    public void Kinds_map_to_the_traces_of_plotly_js()
    {
        Assert.Equal(("scatter", "lines+markers+text"), (Text(Charts.Line(), "type"), Text(Charts.Line(), "mode")));
        Assert.Equal(("scatter", "markers"), (Text(Charts.PointWithErrors(), "type"), Text(Charts.PointWithErrors(), "mode")));
        Assert.Equal("spline", Trace(Charts.Spline())["line"]!["shape"]!.GetValue<string>());
        Assert.Equal(("bar", "h"), (Text(Charts.Bar(), "type"), Text(Charts.Bar(), "orientation")));
        Assert.Equal(("bar", "v"), (Text(Charts.Column(), "type"), Text(Charts.Column(), "orientation")));
        Assert.Equal("histogram", Text(Charts.Histogram(), "type"));
        Assert.Equal("box", Text(Charts.BoxPlot(), "type"));
        Assert.Equal("heatmap", Text(Charts.Heatmap(), "type"));
        Assert.Equal("stack", Figure(Charts.StackedColumn())["layout"]!["barmode"]!.GetValue<string>());

        static string Text(GenericChart chart, string property) => Trace(chart)[property]!.GetValue<string>();
    }

    [Fact]
    public void Error_bars_carry_their_lengths()
    {
        var trace = Trace(Charts.PointWithErrors());
        Assert.Equal("[0.1,0.2,0.3]", trace["error_y"]!["array"]!.ToJsonString());
        Assert.Equal(0.2, trace["error_x"]!["value"]!.GetValue<double>());
        Assert.False(Trace(Charts.Column())["error_y"]!["symmetric"]!.GetValue<bool>());
    }

    [Fact]
    public void Styles_return_a_new_chart_and_leave_the_old_one_alone()
    {
        var plain = Chart.Point<int, int, string>([1], [2]);
        var before = GenericChart.toJson(plain);
        var styled = plain.WithTitle("x").WithSize(Width: 10, Height: 20).WithMarkerStyle(Size: 3).WithTraceInfo(Name: "n")
            .WithXAxisStyle<int, int, string>(TitleText: "t").WithAnnotation(Annotation.init<int, int, int, string, int, string, int, string, int,
                string>(Text: "a"));
        Assert.Equal(before, GenericChart.toJson(plain));
        Assert.Equal("{\"text\":\"x\"}", Figure(styled)["layout"]!["title"]!.ToJsonString());
    }

    [Fact]
    public void A_second_style_changes_only_what_it_names()
    {
        var chart = Chart.Line<int, int, string>([1], [2], LineColor: Color.fromString("red")).WithLineStyle(Width: 4.0)
            .WithXAxisStyle<int, int, string>(TitleText: "t").WithXAxisStyle<int, int, string>(ShowGrid: false);
        Assert.Equal("{\"color\":\"red\",\"width\":4}", Trace(chart)["line"]!.ToJsonString());
        Assert.Equal("{\"title\":{\"text\":\"t\"},\"showgrid\":false}", Figure(chart)["layout"]!["xaxis"]!.ToJsonString());
    }

    [Fact]
    public void A_grid_gives_each_chart_axes_of_its_own_and_a_title_above_it()
    {
        var figure = Figure(Charts.Grid());
        Assert.Equal(["x", "x2", "x3"], figure["data"]!.AsArray().Select(trace => trace!["xaxis"]!.GetValue<string>()));
        var layout = figure["layout"]!;
        Assert.Equal("step", layout["xaxis"]!["title"]!["text"]!.GetValue<string>());
        Assert.Equal("reversed", layout["yaxis3"]!["autorange"]!.GetValue<string>());
        Assert.Equal((2, 2), (layout["grid"]!["rows"]!.GetValue<int>(), layout["grid"]!["columns"]!.GetValue<int>()));
        // Two columns with a gap of 0.15 of a step: step = 1 / 1.85, the plots are 0.85 steps wide.
        var titles = layout["annotations"]!.AsArray();
        Assert.Equal(0.425 / 1.85, titles[0]!["x"]!.GetValue<double>(), 12);
        Assert.Equal(1.425 / 1.85, titles[1]!["x"]!.GetValue<double>(), 12);
        Assert.Equal(1.0, titles[0]!["y"]!.GetValue<double>(), 12);
        Assert.Equal(0.75 / 1.75, titles[2]!["y"]!.GetValue<double>(), 12);
    }

    [Fact]
    public void A_coupled_grid_shares_axes_along_rows_and_columns()
    {
        var traces = Figure(Charts.CoupledGrid())["data"]!.AsArray();
        Assert.Equal([("x", "y"), ("x2", "y"), ("x", "y2"), ("x2", "y2")], traces.Select(t => (t!["xaxis"]!.GetValue<string>(),
            t["yaxis"]!.GetValue<string>())));
    }

    [Fact]
    public void Bad_input_is_named()
    {
        Assert.Contains("Row 1", Assert.Throws<ArgumentException>(() => Chart.Heatmap<double, int, int, string>([[1, 2], [3]])).Message);
        Assert.Contains("one text for every cell", Assert.Throws<ArgumentException>(() => Chart.AnnotatedHeatmap<double, int, int, string>([[1,
            2]], [["a"]])).Message);
        Assert.Contains("1 to 2 charts; it got 3", Assert.Throws<ArgumentException>(() => Chart.Grid([Charts.Line(), Charts.Line(),
            Charts.Line()], 1, 2)).Message);
        Assert.Contains("x has 2 values and y has 1", Message(() => Chart.Line<int, int, string>([1, 2], [3])));
        Assert.Contains("z has 1", Message(() => Chart.Point3D<int, int, int, string>([1, 2], [3, 4], [5])));
        Assert.Contains("Keys has 1 values and values has 2", Message(() => Chart.Bar<int, string, string>([1, 2], Keys: new[] { "a" })));
        Assert.Contains("upper has 1", Message(() => Chart.Range<int, int, string>([1, 2], [1, 2], [3], [0, 0], StyleParam.Mode.Lines)));
        Assert.Contains("X has 4 values for a matrix with 2", Message(() => Chart.Heatmap<int, int, int, string>([[1, 2], [3, 4]], X: new[] { 1, 2, 3, 4 })));
        Assert.Contains("at least one chart", Assert.Throws<ArgumentException>(() => Chart.Combine([])).Message);
    }

    private static string Message(Func<GenericChart> chart) => Assert.Throws<ArgumentException>(chart).Message;

    [Fact]
    public void Nothing_to_draw_is_an_empty_chart()
    {
        Assert.Equal("[]", Trace(Chart.Line<int, int, string>([], []))["x"]!.ToJsonString());
        Assert.Equal("[]", Trace(Chart.Heatmap<double, int, int, string>([]))["z"]!.ToJsonString());
    }

    [Fact]
    public void An_image_needs_someone_who_draws()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Plotly.NET.ImageExport.GenericChartExtensions.SavePNG(Charts.Line(), "image"));
        Assert.Contains("saveHtml", error.Message);
    }

    [Fact]
    public void A_heatmap_of_a_grid_keeps_its_texts_and_other_charts_their_annotations()
    {
        var noted = Charts.Area().WithAnnotation(
            Annotation.init<int, int, int, string, int, string, int, string, int, string>(X: 1, Y: 1, Text: "here"));
        var layout = Figure(Chart.Grid([Charts.AnnotatedHeatmap(), noted], 1, 2))["layout"]!;
        Assert.Equal(("x2", "y2"), (layout["annotations"]![0]!["xref"]!.GetValue<string>(), layout["annotations"]![0]!["yref"]!.GetValue<string>()));
    }

    [Fact]
    public void A_page_of_its_own_is_written()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Charts.Line().SaveHtml(path);
        try
        {
            Assert.Contains("Plotly.newPlot(", File.ReadAllText(path + ".html"));
        }
        finally
        {
            File.Delete(path + ".html");
        }
    }
}
