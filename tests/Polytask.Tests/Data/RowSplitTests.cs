namespace Polytask.Tests.Data;

public class RowSplitTests
{
    [Theory]
    [InlineData(3, 1, 1, 1)]
    [InlineData(5, 3, 1, 1)]
    [InlineData(20, 12, 4, 4)]
    [InlineData(1797, 1079, 359, 359)]
    [InlineData(8993, 5395, 1799, 1799)]
    public void Parts_are_60_20_20_percent_and_hold_every_row_once(int rows, int train, int validation, int test)
    {
        var split = RowSplit.Of(rows, seed: 1, "any");
        Assert.Equal((train, validation, test), (split.Train.Length, split.Validation.Length, split.Test.Length));
        Assert.Equal(Enumerable.Range(0, rows), split.Train.Concat(split.Validation).Concat(split.Test).Order());
    }

    [Fact]
    public void A_seed_gives_the_same_rows_again_and_another_seed_others()
    {
        Assert.Equal(RowSplit.Of(100, 4, "any").Test, RowSplit.Of(100, 4, "any").Test);
        Assert.NotEqual(RowSplit.Of(100, 4, "any").Test, RowSplit.Of(100, 5, "any").Test);
    }

    [Fact]
    public void Too_few_rows_are_refused_by_name() => Assert.Equal(
        "tiny: 2 rows cannot be split into training, validation and test; at least 3 are needed",
        Assert.Throws<DataException>(() => RowSplit.Of(2, 0, "tiny")).Message);
}
