using Deedle;

namespace Polytask.Analysis.Tests;

public class HtmlTablesTests
{
    private static readonly Frame<int, string> Scores =
        Frame.FromRecords(new[] { new { Method = "mmoe", Auc = 0.9 }, new { Method = "shared", Auc = double.NaN }, new { Method = "mmoe", Auc = 0.8 } });

    [Fact]
    public void What_the_data_says_is_escaped()
    {
        var frame = Frame.FromColumns([KeyValue.Create("<b>", new Series<string, string>(["&", "\""], ["<script>alert('x')</script>", "plain"]))]);
        var html = HtmlTables.Of(frame);
        Assert.DoesNotContain("<script>", html);
        Assert.DoesNotContain("<b>", html);
        Assert.Contains("&lt;script&gt;", html);
        Assert.Contains("2 rows x 1 columns", html);
        Assert.Contains("<th>&amp;</th>", html);
    }

    [Fact]
    public void Hierarchical_keys_and_empty_frames_give_well_formed_tables()
    {
        foreach (var html in new[]
        {
            HtmlTables.Of(Scores.GroupRowsBy<string>("Method")),
            HtmlTables.Of(Frame.CreateEmpty<string, string>()),
            HtmlTables.Of(Scores["Auc"]),
            HtmlTables.Of(Array.Empty<double>().ToOrdinalSeries()),
        })
        {
            var xml = System.Xml.Linq.XElement.Parse($"<div>{html}</div>");
            var widths = xml.Descendants("tr").Select(row => row.Elements().Count()).Distinct();
            Assert.True(widths.Count() <= 1);
        }
    }
}
