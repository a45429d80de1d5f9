using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// T regression tasks over the same inputs with exactly the wanted similarity and difficulty (MultiTab-Bench: Sinodinos, Wei and Armanfard,
/// "MultiTab", AAAI 2026):
/// <code>
/// P = (1 - p) I + p 1 1^T,   W W^T = P,   x ~ N(0, I)
/// s_k = w_k.x,   y_k = s_k + s_k^2 + ... + s_k^deg(k),   standardised by the training rows, + noise
/// </code>
/// W is P^(1/2) U with random orthonormal rows U, which is the paper's V diag(sqrt(lambda)) U up to a rotation of U. Tasks are named "task 1" to
/// "task T". The draws of a seed do not depend on p or the degrees.
/// </summary>
public sealed class MultiTabBench : DataSource
{
    private readonly double p;
    private readonly int features;
    private readonly int[] degrees;
    private readonly int train;
    private readonly int validation;
    private readonly int test;
    private readonly double noise;

    /// <summary>The generator for a similarity.</summary>
    /// <param name="p">The cosine between the weight vectors of any two tasks, -1/(T - 1) to 1.</param>
    /// <param name="degrees">The degree of each task's polynomial; by default 1, 3, 2, 3, 4, 2, 3, the seven tasks that were published.</param>
    /// <param name="features">D, the number of inputs, at least the number of tasks.</param>
    /// <param name="train">The number of training rows.</param>
    /// <param name="validation">The number of validation rows.</param>
    /// <param name="test">The number of test rows.</param>
    /// <param name="noise">The standard deviation of the noise on the standardised labels.</param>
    /// <exception cref="DataException">A number out of its range.</exception>
    public MultiTabBench(
        double p, IReadOnlyList<int>? degrees = null, int features = 32, int train = 1500, int validation = 500, int test = 3000, double noise = 0.01)
    {
        this.degrees = [.. degrees ?? [1, 3, 2, 3, 4, 2, 3]];
        var tasks = this.degrees.Length;
        if (tasks == 0 || this.degrees.Any(degree => degree is < 1 or > MostDegree))
            throw new DataException($"multitab-bench: degrees {string.Join(", ", this.degrees)}; each task needs one from 1 to {MostDegree}");
        if (features < tasks)
            throw new DataException($"multitab-bench: {tasks} tasks over {features} features; orthogonal directions need at least as many features");
        var least = tasks > 1 ? -1.0 / (tasks - 1) : -1;
        if (!(p >= least && p <= 1))
            throw new DataException(FormattableString.Invariant(
                $"multitab-bench: p is {p}; {tasks} vectors can have pairwise cosines of {least:0.###} to 1 only"));
        if (train < 2 || validation < 1 || test < 1)
            throw new DataException(
                $"multitab-bench: {train} training, {validation} validation and {test} test rows; at least 2, 1 and 1 are needed");
        if (!(noise >= 0 && double.IsFinite(noise))) throw new DataException($"multitab-bench: noise {noise} must be finite and at least 0");
        (this.p, this.features, this.train, this.validation, this.test, this.noise) = (p, features, train, validation, test, noise);
    }

    /// <summary>The highest degree of a task: beyond it the labels' variance is one of a few outliers.</summary>
    public const int MostDegree = 8;

    /// <inheritdoc/>
    public override string Name => FormattableString.Invariant($"multitab-bench, p = {p}");

    /// <summary>The names of the tasks.</summary>
    public IReadOnlyList<string> Tasks => [.. degrees.Select((_, task) => $"task {task + 1}")];

