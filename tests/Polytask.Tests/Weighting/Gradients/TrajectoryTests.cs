using static TorchSharp.torch;

namespace Polytask.Tests.Weightings;

/// <summary>Where methods end on the toy problem, by Adam at 0.002, from the two starts in whose valleys the mean gets stuck.</summary>
public class TrajectoryTests
{
    private static readonly double[] Left = [-8.5, 7.5], Right = [9, 9];

    /// <summary>The length of the shortest convex combination of the gradients: 0 on the Pareto set.</summary>
    private static double FromParetoSet(double[] x) => Weighting.Mgda().Direction(Toy.At(x).Gradients).Length();

    [Fact]
    public void The_mean_stays_in_the_valleys()
    {
        foreach (var start in new[] { Left, Right })
        {
            var end = Toy.Descend(Weighting.GradientMean(), start, 50_000, 0.002);
            Assert.True(end[1] > 0 && FromParetoSet(end) > 0.5, $"({end[0]}, {end[1]})");
        }
    }

    public static TheoryData<string, GradientWeighting> ToTheSet() => new() { { "MGDA", Weighting.Mgda() }, { "PCGrad", Weighting.PCGrad() } };

    [Theory]
    [MemberData(nameof(ToTheSet))]
    public void Others_reach_the_Pareto_set_but_not_where_the_mean_loss_is_least(string method, GradientWeighting weighting)
    {
        manual_seed(0);
        foreach (var start in new[] { Left, Right })
        {
            var end = Toy.Descend(weighting, start, 50_000, 0.002);
            Assert.True(FromParetoSet(end) < 1e-4 && Math.Abs(end[0]) > 1, $"{method}: ({end[0]}, {end[1]})");
        }
    }

    [Fact]
    public void CAGrad_reaches_the_least_mean_loss()
    {
        Rows.Near([0, -8.36], Toy.Descend(Weighting.CAGrad(0.5), Left, 50_000, 0.002), 0.01);
        Rows.Near([0, -8.36], Toy.Descend(Weighting.CAGrad(0.5), Right, 90_000, 0.002), 0.01);
    }
}
