using MathNet.Numerics.LinearAlgebra;

namespace Polytask;

/// <summary>
/// A Gramian of gradients that were multiplied in single precision, where dependent rows (two tasks that are one, more tasks than parameters) can leave
/// eigenvalues below 0: the nearest matrix of cosines without them (Higham, 1988), times the lengths again. Others stay as they are. O(T³).
/// </summary>
internal static class NearestGramian
{
    private const double Ridge = 1e-12;

    public static double[,] Of(double[,] gramian)
    {
        var (size, cosines, norms) = (gramian.GetLength(0), Dense.Cosines(gramian), Dense.Norms(gramian));
        var factor = new Cholesky(size);
        for (var i = 0; i < size; i++)
            for (var j = 0; j <= i; j++) factor.Row(i)[j] = i == j ? 1 + Ridge : cosines[i, j];
        if (factor.Factor(size)) return gramian;

        var eigen = Matrix<double>.Build.DenseOfArray(cosines).Evd(Symmetricity.Symmetric);
        var values = eigen.EigenValues.Map(value => Math.Max(0, value.Real));
        var nearest = eigen.EigenVectors.Multiply(Matrix<double>.Build.DenseOfDiagonalVector(values)).TransposeAndMultiply(eigen.EigenVectors);
        var lengthened = new double[size, size];
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++) lengthened[i, j] = (nearest[i, j] + nearest[j, i]) / 2 * norms[i] * norms[j];
        return lengthened;
    }
}