    /// <summary>The weight vectors W of a seed, [tasks][features].</summary>
    public IReadOnlyList<double[]> WeightsOf(int seed)
    {
        var random = StableRandom.For(seed, "multitab-bench: directions");
        var directions = new List<double[]>();
        foreach (var _ in degrees)
        {
            var direction = random.Gaussians(features);
            foreach (var earlier in directions.Concat(directions)) // twice is enough for rounding (Kahan and Parlett)
            {
                var along = Dot(earlier, direction);
                for (var i = 0; i < features; i++) direction[i] -= along * earlier[i];
            }
            var length = Math.Sqrt(Dot(direction, direction));
            directions.Add(Array.ConvertAll(direction, value => value / length));
        }
        // P has the eigenvalue 1 + (T - 1) p along 1 and 1 - p across it, so its root is a I + b 1 1^T.
        var tasks = degrees.Length;
        var a = Math.Sqrt(1 - p);
        var b = (Math.Sqrt(Math.Max(0, 1 + (tasks - 1) * p)) - a) / tasks;
        var sum = Enumerable.Range(0, features).Select(i => directions.Sum(direction => direction[i])).ToArray();
        return [.. directions.Select(direction => direction.Zip(sum, (own, all) => a * own + b * all).ToArray())];
    }

    /// <summary>
    /// The correlation of two tasks' labels before noise, in closed form: with He_n Hermite's polynomials and f_k = sum_n c_kn He_n,
    /// Cov(f_i(s_i), f_j(s_j)) = sum over n of n! c_in c_jn p^n, without n = 0.
    /// </summary>
    /// <param name="first">A task, from 0.</param>
    /// <param name="second">Another, from 0.</param>
    public double Correlation(int first, int second)
    {
        double Covariance(int i, int j, double cosine)
        {
            var (left, right) = (Hermite(degrees[i]), Hermite(degrees[j]));
            return Enumerable.Range(1, Math.Min(degrees[i], degrees[j])).Sum(n => Factorial(n) * left[n] * right[n] * Math.Pow(cosine, n));
        }
        return Covariance(first, second, first == second ? 1 : p) / Math.Sqrt(Covariance(first, first, 1) * Covariance(second, second, 1));
    }

    /// <summary>The splits of a seed: inputs float [rows, features], labels float [rows].</summary>
    public override DataSplits Split(int seed)
    {
        var rows = train + validation + test;
        var inputs = StableRandom.For(seed, "multitab-bench: inputs").Gaussians(rows * features);
        var labels = WeightsOf(seed).Select((weights, task) =>
        {
            var values = new double[rows];
            for (var row = 0; row < rows; row++) values[row] = Polynomial(Dot(weights, inputs.AsSpan(row * features, features)), degrees[task]);
            var scale = Standardisation.Of(values[..train]);
            var noises = StableRandom.For(seed, $"multitab-bench: noise {task}").Gaussians(rows, noise);
            return values.Zip(noises, (value, extra) => (float)((value - scale.Mean) / scale.Deviation + extra)).ToArray();
        }).ToArray();
        var floats = Array.ConvertAll(inputs, value => (float)value);
        Examples Part(int from, int count) => Examples.Joint(tensor(floats[(from * features)..((from + count) * features)]).reshape(count, features),
            [.. labels.Select((label, task) => ($"task {task + 1}", tensor(label[from..(from + count)])))]);
        return new(Part(0, train), Part(train, validation), Part(train + validation, test));
    }

    // Horner's scheme for s + s^2 + ... + s^degree.
    private static double Polynomial(double s, int degree)
    {
        var value = 0.0;
        for (var j = 0; j < degree; j++) value = s * (1 + value);
        return value;
    }

    // The coefficients c_n of s + ... + s^degree in He_0, He_1, ...: s^m = sum over k of m! / (2^k k! (m - 2k)!) He_(m - 2k).
    private static double[] Hermite(int degree)
    {
        var coefficients = new double[degree + 1];
        for (var m = 1; m <= degree; m++)
            for (var k = 0; 2 * k <= m; k++)
                coefficients[m - 2 * k] += Factorial(m) / (Math.Pow(2, k) * Factorial(k) * Factorial(m - 2 * k));
        return coefficients;
    }

    private static double Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++) sum += left[i] * right[i];
        return sum;
    }
}
