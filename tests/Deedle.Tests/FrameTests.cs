namespace Deedle.Tests;

public class FrameTests
{
    [Fact]
    public void Records_become_rows_and_properties_columns()
    {
        var frame = Results.Frame();
        Assert.Equal(9, frame.RowCount);
        Assert.Equal(["Method", "Task", "Seed", "Auc"], frame.ColumnKeys);
        Assert.Equal([typeof(string), typeof(string), typeof(int), typeof(double)], frame.ColumnTypes);
        Assert.Equal(0.92, frame.GetColumn<double>("Auc")[1]);
        Assert.Equal(0.92, frame["Auc", 1]);
    }

    [Fact]
    public void Nullable_null_and_NaN_are_missing()
    {
        var frame = Frame.FromRecords(new[] { new { A = (int?)1, B = "x", C = 1.0 }, new { A = (int?)null, B = (string)null!, C = double.NaN } });
        Assert.Equal(typeof(int?), frame.ColumnTypes.First());
        foreach (var column in frame.Columns.Values)
        {
            Assert.Equal(1, column.ValueCount);
            Assert.False(column.TryGet(1).HasValue);
        }
        Assert.Throws<MissingValueException>(() => frame.GetColumn<int>("A")[1]);
        Assert.Single(frame.DropSparseRows().RowKeys);
        Assert.Equal(7.0, frame.FillMissing(7.0)["C"][1]);
    }

    [Fact]
    public void A_column_can_be_looked_up_by_the_nearest_key()
    {
        var frame = Frame.FromColumns([KeyValue.Create(10, new[] { 1.0 }.ToOrdinalSeries()), KeyValue.Create(20, new[] { 2.0 }.ToOrdinalSeries())]);
        Assert.Equal([1.0], frame.TryGetColumn<double>(15, Lookup.ExactOrSmaller).Value.Values);
        Assert.False(frame.TryGetColumn<double>(15, Lookup.Exact).HasValue);
    }

    [Fact]
    public void Integers_are_read_as_floats()
    {
        Assert.Equal([1.0, 2, 3, 1, 2, 3, 1, 2, 3], Results.Frame()["Seed"].Values);
        Assert.Equal(["Seed", "Auc"], Results.Frame().GetColumns<double>().Observations.Select(column => column.Key));
    }

    [Fact]
    public void Where_keeps_the_rows_keys_and_types()
    {
        var frame = Results.Frame().Where(row => row.Value.GetAs<string>("Method") == "shared");
        Assert.Equal([3, 4, 5], frame.RowKeys);
        Assert.Equal(typeof(int), frame.ColumnTypes.ElementAt(2));
        Assert.Equal([3, 4, 5], Results.Frame().FilterRowsBy("Method", "shared").RowKeys);
        Assert.Empty(Results.Frame().FilterRowsBy("Method", "no such").RowKeys);
    }

    [Fact]
    public void Sorting_puts_missing_values_first_and_keeps_ties_in_order()
    {
        Assert.Equal([8, 6, 7, 3, 4, 5, 0, 1, 2], Results.Frame().SortRows("Auc").RowKeys);
        Assert.Equal([0, 3, 6, 1, 4, 7, 2, 5, 8], Results.Frame().SortRows("Seed").RowKeys);
        Assert.Equal([2, 5, 8, 1, 4, 7, 0, 3, 6], Results.Frame().SortRowsBy("Seed", (int seed) => -seed).RowKeys);
        Assert.Equal(Enumerable.Range(0, 9), Results.Frame().SortRows("Auc").SortRowsByKey().RowKeys);
    }

