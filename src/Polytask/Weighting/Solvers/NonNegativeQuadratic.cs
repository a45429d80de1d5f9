namespace Polytask;

/// <summary>
/// min ½ xᵀ Q x - cᵀ x over x >= 0, for a positive semi-definite Q of which c is in the range: block principal pivoting (Júdice and Pires, 1994)
/// from a few sweeps of coordinate descent. Q is scaled to a diagonal of ones, so that the answer does not depend on the units of the rows, and
/// 1e-12 is added there, so that dependent rows share what they explain. Tolerance: x >= 0, and Q x - c >= -1e-10 of its scale, 0 where x > 0. An
/// iteration is O(T³); a handful is usual.
/// </summary>
internal sealed class NonNegativeQuadratic
{
    private const double Ridge = 1e-12, Tolerance = 1e-11;

    private readonly int size;
    private readonly double[] scale;
    private readonly double[] matrix;
    private readonly Cholesky factor;
    private readonly int[] free;

    /// <param name="q">Q, [T, T], of which only the lower triangle's symmetric meaning is used.</param>
    public NonNegativeQuadratic(double[,] q)
    {
        size = q.GetLength(0);
        (scale, matrix, factor, free) = (new double[size], new double[size * size], new(size), new int[size]);
        for (var i = 0; i < size; i++) scale[i] = q[i, i] > 0 ? 1 / Math.Sqrt(q[i, i]) : 0;
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++)
                matrix[i * size + j] = i == j ? 1 + Ridge : q[i, j] * scale[i] * scale[j];
    }

    /// <param name="c">c, [T].</param>
    public double[] Minimum(ReadOnlySpan<double> c)
    {
        var (target, x, slope) = (new double[size], new double[size], new double[size]);
        var largest = 0.0;
        for (var i = 0; i < size; i++) largest = Math.Max(largest, Math.Abs(target[i] = c[i] * scale[i]));
        if (largest == 0) return x;
        for (var sweep = 0; sweep < 4; sweep++)
            for (var i = 0; i < size; i++)
                x[i] = Math.Max(0, x[i] + target[i] - Cholesky.Dot(Row(i), x));

        var isFree = Array.ConvertAll(x, value => value > 0);
        var (fewest, patience) = (size + 1, 3);
        for (var round = 0; round < 40 * size + 100; round++)
        {
            SolveOn(isFree, target, x, slope);
            var (wrong, last) = (0, -1);
            for (var i = 0; i < size; i++)
                if (IsWrong(i)) (wrong, last) = (wrong + 1, i);
            if (wrong == 0)
            {
                for (var i = 0; i < size; i++) x[i] = Math.Max(0, x[i]) * scale[i];
                return x;
            }
            // All that is wrong changes sides while that helps; else only the last, which ends for every positive definite matrix (Murty, 1974).
            if (wrong < fewest) (fewest, patience) = (wrong, 3);
            else patience--;
            if (patience >= 0)
                for (var i = 0; i < last; i++)
                    if (IsWrong(i)) isFree[i] = !isFree[i];
            isFree[last] = !isFree[last];
        }
        throw new ArithmeticException($"the quadratic problem of {size} tasks was not solved to {Tolerance} in double precision; "
            + "are the Gramian's entries dot products of the same gradients?");

        bool IsWrong(int i) => isFree[i] ? x[i] < -Tolerance * largest : slope[i] < -Tolerance * largest;
    }

    // On the free variables the slope Q x - c is 0, the others are 0.
    private void SolveOn(bool[] isFree, double[] target, double[] x, double[] slope)
    {
        var count = 0;
        for (var i = 0; i < size; i++)
            if (isFree[i]) free[count++] = i;
        for (var i = 0; i < count; i++)
        {
            var row = factor.Row(i);
            for (var j = 0; j <= i; j++) row[j] = matrix[free[i] * size + free[j]];
        }
        if (!factor.Factor(count))
            throw new ArithmeticException("the Gramian is not positive semi-definite");
        Span<double> solution = new double[count];
        for (var k = 0; k < count; k++) solution[k] = target[free[k]];
        factor.Solve(solution);
        Array.Clear(x);
        for (var k = 0; k < count; k++) x[free[k]] = solution[k];
        for (var i = 0; i < size; i++) slope[i] = isFree[i] ? 0 : Cholesky.Dot(Row(i), x) - target[i];
    }

    private ReadOnlySpan<double> Row(int i) => matrix.AsSpan(i * size, size);
}
