using System.Numerics;

namespace Polytask;

/// <summary>A = L Lᵀ of a small positive definite matrix in double precision; O(n³ / 6) multiplications. The matrix is written into
/// the rows, a column for each at most the row's number, and L takes its place.</summary>
internal sealed class Cholesky(int capacity)
{
    private readonly double[] rows = new double[capacity * capacity];
    private int size;

    /// <summary>Row i of the matrix, later of L.</summary>
    public Span<double> Row(int i) => rows.AsSpan(i * capacity, capacity);

    /// <summary>Factors the matrix of that size that was written into the rows.</summary>
    /// <returns>False where a pivot is not positive: the matrix is not positive definite to double precision.</returns>
    public bool Factor(int order)
    {
        size = order;
        for (var i = 0; i < size; i++)
        {
            var row = Row(i);
            for (var j = 0; j < i; j++)
            {
                var earlier = Row(j);
                row[j] = (row[j] - Dot(row[..j], earlier[..j])) / earlier[j];
            }
            var pivot = row[i] - Dot(row[..i], row[..i]);
            if (!(pivot > 0)) return false;
            row[i] = Math.Sqrt(pivot);
        }
        return true;
    }

    /// <summary>Replaces b by the solution x of A x = b.</summary>
    public void Solve(Span<double> b)
    {
        for (var i = 0; i < size; i++) b[i] = (b[i] - Dot(Row(i)[..i], b[..i])) / Row(i)[i];
        for (var i = size - 1; i >= 0; i--)
        {
            b[i] /= Row(i)[i];
            var row = Row(i);
            for (var j = 0; j < i; j++) b[j] -= row[j] * b[i];
        }
    }

    /// <summary>The dot product of two spans of one length.</summary>
    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sum = Vector<double>.Zero;
        var i = 0;
        for (; i <= left.Length - Vector<double>.Count; i += Vector<double>.Count)
            sum += new Vector<double>(left[i..]) * new Vector<double>(right[i..]);
        var total = System.Numerics.Vector.Sum(sum);
        for (; i < left.Length; i++) total += left[i] * right[i];
        return total;
    }
}
