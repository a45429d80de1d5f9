using Deedle;

namespace Polytask.Analysis.Tests;

public class FrameTests
{
    [Fact]
    public void A_study_is_a_long_frame_of_its_test_values()
    {
        var frame = Made.Study().Frame();
        Assert.Equal(["variant", "seed", "task", "metric", "value"], frame.ColumnKeys);
        Assert.Equal(3 * 2 + 3 * 4, frame.RowCount);
        var values = Enumerable.Range(0, frame.RowCount).Select(row => (
            frame.GetColumn<string>("variant")[row], frame.GetColumn<int>("seed")[row], frame.GetColumn<string>("metric")[row], frame.GetColumn<double>("value")[row])).ToArray();
        Assert.Contains(("gated", 2, "auc", 0.7), values);
        Assert.Contains(("shared", 1, "mse", 2.0), values);
    }

    [Fact]
    public void A_run_is_a_long_frame_of_all_it_measured()
    {
        var run = Made.Study().Run("shared", 2); // 3 epochs: validation loss, training loss and validation mse, and two test values
        var frame = run.Frame();
        Assert.Equal(["epoch", "split", "task", "metric", "value"], frame.ColumnKeys);
        Assert.Equal(3 * 3 + 2, frame.RowCount);
        Assert.Equal(run.History.Sum(row => row.Value), frame.GetColumn<double>("value").Values.Sum(), 1e-12);
    }

    [Fact]
    public void A_table_is_a_frame_of_its_text()
    {
        var frame = Datasets.Income().Frame(rows: 3);
        Assert.Equal((3, 14), (frame.RowCount, frame.ColumnCount));
        Assert.Equal(["F", "M", "F"], frame.GetColumn<string>("SEX").Values);
    }
}
