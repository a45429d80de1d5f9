namespace Deedle.Tests;

/// <summary>Deedle's layout, with numbers flush right and one number of decimals a column.</summary>
public class FormattingTests
{
    [Fact]
    public void Text_lines_numbers_up()
    {
        var text = Frame.FromRecords(new[]
        {
            new { Name = "a", Value = 0.5, Count = 7 }, new { Name = "long", Value = 12.25, Count = 1000 }, new { Name = "c", Value = double.NaN, Count = 2 },
        }).Format();
        string[] expected =
        [
            "     Name     Value Count",
            "0 -> a         0.50     7",
            "1 -> long     12.25  1000",
            "2 -> c    <missing>     2",
        ];
        Assert.Equal(expected, text.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void Long_frames_and_series_are_elided_in_the_middle()
    {
        var series = Enumerable.Range(0, 1000).Select(i => (double)i).ToOrdinalSeries();
        var lines = Frame.FromColumns([KeyValue.Create("x", series)]).Format().TrimEnd('\n').Split('\n');
        Assert.Equal(1 + 15 + 1 + 15, lines.Length);
        Assert.StartsWith(":", lines[16]);
        Assert.EndsWith("999", lines[^1]);
        Assert.Equal(31, series.Format().TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public void Repeated_levels_of_sorted_keys_are_printed_once()
    {
        var text = Results.Frame().Columns[["Auc", "Method"]].GroupRowsBy<string>("Method").Format();
        Assert.Single(text.Split('\n'), line => line.StartsWith("mmoe", StringComparison.Ordinal));
    }

    [Fact]
    public void Very_large_and_very_small_numbers_get_exponents()
    {
        Assert.Contains("1e-09", new[] { 1e-9, 2.0 }.ToOrdinalSeries().Format());
        Assert.Contains("1.5e+20", new[] { 1.5e20 }.ToOrdinalSeries().Format());
        Assert.Contains("0.333333", new[] { 1.0 / 3, 2.0 / 3 }.ToOrdinalSeries().Format());
    }
}
