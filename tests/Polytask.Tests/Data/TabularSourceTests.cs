using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Data;

public sealed class TabularSourceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Csv(string text) => folder.Write("people.csv", text);

    private static readonly string Ten = "AGE,SEX,JOB,Y\n" + string.Join("\n", Enumerable.Range(0, 10).Select(row =>
        $"{(row == 4 ? "" : $"{20 + row * row}")},{(row % 2 == 0 ? "F" : "M")},{(row == 7 ? "" : row % 3 == 0 ? "cook" : "smith")},{row * 1.5}")) + "\n";

    private TabularSource People() => TabularSource.FromCsv(Csv(Ten),
        inputs: [Column.Numeric("AGE"), Column.Category("SEX")],
        targets: [Target.Classes("JOB").Named("job"), Target.Number("Y")]);

    [Fact]
    public void A_table_of_ones_own_works_in_a_few_lines()
    {
        var people = People();
        Assert.Equal("people", people.Name);
        Assert.Equal(["AGE", "AGE is missing", "SEX = F", "SEX = M"], people.FeatureNames);
        Assert.Equal(["cook", "smith"], people.ClassNames("job"));
        using var scope = NewDisposeScope();
        var splits = people.Split(0);
        Assert.Equal((6, 2, 2), (splits.Train.Rows, splits.Validation.Rows, splits.Test.Rows));
    }

    // Recomputed from the text for every seed: means and deviations are those of the training rows only, missing ages are the mean and marked.
    [Fact]
    public void Numbers_are_standardised_by_the_training_rows_alone()
    {
        var people = People();
        for (var seed = 0; seed < 5; seed++)
        {
            using var scope = NewDisposeScope();
            var (splits, rows) = (people.Split(seed), people.RowsOf(seed));
            double? Age(int row) => row == 4 ? null : 20 + row * row;
            var ages = rows.Train.Select(Age).OfType<double>().ToArray();
            var (mean, y) = (ages.Average(), rows.Train.Select(row => row * 1.5).ToArray());
            var deviation = Math.Sqrt(ages.Sum(age => (age - mean) * (age - mean)) / ages.Length);
            var yDeviation = Math.Sqrt(y.Sum(value => (value - y.Average()) * (value - y.Average())) / y.Length);
            foreach (var (part, examples) in new[] { (rows.Train, splits.Train), (rows.Validation, splits.Validation), (rows.Test, splits.Test) })
                for (var i = 0; i < part.Length; i++)
                {
                    var inputs = examples.Inputs("job");
                    Assert.Equal(Age(part[i]) is { } age ? (age - mean) / deviation : 0, inputs[i, 0].item<float>(), 1e-5);
                    Assert.Equal(part[i] == 4 ? 1 : 0, inputs[i, 1].item<float>());
                    Assert.Equal((part[i] * 1.5 - y.Average()) / yDeviation, examples.Target("Y")[i].item<float>(), 1e-5);
                    Assert.Equal(part[i] == 7 ? -1 : part[i] % 3 == 0 ? 0 : 1, examples.Target("job")[i].item<long>());
                }
        }
    }

    [Fact]
    public void Columns_that_are_not_declared_are_dropped_and_it_says_so()
    {
        var people = TabularSource.FromCsv(Csv(Ten), [Column.Numeric("AGE")], [Target.Binary("JOB", "cook").Named("cooks")]);
        Assert.Equal((ColumnRole.Dropped, "not declared"), people.Columns.Where(column => column.Name == "SEX").Select(column => (column.Role, column.Use)).Single());
        Assert.Equal(["not cook", "cook"], people.ClassNames("cooks"));
        Assert.Contains("SEX", people.ToString());
    }

    [Fact]
    public void A_mark_for_missing_values_can_be_named()
    {
        var path = Csv("x,y\n1,NA\nNA,2\n3,4\n5,6\n");
        Assert.Contains("'NA' is not a finite number", Assert.Throws<DataException>(() => TabularSource.FromCsv(path, [Column.Numeric("x")], [Target.Number("y")])).Message);
        var source = TabularSource.FromCsv(path, [Column.Numeric("x")], [Target.Number("y")], missing: ["NA"]);
        Assert.Equal([1, 1], source.Columns.Select(column => column.Missing));
    }

    [Fact]
    public void A_column_that_never_varies_becomes_zeros()
    {
        using var scope = NewDisposeScope();
        var source = TabularSource.FromCsv(Csv("x,y\n" + string.Concat(Enumerable.Range(0, 6).Select(row => $"0.1,{row}\n"))), [Column.Numeric("x")], [Target.Number("y")]);
        Assert.Equal(0, source.Split(0).Train.Inputs("y").abs().max().item<float>());
    }

    [Fact]
    public void Bad_values_are_named_with_line_and_column()
    {
        var path = Csv("x,s,y\n1,a,u\n2,b,v\nthree,a,u\n4,c,w\n");
        string Refusal(Column input, Target target) => Assert.Throws<DataException>(() => TabularSource.FromCsv(path, [input], [target])).Message;
        Assert.Contains("line 4, column 'x': 'three' is not a finite number", Refusal(Column.Numeric("x"), Target.Classes("y")));
        Assert.Contains("line 5, column 's': 'c' is not a declared level; declared are 'a' and 'b'", Refusal(Column.Ordered("s", "a", "b"), Target.Classes("y")));
        Assert.Contains("line 5, column 'y': 'w' is not a declared class; declared are 'u' and 'v'", Refusal(Column.Category("s"), Target.Classes("y", "u", "v")));
        Assert.Contains("line 2, column 'y': 'u' is not a finite number", Refusal(Column.Category("s"), Target.Number("y")));
        Assert.Contains("no row of column 'y' is 'z'", Refusal(Column.Category("s"), Target.Binary("y", "z")));
        Assert.Contains("has no column 'z'", Refusal(Column.Category("z"), Target.Classes("y")));
        Assert.Contains("has no column 'q'", Refusal(Column.Category("s"), Target.Classes("q")));
    }

    [Fact]
    public void A_declaration_that_cannot_be_meant_is_refused()
    {
        var path = Csv("x,y\n1,2\n3,4\n5,6\n");
        string Refusal(Column[] inputs, Target[] targets) => Assert.Throws<DataException>(() => TabularSource.FromCsv(path, inputs, targets)).Message;
        Assert.Contains("'y' is an input and labels a task", Refusal([Column.Numeric("x"), Column.Numeric("y")], [Target.Number("y")]));
        Assert.Contains("'x' is declared twice", Refusal([Column.Numeric("x"), Column.Category("x")], [Target.Number("y")]));
        Assert.Contains("two tasks are named 'y'", Refusal([Column.Numeric("x")], [Target.Number("y"), Target.Classes("y")]));
        Assert.Contains("at least one input", Refusal([Column.Dropped("x", "why not")], [Target.Number("y")]));
        Assert.Contains("at least one target", Refusal([Column.Numeric("x")], []));
        Assert.Contains("1 class names for 2", Assert.Throws<DataException>(() => Target.Classes("y", "2", "4").Shown("two")).Message);
        Assert.Contains("predicts a number", Assert.Throws<DataException>(() => TabularSource.FromCsv(path, [Column.Numeric("x")], [Target.Number("y")]).Classes("y")).Message);
    }

    [Fact]
    public void Too_few_rows_to_split_are_refused() => Assert.Contains("people: 2 rows cannot be split",
        Assert.Throws<DataException>(() => TabularSource.FromCsv(Csv("x,y\n1,2\n3,4\n"), [Column.Numeric("x")], [Target.Number("y")]).Split(0)).Message);

    [Fact]
    public void A_summary_escapes_what_the_table_holds()
    {
        var source = TabularSource.FromCsv(Csv("<b>x</b>,y\n1,2\n3,4\n5,6\n"), [Column.Numeric("<b>x</b>")], [Target.Number("y")]);
        Assert.DoesNotContain("<b>x</b>", source.ToMimeBundle()["text/html"]);
    }
}
