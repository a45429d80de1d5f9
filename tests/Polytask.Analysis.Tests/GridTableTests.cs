using Deedle;

namespace Polytask.Analysis.Tests;

public sealed class GridTableTests
{
    private static readonly DataSource Data = DataSource.Of("made", seed =>
    {
        var random = StableRandom.For(seed, "grid");
        var x = TorchSharp.torch.tensor(Array.ConvertAll(random.Gaussians(60), value => (float)value)).reshape(20, 3);
        var rows = Examples.Joint(x, ("y", x[TorchSharp.torch.TensorIndex.Ellipsis, 0]));
        return new(rows, rows, rows);
    });

    // The second variant cannot be built with four experts.
    private static readonly StudyResult Result = Polytask.Study.On(Data)
        .Variants(Model.Named("shared").Input(3).Task("y", Head.Regress()), Model.Named("gated").Input(3).Task("y", Head.Regress()))
        .Seeds(2).Over("experts", [2, 4], (model, n) => model.Experts(n, model.Name == "gated" && n == 4 ? Failing : Block.Mlp(2)))
        .Train(t => t.Epochs(1)).Run();

    private static Block Failing => Block.Of("failing", Shape.Of(2), () => throw new InvalidOperationException("it cannot be built"));

    [Fact]
    public void A_table_has_a_row_per_point_and_variant_and_says_what_is_missing()
    {
        var table = Result.Table("y/mse");
        Assert.Equal(["experts", "variant", "y/mse ↓", "parameters"], table.Columns.Select(column => column.Split(" (")[0]));
        Assert.Equal(["2 shared", "2 gated", "4 shared", "4 gated"], table.Rows.Select(row => $"{row[0].Text} {row[1].Text}"));
        Assert.Equal("– (0 of 2)", table.Rows[3][2].Text);
        // Two experts of 3 x 2 + 2 with a gate of 3 x 2 and a head of 2 + 1; four of them with a gate of 3 x 4.
        Assert.Equal(["25", "25", "47"], table.Rows.Take(3).Select(row => row[3].Text));
        Assert.Contains("Without a result: 'gated', seed 0, experts = 4: ", table.Note);
    }

    [Fact]
    public void A_point_has_a_table_of_its_own()
    {
        var table = Result.At(("experts", 2)).Table("y/mse");
        Assert.Equal(["variant", "2 shared"], [table.Columns[1], $"{table.Rows[0][0].Text} {table.Rows[0][1].Text}"]);
        Assert.Contains("grid points", Assert.Throws<DataException>(() => Result.Chart("y/mse")).Message);
        Assert.Contains("grid points", Assert.Throws<DataException>(() => Result.Table(baseline: "shared", "y/mse")).Message);
        Assert.Contains("grid points", Assert.Throws<DataException>(() => Result.Curves("y/mse")).Message);
    }

    [Fact]
    public void A_frame_has_a_column_per_axis()
    {
        var frame = Result.Frame();
        Assert.Equal(["variant", "seed", "task", "metric", "value", "experts"], frame.ColumnKeys);
        Assert.Equal(Result.Rows.Select(row => (int)row.Point["experts"]), frame.GetColumn<int>("experts").Values);
    }

    [Fact]
    public void A_chart_across_an_axis_has_a_line_per_variant_through_its_means()
    {
        var shared = ChartTests.Json(Result.Where("experts", 2, 4).Across("experts", "y/mse"))["data"]![0]!;
        Assert.Equal([2, 4], StatisticsTests.Numbers(shared["x"]));
        Assert.Equal(new[] { 2, 4 }.Select(n => Result.At(("experts", n)).Mean("shared", "y/mse")), StatisticsTests.Numbers(shared["y"]));
        Assert.Contains("no axis 'p'", Assert.Throws<DataException>(() => Result.Across("p", "y/mse")).Message);
    }
}
