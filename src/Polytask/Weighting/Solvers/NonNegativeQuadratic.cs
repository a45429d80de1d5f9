namespace Polytask;

/// <summary>
/// min ½ xᵀ Q x - cᵀ x over x >= 0, for a positive semi-definite Q of which c is in the range. From a few sweeps of coordinate descent, block
/// principal pivoting (Júdice and Pires, 1994) ends in a handful of rounds where Q is well conditioned; where it does not help, as with more
/// tasks than dimensions, the active-set method of Lawson and Hanson (1974) follows, about a round for each variable above 0. A round is O(T³).
/// Q is scaled to a diagonal of ones, so that the answer does not depend on the units of the rows, and 1e-12 is added there, so that dependent
/// rows share what they explain. Tolerance: x >= 0, and Q x - c >= -1e-10 of its scale, 0 where x > 0; 1e-8 where rounding stops that.
/// </summary>
internal sealed class NonNegativeQuadratic
{
    private const double Ridge = 1e-12, Tolerance = 1e-11, Loose = 1e-8;

    private readonly int size;
    private readonly double[] scale, matrix, target, x, slope, solution;
    private readonly bool[] isFree;
    private readonly int[] free;
    private readonly Cholesky factor;

    /// <param name="q">Q, [T, T].</param>
    public NonNegativeQuadratic(double[,] q)
    {
        size = q.GetLength(0);
        (scale, matrix, target) = (new double[size], new double[size * size], new double[size]);
        (x, slope, solution, isFree) = (new double[size], new double[size], new double[size], new bool[size]);
        (free, factor) = (new int[size], new(size));
        for (var i = 0; i < size; i++) scale[i] = q[i, i] > 0 ? 1 / Math.Sqrt(q[i, i]) : 0;
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++)
                matrix[i * size + j] = i == j ? 1 + Ridge : q[i, j] * scale[i] * scale[j];
    }

    /// <param name="c">c, [T].</param>
    public double[] Minimum(ReadOnlySpan<double> c)
    {
        var largest = 0.0;
        for (var i = 0; i < size; i++) largest = Math.Max(largest, Math.Abs(target[i] = c[i] * scale[i]));
        Array.Clear(x);
        if (largest == 0) return new double[size];
        for (var sweep = 0; sweep < 6; sweep++)
            for (var i = 0; i < size; i++)
                x[i] = Math.Max(0, x[i] + target[i] - Cholesky.Dot(Row(i), x));
        if (!Pivot(Tolerance * largest) && !AddOneByOne(Tolerance * largest) && !AddOneByOne(Loose * largest))
            throw new ArithmeticException($"the quadratic problem of {size} tasks was not solved to {Loose} in double precision; "
                + "are the Gramian's entries dot products of the same gradients?");
        var result = new double[size];
        for (var i = 0; i < size; i++) result[i] = Math.Max(0, x[i]) * scale[i];
        return result;
    }

    // All variables on the wrong side change sides, for as long as they become fewer.
    private bool Pivot(double tolerance)
    {
        for (var i = 0; i < size; i++) isFree[i] = x[i] > 0;
        for (var (fewest, patience) = (size + 1, 3); patience > 0;)
        {
            SolveOnFree();
            solution.CopyTo(x, 0);
            SetSlope();
            var wrong = 0;
            for (var i = 0; i < size; i++)
            {
                if (isFree[i] ? x[i] >= -tolerance : slope[i] >= -tolerance) continue;
                (isFree[i], wrong) = (!isFree[i], wrong + 1);
            }
            if (wrong == 0) return true;
            (fewest, patience) = wrong < fewest ? (wrong, 3) : (fewest, patience - 1);
        }
        return false;
    }

    // From x = 0: what gains most becomes free, and what the solution would take below 0 stops at 0.
    private bool AddOneByOne(double tolerance)
    {
        Array.Clear(x);
        Array.Clear(isFree);
        for (var round = 0; round < 20 * size + 20; round++)
        {
            SetSlope();
            var best = -1;
            for (var i = 0; i < size; i++)
                if (!isFree[i] && slope[i] < -tolerance && (best < 0 || slope[i] < slope[best])) best = i;
            if (best < 0) return true;
            isFree[best] = true;
            while (true)
            {
                SolveOnFree();
                var (portion, stopping) = (1.0, -1);
                for (var i = 0; i < size; i++)
                    if (isFree[i] && solution[i] < 0 && x[i] / (x[i] - solution[i]) is var way && way <= portion) (portion, stopping) = (way, i);
                for (var i = 0; i < size; i++) x[i] += portion * (solution[i] - x[i]);
                if (stopping < 0) break;
                (x[stopping], isFree[stopping]) = (0, false);
            }
        }
        return false;
    }

    private void SolveOnFree()
    {
        var count = 0;
        for (var i = 0; i < size; i++)
            if (isFree[i]) free[count++] = i;
        for (var i = 0; i < count; i++)
        {
            var row = factor.Row(i);
            for (var j = 0; j <= i; j++) row[j] = matrix[free[i] * size + free[j]];
        }
        if (!factor.Factor(count)) throw new ArithmeticException("the Gramian is not positive semi-definite");
        Span<double> values = count <= 256 ? stackalloc double[count] : new double[count];
        for (var k = 0; k < count; k++) values[k] = target[free[k]];
        factor.Solve(values);
        Array.Clear(solution);
        for (var k = 0; k < count; k++) solution[free[k]] = values[k];
    }

    private void SetSlope()
    {
        for (var i = 0; i < size; i++) slope[i] = isFree[i] ? 0 : Cholesky.Dot(Row(i), x) - target[i];
    }

    private ReadOnlySpan<double> Row(int i) => matrix.AsSpan(i * size, size);
}
