namespace Polytask.Analysis.Tests;

public class StudyTableTests
{
    // Deviations with n - 1: of 1, 2, 3 it is 1; of 0.5, 0.6, 0.7 it is 0.1. Parameters: a linear map of 3 is 4;
    // two experts of 3 x 4 + 4, a gate of 3 x 2 and a head of 4 + 1 for each of two tasks are 32 + 2 (6 + 5) = 54.
    [Fact]
    public void Cells_are_mean_and_deviation_over_seeds_and_the_best_is_marked()
    {
        var table = Made.Study().Table();
        Assert.Equal(["variant", "y/mse ↓", "k/auc ↑", "parameters"], table.Columns);
        Assert.Equal(["shared", "2.000 ± 1.000", "–", "4"], table.Rows[0].Select(cell => cell.Text));
        Assert.Equal(["gated", "1.000 ± 0.000", "0.6000 ± 0.1000", "54"], table.Rows[1].Select(cell => cell.Text));
        Assert.Equal([false, false, false, false], table.Rows[0].Select(cell => cell.Bold));
        Assert.Equal([false, true, true, false], table.Rows[1].Select(cell => cell.Bold));
        Assert.Contains("over 3 seeds", table.Note);
    }

    [Fact]
    public void One_seed_has_no_deviation()
    {
        var table = Made.Study(seeds: 1).Table("y/loss");
        Assert.Equal(["variant", "y/loss ↓", "parameters"], table.Columns);
        Assert.Equal(["10.00", "5.00"], table.Rows.Select(row => row[1].Text));
        Assert.Contains("One seed", table.Note);
    }

    [Fact]
    public void An_unknown_result_is_named() => Assert.Contains("has no 'y/auc'", Assert.Throws<DataException>(() => Made.Study().Table("y/auc")).Message);
}
