using Sampled = System.Collections.Generic.IEnumerable<double[][]>;

namespace Polytask.Tests.Weightings;

/// <summary>What is known in closed form or must hold, on 200 random matrices each.</summary>
public class ClosedFormTests
{
    private static Sampled Random(int tasks = 3, int size = 20) => Enumerable.Range(0, 200).Select(seed => Rows.Normal(seed, tasks, size));

    private static IEnumerable<(double[] Lengths, double[][] Rows)> Orthogonal() => Enumerable.Range(0, 200).Select(seed =>
    {
        var lengths = Array.ConvertAll(StableRandom.For(seed, "lengths").Gaussians(4), Math.Exp);
        return (lengths, Rows.Orthogonal(seed, lengths));
    });

    [Fact]
    public void Orthogonal_gradients_have_closed_forms()
    {
        foreach (var (n, rows) in Orthogonal())
        {
            Rows.Near([1, 1, 1, 1], Weighting.PCGrad().Weights(rows), 1e-9);
            Rows.Near([1, 1, 1, 1], Weighting.GradVac().Weights(rows), 1e-6);
            Rows.Near([0.25, 0.25, 0.25, 0.25], Weighting.UPGrad().Weights(rows), 1e-9);
            Rows.Near([0.25, 0.25, 0.25, 0.25], Weighting.DualProj().Weights(rows), 1e-9);
            var inverseSquares = Array.ConvertAll(n, length => 1 / (length * length));
            Rows.Near(inverseSquares.Times(1 / inverseSquares.Sum()), Weighting.Mgda().Weights(rows), 1e-8);
            var inverses = Array.ConvertAll(n, length => 1 / length);
            Rows.Near(inverses.Times(1 / inverses.Sum()), Weighting.ImtlG().Weights(rows), 1e-8);
            Rows.Near([1, 1, 1, 1], [.. Weighting.NashMtl(maxNorm: 0).Weights(rows).Zip(n, (w, length) => w * length)], 1e-7);
            foreach (var alpha in new[] { 0.5, 2, 5 })
                Rows.Near([1, 1, 1, 1],
                    [.. Weighting.FairGrad(alpha).Weights(rows).Zip(n, (w, length) => w * Math.Pow(length, 2 * alpha / (1 + alpha)))], 1e-7);
            Rows.Near(Array.ConvertAll(n, length => n.Min() / (4 * length)), Weighting.AlignedMtl().Weights(rows), 1e-8);
            Rows.Near(inverses.Times(n.Sum() / 4), Weighting.ConFig().Weights(rows), 1e-6);
        }
    }

    [Fact]
    public void Two_tasks_have_closed_forms()
    {
        foreach (var rows in Random(2))
        {
            var (n1, n2, product) = (rows[0].Length(), rows[1].Length(), rows[0].Dot(rows[1]));
            var first = Math.Clamp((n2 * n2 - product) / (n1 * n1 + n2 * n2 - 2 * product), 0, 1);
            Rows.Near([first, 1 - first], Weighting.Mgda().Weights(rows), 1e-9);
            var bisecting = Math.Sqrt(1 + product / (n1 * n2));
            Rows.Near([1 / (n1 * bisecting), 1 / (n2 * bisecting)], Weighting.NashMtl(maxNorm: 0).Weights(rows), 1e-6);
            Rows.Near([n2 / (n1 + n2), n1 / (n1 + n2)], Weighting.ImtlG().Weights(rows), 1e-9);
            Rows.Near(Weighting.PCGrad().Weights(rows), Weighting.UPGrad(ridge: 0, preference: [1, 1]).Weights(rows), 1e-9);
        }
    }

    [Fact]
    public void Mgda_is_the_point_of_least_norm()
    {
        foreach (var rows in Random().Concat(Random(8, 5)).Concat(Random(30, 40)))
        {
            var w = Weighting.Mgda().Weights(rows);
            var d = rows.Combine(w);
            Assert.Equal(1, w.Sum(), 1e-12);
            Assert.True(w.Min() >= 0);
            Assert.All(rows, row => Assert.True(row.Dot(d) >= d.Dot(d) - 1e-8 * row.Dot(row)));
        }
    }

    [Fact]
    public void Nash_directions_have_the_square_root_of_the_tasks_as_length_and_satisfy_the_equation()
    {
        foreach (var rows in Random().Concat(Random(10)))
        {
            var w = Weighting.NashMtl(maxNorm: 0).Weights(rows);
            var d = rows.Combine(w);
            Assert.Equal(rows.Length, d.Dot(d), 1e-7 * rows.Length);
            Assert.All(rows.Zip(w), each => Assert.Equal(1, each.First.Dot(d) * each.Second, 1e-6));
            Assert.Equal(1, rows.Combine(Weighting.NashMtl().Weights(rows)).Length(), 1e-9);
        }
    }

