namespace Polytask.Tests.Weightings;

/// <summary>The small solvers, by the conditions that characterise their answers, to the tolerances that they state.</summary>
public class SolverTests
{
    private static double[] Product(double[,] matrix, double[] x) => Dense.Product(matrix, x);

    [Fact]
    public void Projections_on_the_simplex_are_nearer_than_any_other_point_of_it()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var v = Rows.Normal(seed, 1, 1 + seed % 40)[0].Times(seed % 3 == 0 ? 0.1 : 3);
            var w = SimplexProjection.Of(v);
            Assert.Equal(1, w.Sum(), 1e-12);
            Assert.True(w.Min() >= 0);
            // (v - w) (e_t - w) <= 0 for every corner e_t.
            var away = v.Plus(w, -1);
            Assert.All(away, part => Assert.True(part - away.Dot(w) <= 1e-12));
        }
    }

    [Fact]
    public void Quadratic_problems_over_nonnegative_numbers_satisfy_their_conditions()
    {
        foreach (var rows in Families.All.Concat(Families.FarUnequalRows).Where(rows => rows.Any(row => row.Length() > 0)))
        {
            // c is in the range of Q = J Jᵀ.
            var (q, n) = (rows.Gramian(), Array.ConvertAll(rows, row => row.Length()));
            var target = Rows.Normal(3, 1, rows[0].Length)[0];
            var c = Array.ConvertAll(rows, row => row.Dot(target));
            var x = new NonNegativeQuadratic(q).Minimum(c);
            var slope = Product(q, x).Plus(c, -1);
            for (var t = 0; t < n.Length; t++)
            {
                if (n[t] == 0) continue;
                var unit = n[t] * (target.Length() + x.Zip(n, (value, length) => value * length).Sum());
                Assert.True(x[t] >= 0 && slope[t] >= -1e-10 * unit, $"{slope[t]} of {unit}");
                if (x[t] > 0) Assert.Equal(0, slope[t] / unit, 1e-10);
            }
        }
    }

    [Fact]
    public void Fair_points_satisfy_their_equation_and_stay_finite_where_it_has_no_solution()
    {
        foreach (var rows in Families.WellConditioned.Concat(Families.AllConflicting.Where(rows => rows.Length < rows[0].Length)))
            foreach (var alpha in new[] { 0.1, 0.5, 1, 2, 5 })
            {
                // The equation with the ridge: 1e-8 of each squared norm on the diagonal.
                var w = FairPoint.Of(rows.Gramian(), alpha);
                var products = Product(rows.Gramian(), w);
                for (var t = 0; t < w.Length; t++)
                    Assert.Equal(1, Math.Pow(products[t] + 1e-8 * rows[t].Dot(rows[t]) * w[t], alpha) * w[t], 1e-6);
            }
        foreach (var rows in Families.StronglyStationary.Concat(Families.AllZero).Concat(Families.RankOne))
            foreach (var alpha in new[] { 0.001, 0.5, 1, 2, 50 })
                Assert.All(FairPoint.Of(rows.Gramian(), alpha), value => Assert.True(value > 0 && double.IsFinite(value)));
    }

    [Fact]
    public void Eigenvalues_and_vectors_put_the_matrix_together_again()
    {
        foreach (var rows in Families.All)
        {
            var (gramian, eigen) = (rows.Gramian(), SymmetricEigen.Of(rows.Gramian()));
            Assert.True(eigen.Values.Length <= Math.Min(rows.Length, rows[0].Length));
            var x = Rows.Normal(1, 1, rows.Length)[0];
            Rows.Near(Product(gramian, x), eigen.Apply(value => value, x), 1e-10 * rows.Sum(row => row.Dot(row)) * x.Length());
        }
    }

    [Fact]
    public void What_is_not_positive_definite_is_not_factored()
    {
        var factor = new Cholesky(2);
        (factor.Row(0)[0], factor.Row(1)[0], factor.Row(1)[1]) = (4, 2, 5);
        Assert.True(factor.Factor(2));
        double[] b = [8, 12];
        factor.Solve(b);
        Rows.Near([1, 2], b, 1e-15);
        (factor.Row(0)[0], factor.Row(1)[0], factor.Row(1)[1]) = (1, 2, 1);
        Assert.False(factor.Factor(2));
    }
}
