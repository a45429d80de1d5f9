using System.Text;

namespace Polytask;

/// <summary>
/// A generator that never changes: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014). Data sets draw
/// from it and not from torch's or .NET's generators, so that a seed means the same rows on every machine, device, thread count and version.
/// Whole numbers and permutations are equal everywhere bit for bit; Gaussians pass through the machine's logarithm and cosine and may differ in the
/// last bit.
/// </summary>
public sealed class StableRandom
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;
    private ulong state;
    private double? spare;

    /// <summary>The sequence of a state.</summary>
    public StableRandom(ulong state) => this.state = state;

    /// <summary>An independent sequence for every pair of a seed and a purpose ("split", "noise", ...), so that a longer draw for one leaves the
    /// others alone.</summary>
    public static StableRandom For(int seed, string purpose)
    {
        var hash = 0xCBF29CE484222325UL; // FNV-1a: string.GetHashCode differs from run to run
        foreach (var value in Encoding.UTF8.GetBytes(purpose)) hash = (hash ^ value) * 0x100000001B3;
        return new StableRandom(Mixed(hash + (ulong)(uint)seed * Gamma));
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextBits() => Mixed(state += Gamma);

    /// <summary>A number in [0, 1), a multiple of 2^-53.</summary>
    public double NextUniform() => (NextBits() >> 11) * (1.0 / (1L << 53));

    /// <summary>A whole number in [0, <paramref name="bound"/>), without bias: draws that would favour small numbers are drawn again.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is below 1.</exception>
    public int NextBelow(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var limit = ulong.MaxValue - ulong.MaxValue % (ulong)bound;
        ulong bits;
        do bits = NextBits();
        while (bits >= limit);
        return (int)(bits % (ulong)bound);
    }

    /// <summary>A draw from N(0, 1), by Box and Muller's transform: two at a time, the second is kept for the next call.</summary>
    public double NextGaussian()
    {
        if (spare is { } kept)
        {
            spare = null;
            return kept;
        }
        var radius = Math.Sqrt(-2 * Math.Log(1 - NextUniform())); // 1 - u lies in (0, 1]: no logarithm of zero
        var (sine, cosine) = Math.SinCos(2 * Math.PI * NextUniform());
        spare = radius * sine;
        return radius * cosine;
    }

    /// <summary><paramref name="count"/> draws from N(0, <paramref name="deviation"/>²).</summary>
    public double[] Gaussians(int count, double deviation = 1)
    {
        var draws = new double[count];
        for (var i = 0; i < count; i++) draws[i] = deviation * NextGaussian();
        return draws;
    }

    /// <summary>The numbers 0 .. <paramref name="count"/> - 1 in random order.</summary>
    public int[] Permutation(int count)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++) order[i] = i;
        Shuffle(order);
        return order;
    }

    /// <summary>Puts the items in random order (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = NextBelow(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    /// <summary>SplitMix64's output function: every bit of the result depends on every bit of the argument.</summary>
    internal static ulong Mixed(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
