namespace Polytask;

/// <summary>
/// min wᵀ G w over the simplex w >= 0, sum w = 1: the point of least norm in the convex hull of the task gradients. With any s > 0 the minimum of
/// wᵀ G w + s (sum w - 1)² over w >= 0 is the same point times a factor, since its best sum does not depend on its direction: no equality is left
/// for <see cref="NonNegativeQuadratic"/>. Tolerance: (G w)_t >= wᵀ G w - 1e-9 of the scale, for every task.
/// </summary>
internal static class SimplexQuadratic
{
    /// <param name="gramian">G, [T, T], positive semi-definite. Where some rows are zero, their mean is the answer.</param>
    public static double[] Minimum(double[,] gramian)
    {
        var size = gramian.GetLength(0);
        var zero = Dense.ZeroRows(gramian);
        var zeros = zero.Count(isZero => isZero);
        if (zeros > 0) return Array.ConvertAll(zero, isZero => isZero ? 1.0 / zeros : 0);

        var s = double.PositiveInfinity;
        for (var i = 0; i < size; i++) s = Math.Min(s, gramian[i, i]);
        var sum = new double[size, size];
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++) sum[i, j] = gramian[i, j] + s;
        var w = new NonNegativeQuadratic(sum).Minimum(Dense.Filled(size, s));
        return Dense.Times(w, 1 / w.Sum());
    }
}
