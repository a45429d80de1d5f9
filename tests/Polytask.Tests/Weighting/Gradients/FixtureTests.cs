namespace Polytask.Tests.Weightings;

/// <summary>Two small matrices whose weights were computed by hand and by other implementations.</summary>
public class FixtureTests
{
    public static TheoryData<string, GradientWeighting, double[]> TwoTasks() => new()
    {
        { "MGDA", Weighting.Mgda(), [0.6, 0.4] },
        { "PCGrad", Weighting.PCGrad(), [2.2222, 1.5789] },
        { "GradVac, first step", Weighting.GradVac(), [2.2222, 1.5789] },
        { "IMTL-G", Weighting.ImtlG(), [0.5923, 0.4077] },
        { "Aligned-MTL", Weighting.AlignedMtl(), [0.5591, 0.4083] },
        { "UPGrad, no ridge", Weighting.UPGrad(ridge: 0), [1.1111, 0.7895] },
        { "UPGrad", Weighting.UPGrad(), [1.1109, 0.7894] },
        { "DualProj, no ridge", Weighting.DualProj(ridge: 0), [0.6111, 0.5] },
        { "DualProj", Weighting.DualProj(), [0.6109, 0.5] },
        { "CAGrad 0.5", Weighting.CAGrad(0.5), [0.7041, 0.5] },
        { "CAGrad 1", Weighting.CAGrad(1), [1.2, 0.8] },
        { "Nash-MTL, not cut", Weighting.NashMtl(maxNorm: 0), [0.59146, 0.40707] },
        { "FairGrad 1", Weighting.FairGrad(1), [0.59146, 0.40707] },
        { "FairGrad 2", Weighting.FairGrad(2), [0.47136, 0.31945] },
        { "mean", Weighting.GradientMean(), [0.5, 0.5] },
        { "sum", Weighting.GradientSum(), [1, 1] },
        { "constant", Weighting.ConstantGradients(0.25, 3), [0.25, 3] },
    };

    [Theory]
    [MemberData(nameof(TwoTasks))]
    public void Two_conflicting_tasks(string method, GradientWeighting weighting, double[] expected)
    {
        Assert.NotEmpty(method);
        Rows.Near(expected, weighting.Weights(Rows.A), 1e-4);
    }

    public static TheoryData<string, GradientWeighting, double[]> ThreeTasks() => new()
    {
        { "MGDA", Weighting.Mgda(), [29 / 44.0, 11 / 44.0, 4 / 44.0] },
        { "IMTL-G", Weighting.ImtlG(), [0.56370, 0.29198, 0.14432] },
        { "Nash-MTL, not cut", Weighting.NashMtl(maxNorm: 0), [1.42331, 0.72072, 0.39641] },
        { "Aligned-MTL", Weighting.AlignedMtl(), [0.37802, 0.20831, 0.11993] },
        { "UPGrad, no ridge", Weighting.UPGrad(ridge: 0), [0.83333, 0.57246, 0.41449] },
    };

    [Theory]
    [MemberData(nameof(ThreeTasks))]
    public void Three_tasks_in_a_chain_of_conflicts(string method, GradientWeighting weighting, double[] expected)
    {
        Assert.NotEmpty(method);
        Rows.Near(expected, weighting.Weights(Rows.B), 1e-4);
    }

    [Fact]
    public void PCGrad_gives_on_three_tasks_what_one_of_the_orders_gives()
    {
        HashSet<(double, double, double)> seen = [];
        var rule = Weighting.PCGrad().Start(3);
        for (var draw = 0; draw < 60; draw++)
        {
            var w = rule.Weights(Rows.B);
            seen.Add((Math.Round(w[0], 6), Math.Round(w[1], 6), Math.Round(w[2], 6)));
        }
        Assert.Subset(new HashSet<(double, double, double)> { (2, 1.6, 1.2), (2, 1.6, 1.24), (2.4, 1.6, 1.2), (2.4, 1.6, 1.24) }, seen);
        Assert.True(seen.Count > 1, "the order of the tasks is random, but all draws agree");
    }
}
