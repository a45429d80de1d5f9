using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Two regression tasks over the same inputs whose agreement is set by one number p (Ma et al., "Modeling task relationships in multi-task learning
/// with multi-gate mixture-of-experts", KDD 2018, section 3.2). With orthogonal unit vectors u1, u2:
/// <code>
/// w1 = c u1,   w2 = c (p u1 + sqrt(1 - p^2) u2),   x ~ N(0, I)
/// y_k = w_k.x + sum_i sin(alpha_i w_k.x + beta_i) + noise
/// </code>
/// so that cos(w1, w2) = p; alpha_i, beta_i ~ N(0, 1) are the same for both tasks. The correlation of the labels rises with p but is not equal to it.
/// Labels are standardised by the mean and the standard deviation of the training rows. Tasks are named "first" and "second".
/// The draws of a seed do not depend on p: the same u1, u2, alpha, beta, inputs and noise serve every p, so results can be paired by seed.
/// </summary>
public sealed class CorrelatedTasks : DataSource
{
    private readonly double p;
    private readonly int features;
    private readonly int train;
    private readonly int validation;
    private readonly int test;
    private readonly int sines;
    private readonly double scale;
    private readonly double noise;

    /// <summary>The generator for a correlation.</summary>
    /// <param name="p">The cosine between the tasks' weight vectors, -1 to 1.</param>
    /// <param name="features">d, the number of inputs (the paper: 100).</param>
    /// <param name="train">The number of training rows.</param>
    /// <param name="validation">The number of validation rows (the paper has none; they choose the epoch).</param>
    /// <param name="test">The number of test rows.</param>
    /// <param name="sines">m, the number of sine terms.</param>
    /// <param name="scale">c, the length of the weight vectors.</param>
    /// <param name="noise">The standard deviation of the noise on the labels, before they are standardised.</param>
    /// <exception cref="DataException">A number out of its range.</exception>
    public CorrelatedTasks(
        double p, int features = 50, int train = 4000, int validation = 1000, int test = 2000, int sines = 5, double scale = 1, double noise = 0.1)
    {
        if (p is not (>= -1 and <= 1)) throw new DataException($"correlated tasks: p is {p}; the cosine of two vectors lies between -1 and 1");
        if (features < 2) throw new DataException($"correlated tasks: {features} features; two orthogonal directions need at least 2");
        if (train < 2 || validation < 1 || test < 1)
            throw new DataException(
                $"correlated tasks: {train} training, {validation} validation and {test} test rows; at least 2, 1 and 1 are needed");
        if (sines < 0 || !(scale > 0 && double.IsFinite(scale)) || !(noise >= 0 && double.IsFinite(noise)))
            throw new DataException(
                $"correlated tasks: sines {sines}, scale {scale} and noise {noise} must be finite and at least 0, and scale above 0");
        (this.p, this.features, this.sines, this.scale, this.noise) = (p, features, sines, scale, noise);
        (this.train, this.validation, this.test) = (train, validation, test);
    }

    /// <inheritdoc/>
    public override string Name => FormattableString.Invariant($"correlated tasks, p = {p}");

    /// <summary>The weight vectors w1 and w2 of a seed, [features] each.</summary>
    public (double[] First, double[] Second) WeightsOf(int seed)
    {
        var random = StableRandom.For(seed, "correlated tasks: directions");
        var (u1, u2) = (random.Gaussians(features), random.Gaussians(features));
        Normalise(u1);
        var along = Dot(u1, u2);
        for (var i = 0; i < features; i++) u2[i] -= along * u1[i];
        Normalise(u2);
        var rest = Math.Sqrt(1 - p * p);
        return (Array.ConvertAll(u1, value => scale * value), [.. u1.Zip(u2, (a, b) => scale * (p * a + rest * b))]);
    }

    /// <summary>The Pearson correlation of the two tasks' training labels for a seed.</summary>
    public double PearsonOf(int seed)
    {
        var (_, first, second) = Drawn(seed);
        var (a, b) = (Standardisation.Of(first[..train]), Standardisation.Of(second[..train]));
        return Enumerable.Range(0, train).Average(row => (first[row] - a.Mean) / a.Deviation * ((second[row] - b.Mean) / b.Deviation));
    }

    /// <summary>The splits of a seed: inputs float [rows, features], labels float [rows].</summary>
    public override DataSplits Split(int seed)
    {
        var (inputs, first, second) = Drawn(seed);
        var (a, b) = (Standardisation.Of(first[..train]), Standardisation.Of(second[..train]));
        Examples Part(int from, int count) => Examples.Joint(
            tensor(inputs[(from * features)..((from + count) * features)]).reshape(count, features),
            ("first", tensor(Array.ConvertAll(first[from..(from + count)], a.Applied))),
            ("second", tensor(Array.ConvertAll(second[from..(from + count)], b.Applied))));
        return new(Part(0, train), Part(train, validation), Part(train + validation, test));
    }

    private (float[] Inputs, double[] First, double[] Second) Drawn(int seed)
    {
        var rows = train + validation + test;
        var (w1, w2) = WeightsOf(seed);
        var coefficients = StableRandom.For(seed, "correlated tasks: sines");
        var (alpha, beta) = (coefficients.Gaussians(sines), coefficients.Gaussians(sines));
        var inputs = StableRandom.For(seed, "correlated tasks: inputs").Gaussians(rows * features);
        var noises = StableRandom.For(seed, "correlated tasks: noise").Gaussians(2 * rows, noise);
        double Label(double projection, double extra)
        {
            var label = projection + extra;
            for (var i = 0; i < sines; i++) label += Math.Sin(alpha[i] * projection + beta[i]);
            return label;
        }
        var (first, second) = (new double[rows], new double[rows]);
        for (var row = 0; row < rows; row++)
        {
            var x = inputs.AsSpan(row * features, features);
            first[row] = Label(Dot(w1, x), noises[2 * row]);
            second[row] = Label(Dot(w2, x), noises[2 * row + 1]);
        }
        return (Array.ConvertAll(inputs, value => (float)value), first, second);
    }

    private static void Normalise(double[] vector)
    {
        var length = Math.Sqrt(Dot(vector, vector));
        for (var i = 0; i < vector.Length; i++) vector[i] /= length;
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++) sum += left[i] * right[i];
        return sum;
    }
}
