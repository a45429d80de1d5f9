using static TorchSharp.torch;

namespace Polytask.Tests.Weightings;

/// <summary>Rules that remember: what they remember, and that a checkpoint knows it.</summary>
public class MemoryTests
{
    [Fact]
    public void Nash_keeps_its_weights_between_solutions_and_cuts_them_by_the_step_at_hand()
    {
        var (rule, other) = (Weighting.NashMtl(maxNorm: 0, every: 3).Start(2), Rows.Normal(4, 2, 3));
        var first = rule.Weights(Rows.A);
        Rows.Near(first, rule.Weights(other), 0);
        Rows.Near(first, rule.Weights(other), 0);
        Rows.Near(Weighting.NashMtl(maxNorm: 0).Weights(other), rule.Weights(other), 1e-15);

        var cut = Weighting.NashMtl(maxNorm: 0.5, every: 3).Start(2);
        cut.Weights(Rows.A);
        Assert.Equal(0.5, other.Combine(cut.Weights(other)).Length(), 1e-12);
    }

    [Fact]
    public void Smoothed_weights_are_the_moving_average()
    {
        var (rule, of) = (Weighting.CrMogm(Weighting.Mgda(), 0.75).Start(2), Weighting.Mgda());
        var (first, second) = (Rows.Normal(1, 2, 3), Rows.Normal(2, 2, 3));
        Rows.Near(of.Weights(first), rule.Weights(first), 1e-15);
        Rows.Near(of.Weights(first).Times(0.75).Plus(of.Weights(second), 0.25), rule.Weights(second), 1e-12);
    }

    public static TheoryData<string> WithMemory => ["GradVac", "Nash-MTL", "CR-MOGM", "SDMGrad", "MoDo"];

    private static GramianRule Start(string method) => method switch
    {
        "GradVac" => Weighting.GradVac().Start(3),
        "Nash-MTL" => Weighting.NashMtl(every: 4).Start(3),
        "CR-MOGM" => Weighting.CrMogm(Weighting.GradVac()).Start(3),
        "SDMGrad" => Weighting.SdmGrad().Start(3),
        _ => Weighting.MoDo(0.01).Start(3),
    };

    [Theory]
    [MemberData(nameof(WithMemory))]
    public void A_rule_goes_on_from_its_state_dictionary(string method)
    {
        var (rule, again, fresh) = (Start(method), Start(method), Start(method));
        for (var step = 0; step < 3; step++) rule.Weights(Rows.Normal(step, 3, 4));
        again.load_state_dict(rule.state_dict());
        double[] Next(GramianRule each)
        {
            manual_seed(3);
            return each.Weights(Rows.Normal(9, 3, 4));
        }
        var expected = Next(rule);
        Rows.Near(expected, Next(again), 0);
        Assert.NotEqual(expected, Next(fresh));
    }

    public static TheoryData<string> OnRows => ["MoCo", "ExcessMTL", "DB-MTL"];

    private static JacobianRule StartOnRows(string method) => method switch
    {
        "MoCo" => Weighting.MoCo().Start(3),
        "ExcessMTL" => Weighting.ExcessMtl(1).Start(3),
        _ => Weighting.DbMtl().Start(3),
    };

    [Theory]
    [MemberData(nameof(OnRows))]
    public void A_rule_on_rows_goes_on_once_its_memory_is_reserved(string method)
    {
        var (rule, again, fresh) = (StartOnRows(method), StartOnRows(method), StartOnRows(method));
        for (var step = 0; step < 3; step++) rule.Direction(Rows.Normal(step, 3, 4));
        again.Reserve([zeros(2, dtype: ScalarType.Float64), zeros(2, dtype: ScalarType.Float64)]);
        again.load_state_dict(rule.state_dict());
        var (expected, next) = (rule.Direction(Rows.Normal(9, 3, 4)), Rows.Normal(9, 3, 4));
        Rows.Near(expected, again.Direction(next), 0);
        Assert.NotEqual(expected, fresh.Direction(next));
    }

    [Fact]
    public void Weights_of_excess_risk_stay_finite_however_far_they_go()
    {
        var rule = Weighting.ExcessMtl(eta: 1e6).Start(2);
        rule.Direction([[1e-6, 0], [1, 0]]);
        for (var step = 0; step < 3; step++) Assert.All(rule.Direction([[1e3, 0], [0, 1]]), value => Assert.True(double.IsFinite(value)));
        Rows.Near([1e3, 0], rule.Direction([[1e3, 0], [0, 1]]), 1e-9);
    }

    [Fact]
    public void GradDrop_keeps_one_sign_in_each_coordinate_in_the_share_of_its_purity()
    {
        double[][] rows = [[3, 1, -2], [-1, 1, -2], [2, -6, 4]];
        var (rule, kept) = (Weighting.GradDrop().Start(3), new double[3]);
        double[] positive = [5, 2, 4], negative = [-1, -6, -4];
        manual_seed(5);
        for (var draw = 0; draw < 2000; draw++)
            foreach (var (p, value) in rule.Direction(rows).Index())
            {
                Assert.True(value == positive[p] || value == negative[p], $"coordinate {p}: {value}");
                if (value == positive[p]) kept[p] += 1 / 2000.0;
            }
        // P = positive / (positive + |negative|); the standard error at 2000 draws is about 0.011.
        Rows.Near([5 / 6.0, 2 / 8.0, 4 / 8.0], kept, 0.05);
    }
}
