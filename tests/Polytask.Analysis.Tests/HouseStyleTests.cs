using System.Text.Json.Nodes;
using Plotly.NET;

namespace Polytask.Analysis.Tests;

public class HouseStyleTests
{
    // Linear light of the three channels of "#RRGGBB" (IEC 61966-2-1).
    private static double[] Linear(string hex) => [.. Enumerable.Range(0, 3).Select(channel => Convert.ToInt32(hex.Substring(1 + 2 * channel, 2), 16) / 255.0)
        .Select(value => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4))];

    private static double Luminance(string hex) => Linear(hex).Zip([0.2126, 0.7152, 0.0722], (value, weight) => value * weight).Sum();

    // WCAG 2.1, definition of contrast ratio.
    private static double Contrast(string one, string other)
    {
        double[] lights = [Luminance(one), Luminance(other)];
        return (lights.Max() + 0.05) / (lights.Min() + 0.05);
    }

    // Severity 1.0 of Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision deficiency", IEEE TVCG 15, 2009, table 1.
    private static readonly Dictionary<string, double[][]> Sights = new()
    {
        ["full"] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        ["protanopia"] = [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
        ["deuteranopia"] = [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
        ["tritanopia"] = [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    };

    private static double[] Times(double[][] matrix, double[] vector) => [.. matrix.Select(row => row.Zip(vector, (a, b) => a * b).Sum())];

    // CIE 1976 L*a*b* under D65; distances of about 2 are just noticeable side by side.
    private static double[] Lab(double[] linear)
    {
        double[] clipped = [.. linear.Select(value => Math.Clamp(value, 0, 1))];
        var xyz = Times([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]], clipped);
        double[] f = [.. xyz.Zip([0.95047, 1, 1.08883], (value, white) => value / white).Select(t => t > 216.0 / 24389 ? Math.Cbrt(t) : (24389.0 / 27 * t + 16) / 116)];
        return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])];
    }

    private static double Distance(string one, string other, double[][] sight) =>
        Math.Sqrt(Lab(Times(sight, Linear(one))).Zip(Lab(Times(sight, Linear(other))), (a, b) => (a - b) * (a - b)).Sum());

    // Vermilion and an olive, which a deuteranope confuses, fail the same measure.
    [Fact]
    public void No_two_colours_come_close_for_any_common_kind_of_sight()
    {
        foreach (var (name, sight) in Sights)
            foreach (var one in Palette.Colours)
                foreach (var other in Palette.Colours.Where(other => string.CompareOrdinal(one, other) < 0))
                    Assert.True(Distance(one, other, sight) > 15, $"{one} and {other}, {name}: {Distance(one, other, sight):0.0}");
        Assert.True(Distance("#D55E00", "#8C7A00", Sights["deuteranopia"]) < 15);
    }

    [Fact]
    public void Letters_and_the_first_five_colours_stand_out_from_the_ground()
    {
        Assert.True(Contrast(HouseStyle.Ink, "#FFFFFF") >= 7);
        Assert.True(Contrast(Palette.Muted, "#FFFFFF") >= 4.5);
        Assert.All(Palette.Colours.Take(5), colour => Assert.True(Contrast(colour, "#FFFFFF") >= 3, $"{colour}: {Contrast(colour, "#FFFFFF"):0.00}"));
        // Bars in the two light colours are told from the ground by their outline.
        Assert.True(Contrast(HouseStyle.AxisLine, "#FFFFFF") >= 3);
    }

    [Fact]
    public void In_grey_print_series_differ_in_dash_and_marker()
    {
        var styles = Enumerable.Range(0, 42).Select(SeriesStyle.At).ToArray();
        Assert.Equal(42, styles.Select(style => (style.Hex, style.Dash)).Distinct().Count());
        Assert.Equal(6, styles.Take(6).Select(style => style.Dash).Distinct().Count());
        Assert.Equal(8, styles.Take(8).Select(style => style.Symbol).Distinct().Count());
    }

    [Fact]
    public void A_name_keeps_its_style_in_the_order_of_first_use_unless_assigned()
    {
        var styles = new SeriesStyles();
        Assert.Equal(SeriesStyle.At(0), styles.Of("single task"));
        Assert.Equal(SeriesStyle.At(1), styles.Of("mmoe"));
        Assert.Equal(SeriesStyle.At(0), styles.Of("single task"));
        styles.Assign("ple", 2);
        Assert.Equal(SeriesStyle.At(3), styles.Of("cgc")); // 2 is taken
        styles.Assign("mmoe", "#123456");
        Assert.Equal(SeriesStyle.At(1) with { Hex = "#123456" }, styles.Of("mmoe"));
        styles.Reset();
        Assert.Equal(SeriesStyle.At(0), styles.Of("mmoe"));
        Assert.Contains("'red'", Assert.Throws<DataException>(() => styles.Assign("mmoe", "red")).Message);
        Assert.Contains("-1", Assert.Throws<DataException>(() => styles.Assign("mmoe", -1)).Message);
    }

    [Fact]
    public void A_method_has_one_colour_in_all_charts()
    {
        HouseStyle.Methods.Reset();
        HouseStyle.Methods.Of("gated"); // used first, so that it is not what its position in the study would give
        var bar = JsonNode.Parse(GenericChart.toFigureJson(Made.Study().Chart("y/mse")))!["data"]![1]!;
        var curve = JsonNode.Parse(GenericChart.toFigureJson(Made.Study().Curves("y/loss")))!["data"]!.AsArray().Last(trace => (string?)trace!["name"] == "gated")!;
        Assert.Equal(Palette.At(0), (string?)bar["marker"]!["color"]);
        Assert.Equal(Palette.At(0), (string?)curve["line"]!["color"]);
        HouseStyle.Methods.Reset();
    }
}
