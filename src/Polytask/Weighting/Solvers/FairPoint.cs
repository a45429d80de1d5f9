namespace Polytask;

/// <summary>
/// The w > 0 with G w = w^(-1/alpha), element by element: the minimum of ½ wᵀ G w - sum w^(1 - 1/alpha) / (1 - 1/alpha), or - sum log w at alpha
/// = 1, which is strictly convex. Damped Newton from the answer for orthogonal gradients, n_t^(-2 alpha / (1 + alpha)); each step is O(T³). Where
/// the gradients are Pareto stationary no such w exists: 1e-8 of each squared norm is added to the diagonal, so that it is finite. Tolerance: a
/// relative Newton decrement of 1e-6 before the last step, which about squares it. Tasks without gradient are left out and get the weight 1.
/// </summary>
internal static class FairPoint
{
    private const double Ridge = 1e-8, Tolerance = 1e-6;

    /// <param name="gramian">G, [T, T], positive semi-definite.</param>
    /// <param name="alpha">alpha > 0.</param>
    public static double[] Of(double[,] gramian, double alpha)
    {
        var zero = Dense.ZeroRows(gramian);
        int[] tasks = [.. Enumerable.Range(0, zero.Length).Where(task => !zero[task])];
        var weights = Dense.Filled(zero.Length, 1);
        if (tasks.Length == 0) return weights;

        // In the unit of the largest gradient, with w = start * y, the equation is K y = curve * y^(-1/alpha) and K has curve on its diagonal.
        var unit = tasks.Max(task => gramian[task, task]);
        var start = Array.ConvertAll(tasks, task => Math.Pow(gramian[task, task] / unit, -alpha / (1 + alpha)));
        var k = new double[tasks.Length, tasks.Length];
        for (var i = 0; i < tasks.Length; i++)
            for (var j = 0; j < tasks.Length; j++)
                k[i, j] = gramian[tasks[i], tasks[j]] / unit * start[i] * start[j] * (i == j ? 1 + Ridge : 1);
        var curve = new double[tasks.Length];
        for (var i = 0; i < tasks.Length; i++) curve[i] = gramian[tasks[i], tasks[i]] / unit * start[i] * start[i];

        var y = Newton(k, curve, 1 / alpha);
        var factor = Math.Pow(unit, -alpha / (1 + alpha));
        for (var i = 0; i < tasks.Length; i++) weights[tasks[i]] = y[i] * start[i] * factor;
        return weights;
    }

    private static double[] Newton(double[,] k, double[] curve, double power)
    {
        var size = curve.Length;
        var (y, factor) = (Dense.Filled(size, 1), new Cholesky(size));
        for (var round = 0; round < 1000; round++)
        {
            var (at, slope) = (y, Slope(y));
            for (var i = 0; i < size; i++)
            {
                for (var j = 0; j < i; j++) factor.Row(i)[j] = k[i, j];
                factor.Row(i)[i] = k[i, i] + power * curve[i] * Math.Pow(y[i], -power - 1);
            }
            if (!factor.Factor(size)) throw new ArithmeticException("the Gramian is not positive semi-definite");
            var step = Dense.Times(slope, -1);
            factor.Solve(step);
            var (decrement, length) = (-Cholesky.Dot(slope, step), 0.0);
            // The second part is what rounding leaves of the slope where large y cancel.
            for (var i = 0; i < size; i++) length += curve[i] * (Math.Pow(y[i], 1 - power) + 1e-9 * y[i] * y[i]);
            var isLast = decrement <= Tolerance * Tolerance * length;

            // As far as 0.99 of the way to the boundary, and less where the slope along the step has turned and is as steep.
            var portion = 1.0;
            for (var i = 0; i < size; i++)
                if (step[i] < 0) portion = Math.Min(portion, -0.99 * y[i] / step[i]);
            for (var halving = 0; halving < 60; halving++, portion /= 2)
            {
                y = new double[size];
                for (var i = 0; i < size; i++) y[i] = at[i] + portion * step[i];
                if (isLast) return y;
                if (Cholesky.Dot(Slope(y), step) <= 0.9 * decrement) break;
            }
        }
        throw new ArithmeticException($"the fair weights of {size} tasks were not found to {Tolerance} in double precision");

        double[] Slope(double[] at)
        {
            var slope = Dense.Product(k, at);
            for (var i = 0; i < size; i++) slope[i] -= curve[i] * Math.Pow(at[i], -power);
            return slope;
        }
    }
}
