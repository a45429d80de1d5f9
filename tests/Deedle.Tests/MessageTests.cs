using System.Text;

namespace Deedle.Tests;

/// <summary>What the stand-in says of bad input; Deedle says less, and some of it accepts silently what is refused here.</summary>
public class MessageTests
{
    private static Frame<int, string> Read(string text, string? schema = null, int? inferRows = null) =>
        Frame.ReadCsv(new MemoryStream(Encoding.UTF8.GetBytes(text)), inferRows: inferRows, schema: schema);

    private static void Says(string part, Exception error) => Assert.Contains(part, error.Message);

    [Fact]
    public void Bad_rows_of_a_file_are_named()
    {
        Assert.Contains("Line 3 of the CSV has 1 fields, but there are 2", Assert.Throws<FormatException>(() => Read("a,b\n1,2\n3\n")).Message);
        // A quoted field that spans lines is counted.
        Assert.Contains("Line 4", Assert.Throws<FormatException>(() => Read("a,b\n\"x\ny\",2\n3,4,5\n")).Message);
        var error = Assert.Throws<FormatException>(() => Read("a\n5\n6\nseven\n", inferRows: 2));
        Assert.Contains("Line 4", error.Message);
        Assert.Contains("'seven'", error.Message);
        Assert.Contains("column 'a'", error.Message);
        Assert.Contains("empty", Assert.Throws<FormatException>(() => Read("")).Message);
        Assert.Contains("no-such.csv", Assert.Throws<FileNotFoundException>(() => Frame.ReadCsv("no-such.csv")).Message);
    }

    [Fact]
    public void A_schema_that_does_not_fit_is_named()
    {
        Assert.Contains("'a'", Assert.Throws<ArgumentException>(() => Read("a,b\n1,2\n", schema: "aa=float")).Message);
        Assert.Contains("'number'", Assert.Throws<ArgumentException>(() => Read("a,b\n1,2\n", schema: "a=number")).Message);
        Assert.Contains("3 entries", Assert.Throws<ArgumentException>(() => Read("a,b\n1,2\n", schema: "int,int,int")).Message);
        Says("';,'", Assert.Throws<ArgumentException>(() => Frame.ReadCsv(new MemoryStream("a\n1"u8.ToArray()), separators: ";,")));
    }

    [Fact]
    public void An_unknown_column_or_row_names_the_nearest_ones()
    {
        var error = Assert.Throws<ArgumentException>(() => Results.Frame().GetColumn<double>("auk"));
        Assert.Contains("'auk'", error.Message);
        Assert.Contains("'Auc'", error.Message);
        Assert.Contains("'Auc'", Assert.Throws<KeyNotFoundException>(() => Results.Frame().Columns["Aud"]).Message);
        Assert.Contains("'Auc'", Assert.Throws<ArgumentException>(() => Results.Frame().DropColumn("Aud")).Message);
        Assert.Contains("'Auc'", Assert.Throws<KeyNotFoundException>(() => Results.Frame()["Aud", 1]).Message);
        Assert.Contains("'8'", Assert.Throws<KeyNotFoundException>(() => Results.Frame().Rows[9]).Message);
        Assert.Contains("none at all", Assert.Throws<ArgumentException>(() => Frame.CreateEmpty<int, string>().GetColumn<double>("x")).Message);
        Assert.Contains("'Task'", Assert.Throws<InvalidOperationException>(
            () => Results.Frame().AggregateRowsBy(["Method", "Tsk"], ["Auc"], (Series<int, double> auc) => auc.Mean())).Message);
    }

    [Fact]
    public void A_column_of_text_is_not_read_as_numbers_silently()
    {
        var error = Assert.Throws<FormatException>(() => Results.Frame().GetColumn<double>("Task"));
        Assert.Contains("'Task'", error.Message);
        Assert.Contains("'income'", error.Message);
        Assert.Contains("'Task'", Assert.Throws<FormatException>(() => Results.Frame().Rows[0].GetAs<double>("Task")).Message);
    }

    [Fact]
    public void Bad_keys_and_lengths_are_named()
    {
        Says("Duplicate key 'a' at positions 0 and 2", Assert.Throws<ArgumentException>(() => new Series<string, int>(["a", "b", "a"], [1, 2, 3])));
        Says("2 keys and 3 values", Assert.Throws<InvalidOperationException>(() => new Series<string, int>(["a", "b"], [1, 2, 3])));
        Assert.Contains("position 1 is null", Assert.Throws<ArgumentNullException>(() => new Series<string, int>(["a", null!], [1, 2])).Message);
        Assert.Contains("Duplicate key '1'", Assert.Throws<ArgumentException>(() => Results.Frame().IndexRows<int>("Seed")).Message);
        Says("got 2 values", Assert.Throws<InvalidOperationException>(() => Results.Frame().ReplaceColumn("Auc", new[] { 1.0, 2.0 })));
        Says("'Auc' already", Assert.Throws<InvalidOperationException>(() => Results.Frame().AddColumn("Auc", Results.Frame()["Seed"])));
    }

    [Fact]
    public void Rows_that_cannot_merge_join_or_group_are_named()
    {
        var top = Frame.FromRows([KeyValue.Create("a", new Series<string, double>(["x", "y"], [1, 2]))]);
        var error = Assert.Throws<InvalidOperationException>(() => top.Merge(top));
        Assert.Contains("row 'a', column 'x'", error.Message);
        Assert.Contains("column 'x'", Assert.Throws<InvalidOperationException>(() => top.Join(top)).Message);
        var label = Assert.Throws<Exception>(() => Results.Frame().GroupRowsBy<double>("Auc"));
        Assert.Contains("'Auc'", label.Message);
        Assert.Contains("row '8'", label.Message);
    }

    [Fact]
    public void Numbers_keep_their_fractions_when_columns_of_whole_numbers_meet_them()
    {
        var whole = Frame.FromColumns([KeyValue.Create("x", new Series<int, int>([1], [1]))]);
        var broken = Frame.FromColumns([KeyValue.Create("x", new Series<int, double>([2], [2.5]))]);
        Assert.Equal([1, 2.5], whole.Merge(broken)["x"].Values);
        Assert.Equal(typeof(double), whole.Merge(broken).ColumnTypes.Single());
    }

    [Fact]
    public void Large_offsets_do_not_cancel_the_variance()
    {
        // 2, 4, 4, 4, 5, 5, 7, 9 have the sample variance 32/7.
        var shifted = new[] { 2.0, 4, 4, 4, 5, 5, 7, 9 }.Select(v => v + 1e9).ToOrdinalSeries();
        Assert.Equal(32.0 / 7, Stats.variance(shifted), 6);
        Assert.Equal(32.0 / 7, Stats.movingVariance(8, shifted)[7], 6);
    }
}
