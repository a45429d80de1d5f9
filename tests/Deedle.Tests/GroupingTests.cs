namespace Deedle.Tests;

public class GroupingTests
{
    [Fact]
    public void Grouping_brings_rows_together_under_tuple_keys()
    {
        var groups = Results.Frame().GroupRowsBy<string>("Method");
        Assert.Equal(["mmoe", "shared"], groups.RowKeys.Select(key => key.Item1).Distinct());
        Assert.Equal([0, 1, 2, 6, 7, 8, 3, 4, 5], groups.RowKeys.Select(key => key.Item2));
        Assert.Equal(0.87, groups["Auc"][Tuple.Create("shared", 5)]);
    }

    [Fact]
    public void Statistics_by_level_match_those_computed_by_hand()
    {
        var auc = Results.Frame().GroupRowsUsing((_, row) => (row.GetAs<string>("Method"), row.GetAs<string>("Task")))["Auc"];
        var mean = auc.MeanLevel(key => key.Item1);
        var spread = SeriesStatsExtensions.StdDevLevel(auc, key => key.Item1);
        Assert.Equal([("mmoe", "income"), ("shared", "income"), ("mmoe", "married")], mean.Keys);
        Assert.Equal(0.92, mean[("mmoe", "income")], 12);
        Assert.Equal(0.83, mean[("shared", "income")], 12);
        Assert.Equal(0.72, mean[("mmoe", "married")], 12);                       // the missing value is left out
        Assert.Equal(0.02, spread[("mmoe", "income")], 12);                      // sqrt((0.02^2 + 0 + 0.02^2) / 2)
        Assert.Equal(Math.Sqrt(0.0013), spread[("shared", "income")], 12);       // deviations -0.03, -0.01, 0.04
        Assert.Equal(Math.Sqrt(0.0008), spread[("mmoe", "married")], 12);
    }

    [Fact]
    public void Grouping_twice_gives_hierarchical_keys()
    {
        var groups = Results.Frame().GroupRowsBy<string>("Task").GroupRowsBy<string>("Method");
        var count = Stats.levelCount(Fun((Tuple<string, Tuple<string, int>> key) => (key.Item1, key.Item2.Item1)), groups["Auc"]);
        Assert.Equal([(("mmoe", "income"), 3), (("mmoe", "married"), 2), (("shared", "income"), 3)], count.Observations.Select(o => (o.Key, o.Value)));
    }

    [Fact]
    public void Rows_aggregate_by_several_columns()
    {
        var table = Results.Frame().AggregateRowsBy(["Task", "Method"], ["Auc"], (Series<int, double> auc) => auc.Mean());
        Assert.Equal(["Method", "Task", "Auc"], table.ColumnKeys);               // grouping columns in the frame's own order
        Assert.Equal(["mmoe", "shared", "mmoe"], table.GetColumn<string>("Method").Values);
        Assert.Equal([0.92, 0.83, 0.72], table["Auc"].Values.Select(v => Math.Round(v, 12)));
        Assert.Throws<InvalidOperationException>(() => Results.Frame().AggregateRowsBy(["Tsk"], ["Auc"], (Series<int, double> auc) => auc.Mean()));
    }

    [Fact]
    public void A_pivot_has_a_cell_for_each_pair_that_occurs()
    {
        var pivot = Results.Frame().PivotTable<int, string, string, string, double>("Method", "Task", rows => rows["Auc"].Mean());
        Assert.Equal(["mmoe", "shared"], pivot.RowKeys);
        Assert.Equal(["income", "married"], pivot.ColumnKeys);
        Assert.Equal(0.83, pivot["income"]["shared"], 12);
        Assert.False(pivot["married"].TryGet("shared").HasValue);
        var counts = Results.Frame().PivotTable<int, string, string, int, int>("Method", "Seed", rows => rows.RowCount);
        Assert.Equal([2, 1], counts.GetColumn<int>(1).Values);
    }

    private static Microsoft.FSharp.Core.FSharpFunc<T, TResult> Fun<T, TResult>(Converter<T, TResult> f) => f;
}
