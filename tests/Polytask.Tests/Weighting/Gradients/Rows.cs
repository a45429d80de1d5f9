using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Weightings;

/// <summary>Jacobians as arrays of rows, and what rules make of them.</summary>
internal static class Rows
{
    public static readonly double[][] A = [[-4, 1, 1], [6, 1, 1]];

    public static readonly double[][] B = [[1, 0, 0], [-1, 2, 0], [0, -1, 3]];

    public static double[][] Normal(int seed, int tasks, int size)
    {
        var numbers = StableRandom.For(seed, "rows").Gaussians(tasks * size);
        return [.. Enumerable.Range(0, tasks).Select(t => numbers[(t * size)..((t + 1) * size)])];
    }

    /// <summary>As sines() of tests/peers/weighting_reference.py.</summary>
    public static double[][] Sines(double phase, int tasks, int size, params double[] factors) =>
    [
        .. Enumerable.Range(0, tasks).Select(t => Enumerable.Range(t * size, size)
            .Select(k => Math.Sin((double)k * k * 0.7 + phase) * 1.5 * (factors.Length > 0 ? factors[t] : 1)).ToArray()),
    ];

    /// <summary>Orthogonal rows of these lengths, in a random base.</summary>
    public static double[][] Orthogonal(int seed, params double[] lengths)
    {
        var rows = Normal(seed, lengths.Length, lengths.Length + 2);
        for (var i = 0; i < rows.Length; i++)
        {
            for (var twice = 0; twice < 2; twice++)
                for (var j = 0; j < i; j++) rows[i] = rows[i].Plus(rows[j], -rows[i].Dot(rows[j]) / rows[j].Dot(rows[j]));
            rows[i] = rows[i].Times(lengths[i] / rows[i].Length());
        }
        return rows;
    }

    public static double Dot(this double[] left, double[] right) => left.Zip(right, (a, b) => a * b).Sum();

    public static double Length(this double[] vector) => Math.Sqrt(vector.Dot(vector));

    public static double[] Times(this double[] vector, double factor) => Array.ConvertAll(vector, value => value * factor);

    public static double[] Plus(this double[] left, double[] right, double factor = 1) => [.. left.Zip(right, (a, b) => a + factor * b)];

    public static double Cosine(double[] left, double[] right) => left.Dot(right) / (left.Length() * right.Length());

    /// <summary>J J'ᵀ.</summary>
    public static double[,] Products(double[][] left, double[][] right)
    {
        var products = new double[left.Length, right.Length];
        for (var i = 0; i < left.Length; i++)
            for (var j = 0; j < right.Length; j++) products[i, j] = left[i].Dot(right[j]);
        return products;
    }

    public static double[,] Gramian(this double[][] rows) => Products(rows, rows);

    /// <summary>Jᵀ w.</summary>
    public static double[] Combine(this double[][] rows, double[] w) =>
        rows.Zip(w).Aggregate(new double[rows[0].Length], (sum, row) => sum.Plus(row.First, row.Second));

    public static double[] Mean(this double[][] rows) => rows.Combine([.. rows.Select(_ => 1.0 / rows.Length)]);

    /// <summary>The weights of a first step.</summary>
    public static double[] Weights(this GradientWeighting weighting, double[][] rows, double[]? losses = null) =>
        weighting.Start(rows.Length).Weights(rows, losses);

    public static double[] Weights(this GramianRule rule, double[][] rows, double[]? losses = null) => rule.Weights(rows.Gramian(), losses);

    public static double[] Weights(this GramianRule rule, double[,] gramian, double[]? losses = null)
    {
        losses ??= [.. Enumerable.Repeat(1.0, gramian.GetLength(0))];
        using var w = rule.call(tensor(gramian), tensor(losses));
        Assert.Equal(ScalarType.Float64, w.dtype);
        return w.Numbers();
    }

    public static double[] Direction(this GradientWeighting weighting, double[][] rows) => rows.Combine(weighting.Weights(rows));

    /// <summary>The direction of a rule on rows, split into two parameters; the rows are the gradients of linear losses.</summary>
    public static double[] Direction(this JacobianRule rule, double[][] rows)
    {
        var first = rows[0].Length / 2;
        using var scope = NewDisposeScope();
        var x = zeros(first, dtype: ScalarType.Float64, requires_grad: true);
        var y = zeros(rows[0].Length - first, dtype: ScalarType.Float64, requires_grad: true);
        using var gradients = TaskGradients.Of([.. rows.Select(row => tensor(row[..first]).dot(x) + tensor(row[first..]).dot(y))], [x, y]);
        var blocks = rule.Combine(gradients, ones(rows.Length, dtype: ScalarType.Float64));
        Assert.Equal([first], blocks[0].shape);
        return [.. blocks.SelectMany(block => block.Numbers())];
    }

    public static void Near(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance,
                $"expected [{string.Join(", ", expected)}], got [{string.Join(", ", actual)}]");
    }
}
