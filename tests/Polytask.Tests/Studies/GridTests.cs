namespace Polytask.Tests.Studies;

public sealed class GridTests
{
    private static readonly Model Gated = Small.Linear.Renamed("gated").Experts(2, Block.Mlp(4));

    // The linear model is the baseline that the first axis leaves alone.
    private static readonly StudyResult Result = Study.On(Small.Data()).Variants(Small.Linear, Gated).Seeds(3, 5)
        .Over("experts", [2, 3], (model, n) => model.ExpertBank is null ? model : model.Experts(n, Block.Mlp(4)))
        .Over("rate", [1e-2, 2e-2, 3e-2], (plan, rate) => plan.Adam(rate))
        .Over("factor", [1.0, 2.0], factor => Small.Data(factor)).Train(t => t.Epochs(2).Batch(8)).Run();

    [Fact]
    public void Every_variant_seed_and_point_has_one_cell_seed_by_seed()
    {
        Assert.Equal(2 * 2 * 2 * 3 * 2, Result.Cells.Length);
        var expected = from seed in new[] { 3, 5 }
                       from experts in new[] { 2, 3 }
                       from rate in new[] { 1e-2, 2e-2, 3e-2 }
                       from factor in new[] { 1.0, 2.0 }
                       from variant in new[] { "linear", "gated" }
                       select (variant, seed, experts, rate, factor);
        Assert.Equal(expected, Result.Cells.Select(cell =>
            (cell.Variant, cell.Seed, (int)cell.Point["experts"], (double)cell.Point["rate"], (double)cell.Point["factor"])));
        Assert.Empty(Result.Failures);
    }

    [Fact]
    public void A_cell_is_the_same_training_on_its_own()
    {
        var at = Result.At(("experts", 3), ("rate", 2e-2), ("factor", 2.0));
        var alone = Gated.Experts(3, Block.Mlp(4)).Train(Small.Data(2), t => t.Adam(2e-2).Epochs(2).Batch(8), seed: 5);
        Assert.Equal(alone.Test("y/mse"), at.Run("gated", 5).Test("y/mse"));
        Assert.Equal([at.Run("gated", 3).Test("y/mse"), alone.Test("y/mse")], at.Values("gated", "y/mse"));
        Assert.Equal(at.Values("gated", "y/mse").Average(), at.Mean("gated", "y/mse"), 1e-12);
        Assert.Equal(3, at.Study.Models[1].ExpertBank!.Count);
        Assert.Equal("experts = 3, rate = 0.02, factor = 2", at.Study.Point.ToString());
    }

    [Fact]
    public void A_part_of_the_grid_is_chosen_by_values()
    {
        var part = Result.Where("rate", 1e-2, 3e-2).Where("experts", 3);
        Assert.Equal(2 * 2 * 2 * 2, part.Cells.Length);
        Assert.All(part.Cells, cell => Assert.Equal(3, cell.Point["experts"]));
        Assert.Equal(4, part.Points.Count);
        // A whole number given as a real one is the same value.
        Assert.Equal(Result.Where("experts", 3).Cells.AsEnumerable(), Result.Where("experts", 3.0).Cells);
        Assert.Equal(part.At(("rate", 3e-2), ("factor", 1.0)).Mean("linear", "y/mse"),
            Result.At(("factor", 1.0), ("experts", 3), ("rate", 3e-2)).Mean("linear", "y/mse"));
    }

    [Fact]
    public void A_claim_reads_points_and_names_them()
    {
        var claim = Result.Claim("more", r => r.At(("experts", 2), ("rate", 1e-2), ("factor", 1)).Mean("gated", "y/mse").AtLeast(1e9));
        Assert.False(claim.Holds);
        Assert.StartsWith("gated y/mse at experts = 2, rate = 0.01, factor = 1 = ", claim.Measured);
    }

