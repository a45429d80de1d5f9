namespace Deedle.Tests;

public class SeriesTests
{
    private static readonly Series<string, double> First = new(["a", "b", "c", "d"], [1, double.NaN, 3, 4]);
    private static readonly Series<string, double> Second = new(["d", "c", "e"], [10, 20, 30]);

    [Fact]
    public void NaN_is_missing_and_left_out_of_the_values()
    {
        Assert.Equal(4, First.KeyCount);
        Assert.Equal(3, First.ValueCount);
        Assert.Equal([1.0, 3, 4], First.Values);
        Assert.Equal("b", Assert.IsType<MissingValueException>(Record.Exception(() => First["b"])).Key);
        Assert.Throws<KeyNotFoundException>(() => First["aa"]);
        Assert.Equal(4.0, First.GetAt(3));
        Assert.Throws<InvalidOperationException>(() => First.GetAt(4));
    }

    [Fact]
    public void Arithmetic_aligns_by_key_and_keeps_missing_values()
    {
        var sum = First + Second;
        Assert.Equal(["a", "b", "c", "d", "e"], sum.Keys);
        Assert.Equal([KeyValuePair.Create("c", 23.0), KeyValuePair.Create("d", 14.0)], sum.Observations);
        Assert.Equal([2.0, 6, 8], (First * 2.0).Values);
        Assert.Equal([0.0, -2, -3], (1.0 - First).Values);
    }

    [Fact]
    public void Filter_map_and_sort_skip_missing_values()
    {
        Assert.Equal(["c", "d"], First.Where(o => o.Value > 1).Keys);
        Assert.Equal([-1.0, -3, -4], First.SelectValues(v => -v).Values);
        Assert.Equal(["b", "a", "c", "d"], First.Sort().Keys);
        Assert.Equal(["b", "d", "c", "a"], First.SortBy(v => -v).Keys);
        Assert.Equal(["c", "d", "e"], Second.SortByKey().Keys);
    }

    [Fact]
    public void Missing_values_are_dropped_or_filled()
    {
        Assert.Equal(["a", "c", "d"], First.DropMissing().Keys);
        Assert.Equal([1.0, 0, 3, 4], First.FillMissing(0.0).Values);
        Assert.Equal([1.0, 1, 3, 4], First.FillMissing(Direction.Forward).Values);
        Assert.Equal([1.0, 3, 3, 4], First.FillMissing(Direction.Backward).Values);
    }

    [Fact]
    public void Ordered_series_find_the_nearest_key()
    {
        var series = new Series<int, string>([10, 20, 30], ["x", null!, "z"]);
        Assert.Equal("x", series.Get(29, Lookup.ExactOrSmaller));                // 20 is missing, so 10 it is
        Assert.Equal("z", series.Get(11, Lookup.ExactOrGreater));
        Assert.Equal("z", series.Get(10, Lookup.Greater));
        Assert.False(series.TryGet(10, Lookup.Smaller).HasValue);
        Assert.Throws<InvalidOperationException>(() => Second.Get("cc", Lookup.ExactOrSmaller));
        Assert.Equal(["a", "b", "c"], First.Between("a", "c").Keys);
    }

    [Fact]
    public void Windows_and_shifts()
    {
        var series = new[] { 1.0, 2, 4, 8 }.ToOrdinalSeries();
        Assert.Equal([KeyValuePair.Create(1, 1.5), KeyValuePair.Create(2, 3.0), KeyValuePair.Create(3, 6.0)], series.WindowInto(2, w => w.Mean()).Observations);
        Assert.Equal([KeyValuePair.Create(1, 1.0), KeyValuePair.Create(2, 2.0), KeyValuePair.Create(3, 4.0)], series.Shift(1).Observations);
        Assert.Equal([KeyValuePair.Create(0, 2.0), KeyValuePair.Create(1, 4.0), KeyValuePair.Create(2, 8.0)], series.Shift(-1).Observations);
    }
}
