using System.Runtime.InteropServices;

namespace Polytask;

/// <summary>The few operations on small dense matrices that the rules share.</summary>
internal static class Dense
{
    public static double[] Filled(int size, double value)
    {
        var filled = new double[size];
        Array.Fill(filled, value);
        return filled;
    }

    public static double[] Times(double[] vector, double factor) => Array.ConvertAll(vector, value => value * factor);

    /// <summary>A x.</summary>
    public static double[] Product(double[,] matrix, double[] x)
    {
        var product = new double[matrix.GetLength(0)];
        for (var i = 0; i < product.Length; i++)
            product[i] = Cholesky.Dot(MemoryMarshal.CreateReadOnlySpan(ref matrix[i, 0], x.Length), x);
        return product;
    }

    /// <summary>The length of Jᵀ w: the root of wᵀ G w, which rounding may leave below 0.</summary>
    public static double Length(double[,] gramian, double[] w) => Math.Sqrt(Math.Max(0, Cholesky.Dot(w, Product(gramian, w))));

    /// <summary>The lengths n_t of the task gradients.</summary>
    public static double[] Norms(double[,] gramian)
    {
        var norms = new double[gramian.GetLength(0)];
        for (var i = 0; i < norms.Length; i++) norms[i] = Math.Sqrt(Math.Max(0, gramian[i, i]));
        return norms;
    }

    /// <summary>The tasks without gradient: of a length below 1e-15 of the longest.</summary>
    public static bool[] ZeroRows(double[,] gramian)
    {
        var norms = Norms(gramian);
        var least = 1e-15 * norms.Max();
        return Array.ConvertAll(norms, norm => norm <= least);
    }

    /// <summary>The cosines between the task gradients: the Gramian of their unit rows. A row of zeros stays one.</summary>
    public static double[,] Cosines(double[,] gramian)
    {
        var (size, norms, zero) = (gramian.GetLength(0), Norms(gramian), ZeroRows(gramian));
        var cosines = new double[size, size];
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++)
                if (!zero[i] && !zero[j]) cosines[i, j] = gramian[i, j] / (norms[i] * norms[j]);
        return cosines;
    }
}