    [Fact]
    public void Columns_are_added_replaced_renamed_and_dropped()
    {
        var frame = Results.Frame();
        frame.AddColumn("Error", frame["Auc"].SelectValues(auc => 1 - auc));
        frame.RenameColumn("Seed", "seed");
        frame.DropColumn("Task");
        frame["Auc"] = frame["Auc"] * 100.0;
        Assert.Equal(["Method", "seed", "Error", "Auc"], frame.ColumnKeys);
        Assert.Equal(0.1, frame["Error"][0], 12);
        Assert.Equal(90, frame["Auc"][0], 12);
        Assert.False(frame["Error"].TryGet(8).HasValue);
        Assert.Throws<InvalidOperationException>(() => frame.AddColumn("Auc", frame["Error"]));
    }

    [Fact]
    public void An_added_series_is_aligned_by_key()
    {
        var frame = Frame.FromRowKeys(["a", "b", "c"]);
        frame.AddColumn("x", new SeriesBuilder<string, double> { { "c", 3 }, { "a", 1 }, { "z", 9 } }.Series);
        Assert.Equal([1.0, 3.0], frame["x"].Values);
        Assert.False(frame["x"].TryGet("b").HasValue);
        Assert.Equal(["a", "b", "c"], frame.RowKeys);
    }

    [Fact]
    public void Rows_are_found_by_key_and_several_make_a_frame()
    {
        var frame = Results.Frame().IndexRowsUsing(row => $"{row.GetAs<string>("Method")}/{row.GetAs<string>("Task")}/{row.GetAs<int>("Seed")}");
        Assert.Equal(0.92, frame.Rows["mmoe/income/2"].GetAs<double>("Auc"));
        Assert.Equal(0.5, frame.Rows["mmoe/married/3"].GetAs("Auc", 0.5));
        var part = frame.Rows[["shared/income/1", "mmoe/income/1"]];
        Assert.Equal([0.80, 0.90], part["Auc"].Values);
        Assert.Throws<KeyNotFoundException>(() => frame.Rows["mmoe/incme/2"]);
        Assert.Equal(["Task", "Auc"], frame.Columns[["Task", "Auc"]].ColumnKeys);
    }

    [Fact]
    public void A_column_becomes_the_row_keys_unless_it_repeats()
    {
        var indexed = Results.Frame().FilterRowsBy("Method", "shared").IndexRows<int>("Seed");
        Assert.Equal([1, 2, 3], indexed.RowKeys);
        Assert.DoesNotContain("Seed", indexed.ColumnKeys);
        Assert.Throws<ArgumentException>(() => Results.Frame().IndexRows<int>("Seed").RowCount);
    }

    [Fact]
    public void Joins_align_rows_by_key()
    {
        var left = Frame.FromColumns([KeyValue.Create("x", new Series<string, double>(["a", "b"], [1, 2]))]);
        var right = Frame.FromColumns([KeyValue.Create("y", new Series<string, double>(["b", "c"], [20, 30]))]);
        Assert.Equal(["a", "b", "c"], left.Join(right, JoinKind.Outer).RowKeys);
        Assert.Equal(["b"], left.Join(right, JoinKind.Inner).RowKeys);
        var joined = left.Join(right, JoinKind.Left);
        Assert.Equal(20, joined["y"]["b"]);
        Assert.False(joined["y"].TryGet("a").HasValue);
    }

    [Fact]
    public void Frames_with_different_rows_stack()
    {
        var top = Frame.FromRows([KeyValue.Create("a", new Series<string, double>(["x", "y"], [1, 2]))]);
        var bottom = Frame.FromRows([KeyValue.Create("b", new Series<string, double>(["x"], [3]))]);
        var stacked = top.Merge(bottom);
        Assert.Equal([1.0, 3.0], stacked["x"].Values);
        Assert.False(stacked["y"].TryGet("b").HasValue);
        Assert.Throws<InvalidOperationException>(() => top.Merge(top));
    }

    [Fact]
    public void Transposing_twice_gives_the_frame_back()
    {
        var frame = Frame.FromArray2D(new[,] { { 1.0, 2.0 }, { 3.0, double.NaN } });
        Assert.Equal(2.0, frame.Transpose()[0][1]);
        Assert.Equal(frame, frame.Transpose().Transpose());
    }
}
