using static TorchSharp.torch;

namespace Polytask.Tests.Weightings;

/// <summary>Where a setting is taken to its end, one method becomes another.</summary>
public class LimitTests
{
    public static TheoryData<double[][]> Matrices => [Rows.A, Rows.B, Rows.Normal(1, 6, 9), Rows.Normal(2, 4, 4)];

    [Theory]
    [MemberData(nameof(Matrices))]
    public void CAGrad_runs_from_the_mean_to_the_direction_of_MGDA(double[][] rows)
    {
        Rows.Near(rows.Mean(), Weighting.CAGrad(0).Direction(rows), 1e-15);
        Assert.True(Rows.Cosine(Weighting.Mgda().Direction(rows), Weighting.CAGrad(1e4).Direction(rows)) > 1 - 1e-6);
    }

    [Fact]
    public void FairGrad_runs_to_the_direction_of_MGDA_and_from_the_sum_where_the_sum_conflicts_with_nobody()
    {
        double FromMgda(double alpha) => 1 - Rows.Cosine(Weighting.FairGrad(alpha).Direction(Rows.A), Weighting.Mgda().Direction(Rows.A));
        Assert.True(FromMgda(50) < 0.01, $"{FromMgda(50)}");
        Assert.True(FromMgda(50) < FromMgda(10), $"{FromMgda(10)}");
        Rows.Near([1, 1, 1], Weighting.FairGrad(0.001).Weights(Rows.B), 0.01);
        // The sum of A conflicts with its first row; no alpha gives a direction that does, to the tolerance of the solver.
        Assert.True(Rows.A[0].Dot(Weighting.FairGrad(0.001).Direction(Rows.A)) > -1e-6);
    }

    [Theory]
    [MemberData(nameof(Matrices))]
    public void SDMGrad_runs_from_MGDA_to_the_mean(double[][] rows)
    {
        var inner = Weighting.SdmGrad(lambda: 0, rate: 0.05, iterations: 20_000).Start(rows.Length).Weights(rows);
        Rows.Near(Weighting.Mgda().Direction(rows), rows.Combine(inner), 1e-4);
        // With a large lambda the update is (Jᵀ w + lambda mean) / (1 + lambda), and w is what the mean weighs least: a corner.
        var spec = Weighting.SdmGrad(lambda: 1e6, rate: 1e-6);
        var w = spec.Start(rows.Length).Weights(rows);
        var d = rows.Combine(w).Times(1 / (1 + spec.MeanShare)).Plus(rows.Mean(), spec.MeanShare / (1 + spec.MeanShare));
        Rows.Near(rows.Mean(), d, 1e-4);
    }

    [Theory]
    [MemberData(nameof(Matrices))]
    public void MoDo_on_one_matrix_ends_at_MGDA(double[][] rows)
    {
        var (rule, w) = (Weighting.MoDo(gamma: 0.01, rho: 0).Start(rows.Length), Array.Empty<double>());
        for (var step = 0; step < 5000; step++) w = rule.Weights(rows);
        Rows.Near(Weighting.Mgda().Direction(rows), rows.Combine(w), 1e-4);
    }

    [Theory]
    [MemberData(nameof(Matrices))]
    public void MoCo_on_one_matrix_ends_at_MGDA(double[][] rows)
    {
        var (rule, d) = (Weighting.MoCo(beta: 0.5, gamma: 0.03, sigma: 0).Start(rows.Length), Array.Empty<double>());
        for (var step = 0; step < 1500; step++) d = rule.Direction(rows);
        Rows.Near(Weighting.Mgda().Direction(rows), d, 1e-4);
    }

    [Theory]
    [MemberData(nameof(Matrices))]
    public void Smoothing_by_nothing_is_the_other_rule_and_by_everything_its_first_answer(double[][] rows)
    {
        var scaled = rows.Select((row, t) => row.Times(t + 1)).ToArray();
        var (none, all) = (Weighting.CrMogm(Weighting.Mgda(), 0).Start(rows.Length), Weighting.CrMogm(Weighting.Mgda(), 1).Start(rows.Length));
        none.Weights(rows);
        all.Weights(rows);
        Rows.Near(Weighting.Mgda().Weights(scaled), none.Weights(scaled), 1e-15);
        Rows.Near(Weighting.Mgda().Weights(rows), all.Weights(scaled), 1e-15);
    }

    [Fact]
    public void GradDrop_passes_all_where_nothing_conflicts_or_everything_leaks()
    {
        double[][] agreeing = [[1, -2, 0, 3], [0.5, -1, 0, 0]];
        Rows.Near([1.5, -3, 0, 3], Weighting.GradDrop().Start(2).Direction(agreeing), 1e-12);
        Rows.Near([2, 2, 2], Weighting.GradDrop(1, 1).Start(2).Direction(Rows.A), 1e-12);
    }

    [Fact]
    public void TrimmedMean_of_nothing_is_the_mean_and_of_all_but_one_the_median()
    {
        Rows.Near(Rows.B.Mean(), Weighting.TrimmedMean(0).Start(3).Direction(Rows.B), 1e-12);
        Rows.Near([0, 0, 0], Weighting.TrimmedMean(1).Start(3).Direction(Rows.B), 1e-12);
    }

    [Fact]
    public void DbMtl_without_memory_gives_every_gradient_the_longest_length()
    {
        var d = Weighting.DbMtl(beta: 0).Start(3).Direction(Rows.B);
        var longest = Math.Sqrt(10);
        Rows.Near(Rows.B.Combine([longest, longest / Math.Sqrt(5), 1]), d, 1e-12);
    }

    [Fact]
    public void One_loss_in_another_unit_leaves_impartial_directions_and_draws_MGDA_to_the_small_gradient()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var rows = Rows.Normal(seed, 3, 20);
            double[][] larger = [rows[0].Times(10), rows[1], rows[2]];
            foreach (var rule in new[] { Weighting.NashMtl(), Weighting.ImtlG(), Weighting.ConFig() })
                Assert.True(Rows.Cosine(rule.Direction(rows), rule.Direction(larger)) > 0.9999, rule.ToString());
            Assert.True(Weighting.Mgda().Weights(larger)[0] < Weighting.Mgda().Weights(rows)[0]);
            Rows.Near(Weighting.Mgda(MgdaNormalization.Length).Weights(rows), Weighting.Mgda(MgdaNormalization.Length).Weights(larger), 1e-9);
        }
    }

    [Fact]
    public void The_ridge_of_the_dual_cone_protects_no_gradient_that_is_shorter_than_a_hundredth_of_another()
    {
        double[][] With(double length) => [[1, 0], [-0.8 * length, 0.6 * length]];
        double Served(GradientWeighting rule, double length) => With(length)[1].Dot(rule.Direction(With(length))) / length;
        foreach (var rule in new[] { Weighting.UPGrad(), Weighting.DualProj() })
        {
            Assert.True(Served(rule, 0.001) < -0.1, $"{rule}: {Served(rule, 0.001)}");
            Assert.True(Served(rule, 0.3) > -0.001, $"{rule}: {Served(rule, 0.3)}");
        }
        foreach (var rule in new[] { Weighting.UPGrad(ridge: 0), Weighting.DualProj(ridge: 0) }) Assert.True(Served(rule, 0.001) > -1e-9);
    }
}
