using MathNet.Numerics.LinearAlgebra;

namespace Polytask;

/// <summary>
/// G = V diag(values) Vᵀ of a positive semi-definite matrix, without the directions whose eigenvalue is below 1e-12 of the largest: what rounding
/// leaves of dependent rows. Values rise. O(T³).
/// </summary>
internal sealed record SymmetricEigen(double[] Values, double[][] Vectors)
{
    private const double RankTolerance = 1e-12;

    public static SymmetricEigen Of(double[,] gramian)
    {
        var all = Matrix<double>.Build.DenseOfArray(gramian).Evd(Symmetricity.Symmetric);
        var values = all.EigenValues.Select(value => value.Real).ToArray();
        var least = RankTolerance * values.Max();
        int[] kept = [.. Enumerable.Range(0, values.Length).Where(i => values[i] > least).OrderBy(i => values[i])];
        return new(Array.ConvertAll(kept, i => values[i]), Array.ConvertAll(kept, i => all.EigenVectors.Column(i).ToArray()));
    }

    /// <summary>V diag(f(values)) Vᵀ b: for f = 1 / value the pseudo-inverse times b.</summary>
    public double[] Apply(Func<double, double> f, double[] b)
    {
        var result = new double[b.Length];
        for (var k = 0; k < Values.Length; k++)
        {
            var share = f(Values[k]) * Cholesky.Dot(Vectors[k], b);
            for (var i = 0; i < b.Length; i++) result[i] += share * Vectors[k][i];
        }
        return result;
    }
}
