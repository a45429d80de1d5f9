using StudentDistribution = MathNet.Numerics.Distributions.StudentT;

namespace Polytask.Analysis;

/// <summary>A two-sided test of whether paired differences are zero on average. Variants of a study share a seed's data and batches, so pairing by
/// seed takes out what a seed does to all of them.</summary>
public abstract record PairedTest
{
    private protected PairedTest() { }

    /// <summary>What notes call it.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Student's paired t-test, the default: a result of a seed is a mean over many test rows, so that differences are close to normal, and a handful
    /// of seeds is enough for a small p-value.
    /// </summary>
    public static PairedTest StudentT() => new StudentTTest();

    /// <summary>
    /// Fisher's sign-flip test (The Design of Experiments, 1935, section 21), exact and without the assumption of normality: the share of all 2^n
    /// choices of signs whose sum is at least as far from zero. Its smallest p-value is 2 / 2^n, so it cannot reach 0.05 with fewer than 6 seeds.
    /// </summary>
    public static PairedTest SignFlip() => new SignFlipTest();

    /// <summary>The p-value, 0 to 1; NaN where the test is not defined (fewer than two differences, or a t-test of equal ones).</summary>
    /// <param name="differences">One per seed, finite.</param>
    public abstract double PValue(IReadOnlyList<double> differences);

    /// <summary>The smallest p-value that so many seeds can give; 0 where there is none.</summary>
    internal abstract double SmallestPValue(int seeds);

    private sealed record StudentTTest : PairedTest
    {
        public override string Name => "paired t-test";

        public override double PValue(IReadOnlyList<double> differences)
        {
            var (mean, deviation) = Moments.Of(differences);
            // Equal differences have no spread to hold their mean against.
            if (differences.Count < 2 || deviation <= Moments.Resolution(differences)) return double.NaN;
            return 2 * StudentDistribution.CDF(0, 1, differences.Count - 1, -Math.Abs(mean / (deviation / Math.Sqrt(differences.Count))));
        }

        internal override double SmallestPValue(int seeds) => 0;
    }

    private sealed record SignFlipTest : PairedTest
    {
        private const int MostSeeds = 24;

        public override string Name => "exact sign-flip test";

        public override double PValue(IReadOnlyList<double> differences)
        {
            var count = differences.Count;
            if (count < 2) return double.NaN;
            if (count > MostSeeds)
                throw new DataException($"the sign-flip test looks at all 2^n signs and takes at most {MostSeeds} seeds, but got {count}; "
                    + "use PairedTest.StudentT()");
            var observed = Math.Abs(differences.Sum()) - Moments.Resolution(differences);
            var signs = Enumerable.Repeat(1, count).ToArray();
            double sum = differences.Sum();
            long extreme = 1, all = 1L << (count - 1);
            // Gray's code: every choice of signs differs from the one before in one of them. The last sign stays, as all flipped is as extreme.
            for (long step = 1; step < all; step++)
            {
                var flipped = System.Numerics.BitOperations.TrailingZeroCount(step);
                signs[flipped] = -signs[flipped];
                sum += 2 * signs[flipped] * differences[flipped];
                if (Math.Abs(sum) >= observed) extreme++;
            }
            return (double)extreme / all;
        }

        internal override double SmallestPValue(int seeds) => 2 / Math.Pow(2, seeds);
    }
}
