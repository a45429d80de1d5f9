using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Data;

public class IncomeTests
{
    private static readonly TabularSource Income = Datasets.Income();

    // Counted with Python's csv module.
    [Theory]
    [InlineData("INCOME", 0)]
    [InlineData("SEX", 0)]
    [InlineData("MARITAL.STATUS", 160)]
    [InlineData("AGE", 0)]
    [InlineData("EDUCATION", 86)]
    [InlineData("OCCUPATION", 136)]
    [InlineData("AREA", 913)]
    [InlineData("DUAL.INCOMES", 0)]
    [InlineData("HOUSEHOLD.SIZE", 375)]
    [InlineData("UNDER18", 0)]
    [InlineData("HOUSEHOLDER", 240)]
    [InlineData("HOME.TYPE", 357)]
    [InlineData("ETHNIC.CLASS", 68)]
    [InlineData("LANGUAGE", 359)]
    public void Missing_values_are_counted(string column, int missing) => Assert.Equal(missing, Income.Columns.Single(each => each.Name == column).Missing);

    [Fact]
    public void Has_its_rows_tasks_and_classes()
    {
        Assert.Equal(8993, Income.Rows);
        Assert.Equal(["income", "marital", "home", "married"], Income.Tasks);
        Assert.Equal([9, 5, 5, 2], Income.Tasks.Select(Income.Classes));
        Assert.Equal("below $10,000", Income.ClassNames("income")[0]);
        Assert.Equal("$75,000 and more", Income.ClassNames("income")[8]);
        Assert.Equal(["not Married", "Married"], Income.ClassNames("married"));
    }

    // 2 + 7 + (6 + 1) + (9 + 1) + (5 + 1) + (9 + 1) + 10 + (8 + 1) + (3 + 1), the ones being "missing".
    [Fact]
    public void Has_65_one_hot_features_of_nine_columns_of_which_each_row_sets_one_per_column()
    {
        Assert.Equal(65, Income.Features);
        Assert.Equal(9, Income.Columns.Count(column => column.Role == ColumnRole.Input));
        using var scope = NewDisposeScope();
        var inputs = Income.Split(0).Train.Inputs("income");
        Assert.Equal([5395L, 65L], inputs.shape);
        Assert.Equal(9, inputs.sum(1).min().item<float>());
        Assert.Equal(9, inputs.sum(1).max().item<float>());
    }

    [Fact]
    public void What_states_a_label_is_dropped_with_the_reason()
    {
        foreach (var column in new[] { "DUAL.INCOMES", "HOUSEHOLDER" })
        {
            var dropped = Income.Columns.Single(each => each.Name == column);
            Assert.Equal((ColumnRole.Dropped, 0), (dropped.Role, dropped.Features));
            Assert.NotEmpty(dropped.Use);
            Assert.Contains(dropped.Use, Income.ToString());
        }
    }

    // Class counts over the three splits against counts with Python's csv module.
    [Fact]
    public void Labels_are_numbered_in_the_order_of_the_class_names_and_missing_ones_are_marked()
    {
        using var scope = NewDisposeScope();
        var splits = Income.Split(0);
        float[] All(string task) => [.. new[] { splits.Train, splits.Validation, splits.Test }.SelectMany(part => part.Target(task).to(ScalarType.Float32).data<float>().ToArray())];
        int[] Counts(string task, int classes) => [.. Enumerable.Range(0, classes).Select(each => All(task).Count(label => label == each))];
        Assert.Equal([1745, 775, 667, 813, 722, 1110, 969, 1308, 884], Counts("income", 9));
        Assert.Equal([3334, 668, 875, 302, 3654], Counts("marital", 5));
        Assert.Equal([5073, 655, 2373, 151, 384], Counts("home", 5));
        Assert.Equal([8993 - 160 - 3334, 3334], Counts("married", 2));
        Assert.Equal(160, All("marital").Count(label => label == -1));
        Assert.Equal(357, All("home").Count(label => label == -1));
        Assert.Equal(160, All("married").Count(float.IsNaN));
        Assert.Equal(ScalarType.Int64, splits.Train.Target("income").dtype);
    }

    // Every row's features and labels are found again in the text, row by row, so nothing is shifted against anything.
    [Fact]
    public void Features_and_labels_of_a_row_are_those_of_its_line()
    {
        using var scope = NewDisposeScope();
        var (rows, validation) = (Income.RowsOf(3).Validation, Income.Split(3).Validation);
        var inputs = validation.Inputs("income").data<float>().ToArray();
        var labels = validation.Target("marital").data<long>().ToArray();
        for (var i = 0; i < rows.Length; i++)
        {
            var set = Enumerable.Range(0, 65).Where(feature => inputs[i * 65 + feature] == 1).Select(feature => Income.FeatureNames[feature]);
            var expected = Income.Columns.Where(column => column.Role == ColumnRole.Input)
                .Select(column => $"{column.Name} = {(Income.Table[column.Name][rows[i]] is { Length: > 0 } level ? level : "missing")}");
            Assert.Equal(expected, set);
            Assert.Equal(Income.Table["MARITAL.STATUS"][rows[i]], labels[i] < 0 ? "" : Income.ClassNames("marital")[(int)labels[i]]);
        }
    }

    [Fact]
    public void Splits_share_no_row_and_a_seed_gives_the_same_again()
    {
        var rows = Income.RowsOf(11);
        Assert.Equal(8993, rows.Train.Concat(rows.Validation).Concat(rows.Test).Distinct().Count());
        Assert.Equal([3655, 8359, 810, 1653, 5629], Income.RowsOf(0).Train[..5]); // from a separate implementation in Python
        using var scope = NewDisposeScope();
        Assert.True(Income.Split(11).Test.Inputs("home").Same(Datasets.Income().Split(11).Test.Inputs("home")));
    }

    [Fact]
    public void Embedded_gives_codes_that_say_the_same_as_the_one_hot_features()
    {
        var embedded = Income.Embedded();
        Assert.Equal(9, embedded.Features);
        Assert.Equal([2L, 7, 7, 10, 6, 10, 10, 9, 4], embedded.Cardinalities);
        using var scope = NewDisposeScope();
        var (codes, hot) = (embedded.Split(2).Test.Inputs("income"), Income.Split(2).Test.Inputs("income"));
        var start = 0L;
        for (var column = 0; column < 9; column++)
        {
            var expected = hot.narrow(1, start, embedded.Cardinalities[column]).argmax(1).to(ScalarType.Float32);
            Assert.True(codes.select(1, column).Same(expected), $"column {column}");
            start += embedded.Cardinalities[column];
        }
    }

    [Fact]
    public void An_unknown_task_or_class_is_named()
    {
        Assert.Contains("income has no task 'maritl'; it has 'income', 'marital', 'home' and 'married'; did you mean 'marital'?",
            Assert.Throws<DataException>(() => Income.ClassNames("maritl")).Message);
        Assert.Contains("'marital' has no class 'Wed'", Assert.Throws<DataException>(() => Income.WithBinary("wed", from: "marital", yes: "Wed")).Message);
        Assert.Contains("a task 'home' exists already", Assert.Throws<DataException>(() => Income.WithBinary("home", from: "marital", yes: "Single")).Message);
    }
}