    [Fact]
    public void CAGrad_lies_on_its_ball_and_from_1_on_conflicts_with_nobody()
    {
        foreach (var rows in Random().Concat(Random(10)))
            foreach (var c in new[] { 0.2, 0.5, 1, 3 })
            {
                var (d, mean) = (Weighting.CAGrad(c).Direction(rows), rows.Mean());
                Assert.Equal(c * mean.Length(), d.Plus(mean, -1).Length(), 1e-9 * mean.Length());
                if (c >= 1) Assert.All(rows, row => Assert.True(row.Dot(d) >= -1e-8 * row.Length() * d.Length()));
                Rows.Near(d.Times(1 / (1 + c * c)), Weighting.CAGrad(c, CAGradRescale.ByOnePlusCSquared).Direction(rows), 1e-12);
                Rows.Near(d.Times(1 / (1 + c)), Weighting.CAGrad(c, CAGradRescale.ByOnePlusC).Direction(rows), 1e-12);
            }
    }

    [Fact]
    public void Aligned_gradients_are_orthogonal_and_equally_long()
    {
        foreach (var rows in Random(4))
        {
            // The balance B, a column for each preference e_t: B G B = lambda_min I.
            double[][] balance = [.. Enumerable.Range(0, 4).Select(t =>
                Weighting.AlignedMtl(AlignedScale.Minimum, [.. Enumerable.Range(0, 4).Select(i => i == t ? 1.0 : 0)]).Weights(rows))];
            double[][] aligned = [.. balance.Select(rows.Combine)];
            var gramian = aligned.Gramian();
            for (var i = 0; i < 4; i++)
                for (var j = 0; j < 4; j++) Assert.Equal(i == j ? gramian[0, 0] : 0, gramian[i, j], 1e-9 * gramian[0, 0]);
            Assert.All(rows, row => Assert.True(gramian[0, 0] <= row.Dot(row) + 1e-9));
        }
    }

    [Fact]
    public void DualProj_satisfies_the_conditions_of_a_projection()
    {
        foreach (var rows in Random().Concat(Random(8, 12)))
        {
            var (v, u) = (Weighting.DualProj(ridge: 0).Weights(rows), 1.0 / rows.Length);
            var d = rows.Combine(v);
            Assert.All(rows.Zip(v), each =>
            {
                var product = each.First.Dot(d) / (each.First.Length() * rows.Max(row => row.Length()));
                Assert.True(product >= -1e-9 && each.Second >= u);
                Assert.Equal(0, (each.Second - u) * product, 1e-9);
            });
        }
    }

    [Fact]
    public void GradVac_lifts_a_cosine_to_its_target()
    {
        foreach (var rows in Random(2).Where(rows => rows[0].Dot(rows[1]) < 0).Take(50))
        {
            // Two steps at cosine +0.6 leave the target 0.45; then the pair conflicts.
            var rule = Weighting.GradVac().Start(2);
            double[][] agreeing = [[1, 0, 0], [0.6, 0.8, 0]];
            rule.Weights(agreeing);
            rule.Weights(agreeing);
            var lifted = rule.Weights(rows);
            // g_1' = g_1 + (w_2 - 1) g_2, and the like for g_2'.
            Assert.Equal(0.45, Rows.Cosine(rows[0].Plus(rows[1], lifted[1] - 1), rows[1]), 1e-9);
            Assert.Equal(0.45, Rows.Cosine(rows[1].Plus(rows[0], lifted[0] - 1), rows[0]), 1e-9);
        }
    }

    [Fact]
    public void Config_has_one_cosine_with_all_and_the_length_of_their_sum_along_it()
    {
        foreach (var rows in Random(5))
        {
            var d = Weighting.ConFig().Direction(rows);
            Assert.All(rows, row => Assert.Equal(Rows.Cosine(rows[0], d), Rows.Cosine(row, d), 1e-9));
            Assert.Equal(rows.Sum(row => row.Dot(d)), d.Dot(d), 1e-8 * d.Dot(d));
        }
    }

    [Fact]
    public void Random_weights_are_positive_sum_to_one_and_differ()
    {
        var rule = Weighting.RandomGradients().Start(3);
        double[][] draws = [.. Enumerable.Range(0, 200).Select(_ => rule.Weights(Rows.B))];
        Assert.All(draws, w => Assert.True(w.Min() > 0 && Math.Abs(w.Sum() - 1) < 1e-12));
        Assert.Equal(200, draws.Select(w => w[0]).Distinct().Count());
        // By symmetry each mean is 1/3; the standard error at 200 draws is about 0.016.
        for (var t = 0; t < 3; t++) Assert.Equal(1 / 3.0, draws.Average(w => w[t]), 0.08);
    }

    [Fact]
    public void Krum_takes_the_middle_and_leaves_the_outlier()
    {
        double[][] rows = [[1, 0], [1.1, 0], [0.9, 0.1], [-30, 4]];
        Rows.Near([1, 0, 0, 0], Weighting.Krum(1).Weights(rows), 0);
        Rows.Near([1 / 3.0, 1 / 3.0, 1 / 3.0, 0], Weighting.Krum(1, 3).Weights(rows), 1e-15);
    }
}
