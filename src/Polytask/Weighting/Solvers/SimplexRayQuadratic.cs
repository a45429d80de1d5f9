namespace Polytask;

/// <summary>
/// min |sum_t pi_t f_t + nu q|² / 2 - nu phi over the simplex of pi and nu >= 0: convex, with one linear term that <see cref="SimplexQuadratic"/> has
/// not. By the method of multipliers (Hestenes, 1969): y (sum pi - 1) and a penalty take the place of the equality, and what is left is a
/// <see cref="NonNegativeQuadratic"/>; a dozen rounds. Tolerance: 1e-8 of the scale in each slope.
/// </summary>
internal static class SimplexRayQuadratic
{
    private const double Tolerance = 1e-12;
    private const int Rounds = 200;

    /// <param name="gramian">f_s · f_t, [T, T].</param>
    /// <param name="across">f_t · q, [T].</param>
    /// <param name="square">q · q.</param>
    /// <param name="phi">phi, at least 0.</param>
    /// <returns>pi, [T].</returns>
    public static double[] Minimum(double[,] gramian, double[] across, double square, double phi)
    {
        var size = across.Length;
        var largest = square;
        for (var t = 0; t < size; t++) largest = Math.Max(largest, gramian[t, t]);
        if (largest == 0) return Dense.Filled(size, 1.0 / size);
        var penalty = 10 * largest;
        var (matrix, target) = (new double[size + 1, size + 1], new double[size + 1]);
        for (var s = 0; s < size; s++)
        {
            for (var t = 0; t < size; t++) matrix[s, t] = gramian[s, t] + penalty;
            matrix[s, size] = matrix[size, s] = across[s];
        }
        (matrix[size, size], target[size]) = (square, phi);
        var problem = new NonNegativeQuadratic(matrix);
        var (y, pi) = (0.0, Dense.Filled(size, 1.0 / size));
        for (var round = 0; round < Rounds; round++)
        {
            for (var t = 0; t < size; t++) target[t] = y + penalty;
            pi = problem.Minimum(target)[..size];
            var missing = 1 - pi.Sum();
            y += penalty * missing;
            if (Math.Abs(missing) < Tolerance) break;
        }
        return Dense.Times(pi, 1 / pi.Sum());
    }
}
