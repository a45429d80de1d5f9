using MathNet.Numerics.LinearAlgebra;

namespace Polytask;

/// <summary>
/// G = V diag(values) Vᵀ of a positive semi-definite matrix, without the directions that rounding leaves of dependent rows: as many are kept as the
/// matrix of the cosines, whatever the rows' lengths, has eigenvalues above T times 1.2e-7 of its largest, which is what gradients in single precision
/// can tell apart (the known codes take as much of the Gramian's own). Values rise. O(T³).
/// </summary>
internal sealed record SymmetricEigen(double[] Values, double[][] Vectors)
{
    private const double SinglePrecision = 1.1920929e-7;

    /// <param name="cosines">The Gramian of rows of length 1 or 0.</param>
    public static SymmetricEigen OfCosines(double[,] cosines)
    {
        var (values, vectors) = All(cosines);
        return Last(values, vectors, values.Count(value => value > values.Length * SinglePrecision * values[^1]));
    }

    public static SymmetricEigen Of(double[,] gramian)
    {
        var (values, vectors) = All(gramian);
        var rank = Math.Min(OfCosines(Dense.Cosines(gramian)).Values.Length, values.Count(value => value > 0));
        return Last(values, vectors, rank);
    }

    private static (double[] Values, Matrix<double> Vectors) All(double[,] matrix)
    {
        var all = Matrix<double>.Build.DenseOfArray(matrix).Evd(Symmetricity.Symmetric);
        return ([.. all.EigenValues.Select(value => value.Real)], all.EigenVectors);
    }

    private static SymmetricEigen Last(double[] values, Matrix<double> vectors, int count)
    {
        int[] kept = [.. Enumerable.Range(values.Length - count, count)];
        return new(Array.ConvertAll(kept, i => values[i]), Array.ConvertAll(kept, i => vectors.Column(i).ToArray()));
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
