namespace Polytask.Tests.Data;

public class SplittingTests
{
    private static readonly string[] Classes = [.. Enumerable.Range(0, 103).Select(row => row % 10 == 0 ? "rare" : row % 3 == 0 ? "" : "common")];

    private static RowSplit Of(Splitting splitting, int seed = 0, string[]? texts = null) =>
        splitting.Of(new SplitRows("rows", Classes.Length, _ => texts ?? Classes), seed);

    [Fact]
    public void Counts_are_kept_and_rows_used_once()
    {
        var split = Of(Splitting.Counts(50, 10, 20));
        Assert.Equal((50, 10, 20), (split.Train.Length, split.Validation.Length, split.Test.Length));
        Assert.Equal(80, split.Train.Concat(split.Validation).Concat(split.Test).Distinct().Count());
    }

    [Fact]
    public void Without_a_validation_share_validation_is_training()
    {
        var split = Of(Splitting.Shares(0.7, 0, 0.3));
        Assert.Equal((72, 31), (split.Train.Length, split.Test.Length));
        Assert.Equal(split.Train, split.Validation);
    }

    // Every class has in every part its share, up to the two rows that rounding leaves over.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Stratified_parts_hold_every_class_in_proportion(int seed)
    {
        var split = Of(Splitting.Shares(0.5, 0.2, 0.3).StratifiedBy("class"), seed);
        Assert.Equal((51, 21, 31), (split.Train.Length, split.Validation.Length, split.Test.Length));
        Assert.Equal(Enumerable.Range(0, 103), split.Train.Concat(split.Validation).Concat(split.Test).Order());
        foreach (var each in Classes.Distinct())
        {
            var all = Classes.Count(text => text == each);
            foreach (var part in new[] { split.Train, split.Validation, split.Test })
                Assert.InRange(part.Count(row => Classes[row] == each) - all * part.Length / 103.0, -1, 2);
        }
        Assert.NotEqual(split.Train.Order(), split.Train);
    }

    [Fact]
    public void Stratified_counts_leave_the_rest_unused()
    {
        var split = Of(Splitting.Counts(30, 10, 20).StratifiedBy("class"));
        Assert.Equal((30, 10, 20), (split.Train.Length, split.Validation.Length, split.Test.Length));
        Assert.Equal(60, split.Train.Concat(split.Validation).Concat(split.Test).Distinct().Count());
        Assert.InRange(split.Train.Count(row => Classes[row] == "rare"), 3, 5);
    }

    [Fact]
    public void A_group_is_in_one_part()
    {
        string[] groups = [.. Enumerable.Range(0, 103).Select(row => $"g{row % 17}")];
        var split = Of(Splitting.Default.GroupedBy("school"), 3, groups);
        string[][] parts = [.. new[] { split.Train, split.Validation, split.Test }.Select(part => part.Select(row => groups[row]).Distinct().ToArray())];
        Assert.Equal(17, parts.Sum(part => part.Length));
        Assert.Equal(103, split.Train.Length + split.Validation.Length + split.Test.Length);
        Assert.InRange(split.Test.Length, 17, 24); // 21 wanted, groups of 6 and 7
        Assert.InRange(split.Validation.Length, 17, 24);
    }

    // Pinned, from tests/peers/datasets_reference.py: a split is part of every published number.
    [Fact]
    public void Splits_never_change()
    {
        Assert.Equal([13, 61, 95, 43, 44], Of(Splitting.Default, 5).Test[..5]);
        Assert.Equal([70, 40, 6, 61, 95], Of(Splitting.Default.StratifiedBy("class"), 5).Test[..5]);
        string[] groups = [.. Enumerable.Range(0, 103).Select(row => $"g{row % 17}")];
        Assert.Equal(["g9", "g15", "g7"], Of(Splitting.Default.GroupedBy("school"), 5, groups).Test.Select(row => groups[row]).Distinct());
    }

    [Fact]
    public void The_official_split_is_read_and_only_validation_is_drawn()
    {
        string[] official = [.. Enumerable.Range(0, 103).Select(row => row < 60 ? "Train" : "Test")];
        var split = Of(Splitting.Official("case", "Train", "Test", validation: 0.25), 1, official);
        Assert.Equal(Enumerable.Range(60, 43), split.Test.Order());
        Assert.Equal(15, split.Validation.Length);
        Assert.Equal(Enumerable.Range(0, 60), split.Train.Concat(split.Validation).Order());
        Assert.Contains("holds 'dev'", Assert.Throws<DataException>(() => Of(Splitting.Official("case", "Train", "Test"), 1, [.. official[..102], "dev"])).Message);
        Assert.Contains("60 rows to training and 0 to test",
            Assert.Throws<DataException>(() => Splitting.Official("case", "Train", "Test").Of(new SplitRows("rows", 60, _ => official[..60]), 0)).Message);
    }

    [Fact]
    public void What_cannot_be_meant_is_refused()
    {
        string Refusal(Action act) => Assert.Throws<DataException>(act).Message;
        Assert.Contains("must add up to 100 %", Refusal(() => Splitting.Shares(0.6, 0.2, 0.3)));
        Assert.Contains("must add up to 100 %", Refusal(() => Splitting.Shares(0.6, 0.4, 0)));
        Assert.Contains("must add up to 100 %", Refusal(() => Splitting.Shares(double.NaN, 0.4, 0.6)));
        Assert.Contains("training and test need at least one row", Refusal(() => Splitting.Counts(0, 1, 1)));
        Assert.Contains("needs 200 rows; there are 103", Refusal(() => Of(Splitting.Counts(100, 50, 50))));
        Assert.Contains("cannot be grouped by 'b' as well", Refusal(() => Splitting.Default.StratifiedBy("a").GroupedBy("b")));
        Assert.Contains("has 2 groups; a split that keeps groups together needs at least 3",
            Refusal(() => Of(Splitting.Default.GroupedBy("a"), 0, [.. Classes.Select((_, row) => $"{row % 2}")])));
        Assert.Contains("row 3 has no 'a'", Refusal(() => Of(Splitting.Default.GroupedBy("a"))));
        Assert.Contains("1 of the training rows for validation", Refusal(() => Splitting.Official("a", "b", "c", validation: 1)));
    }
}