    [Fact]
    public void The_long_table_has_a_column_per_axis()
    {
        using var folder = new CacheFolder();
        var (csv, json) = (Path.Combine(folder.Path, "r.csv"), Path.Combine(folder.Path, "r.json"));
        Result.ToCsv(csv);
        Result.ToJson(json);
        var lines = File.ReadAllLines(csv);
        Assert.Equal("variant,seed,experts,rate,factor,task,metric,value", lines[0]);
        Assert.Equal(Result.Rows.Count() + 1, lines.Length);
        var first = Result.Rows.First();
        Assert.Equal(FormattableString.Invariant($"linear,3,2,0.01,1,y,loss,{first.Value:R}"), lines[1]);
        using var read = System.Text.Json.JsonDocument.Parse(File.ReadAllText(json));
        Assert.Equal(["experts", "rate", "factor"], read.RootElement.GetProperty("axes").EnumerateArray().Select(axis => axis.GetProperty("name").GetString()));
        var row = read.RootElement.GetProperty("rows")[0];
        Assert.Equal((first.Value, 2, 0.01), (row.GetProperty("value").GetDouble(), row.GetProperty("experts").GetInt32(), row.GetProperty("rate").GetDouble()));
        Assert.Equal(Result.Rows.Count(), read.RootElement.GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public void Mistakes_are_named()
    {
        var study = Small.Study;
        Assert.StartsWith("the study has no axis 'expert'", Assert.Throws<DataException>(() => Result.Where("expert", 2)).Message);
        Assert.EndsWith("did you mean 'experts'?", Assert.Throws<DataException>(() => Result.Where("expert", 2)).Message);
        Assert.Equal("axis 'experts' has no value 5; it has 2, 3", Assert.Throws<DataException>(() => Result.Where("experts", 5)).Message);
        Assert.Contains("12 grid points over 'experts', 'rate' and 'factor'", Assert.Throws<DataException>(() => Result.Mean("gated", "y/mse")).Message);
        Assert.Contains("result.At((\"rate\", 0.01))",
            Assert.Throws<DataException>(() => Result.At(("experts", 2), ("factor", 1.0))).Message);
        Assert.Contains("no grid", Assert.Throws<DataException>(() => study.Run().Where("experts", 2)).Message);

        Study Over(int[] values) => study.Over("experts", values, (model, n) => model.Experts(n, Block.Mlp(4)));
        Assert.Equal("axis 'experts' has no value; give at least one", Assert.Throws<DeclarationException>(() => Over([])).Message);
        Assert.Equal("axis 'experts': the value 2 is given twice", Assert.Throws<DeclarationException>(() => Over([2, 4, 2])).Message);
        Assert.StartsWith("there already is an axis 'experts'", Assert.Throws<DeclarationException>(() => Over([2]).Over("experts", [1e-3], (plan, r) => plan.Adam(r))).Message);
        Assert.Contains("column of that name", Assert.Throws<DeclarationException>(() => study.Over(" ", [2], (Model model, int n) => model)).Message);
        Assert.Contains("a column 'seed' already", Assert.Throws<DeclarationException>(() => study.Over("seed", [2], (Model model, int n) => model)).Message);
        Assert.StartsWith("axis 'experts' at 0: model 'linear': an expert bank needs", Assert.Throws<DeclarationException>(() => Over([0]).Run()).Message);
        Assert.Contains("2 and 4 declare the same", Assert.Throws<DeclarationException>(() => study.Over("n", [2, 4], (Model model, int n) => model).Run()).Message);
        Assert.Contains("1 and 2 declare the same", Assert.Throws<DeclarationException>(() => study.Over("f", [1, 2], f => Small.Data(3)).Run()).Message);
        Assert.Contains("list of seeds is empty", Assert.Throws<DeclarationException>(() => study.Seeds([])).Message);
        Assert.StartsWith("the seed 4 is given twice", Assert.Throws<DeclarationException>(() => study.Seeds(4, 1, 4)).Message);
    }
}
