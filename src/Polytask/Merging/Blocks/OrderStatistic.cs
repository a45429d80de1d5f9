using System.Numerics;
using System.Runtime.CompilerServices;
using Registers = System.Numerics.Vector;

namespace Polytask;

/// <summary>
/// The k-th largest of all numbers of a model, exactly, without holding or sorting them, all models at once, in about one pass: a sample of one
/// number in 128 brackets it, a pass counts what is above the bracket and gathers what is in it (<see cref="Sieve{T, TOrder}"/>), and what is
/// gathered holds the number. Where the bracket missed it, which numbers that are much alike within a tensor and not between tensors can bring
/// about, or would gather too much, and in models of a few hundred thousand numbers, digits of the numbers' order are counted instead
/// (<see cref="Digits"/>). O(T d) time; memory for O(T sqrt d) numbers, at most T d / 256 or T 2^20, and O(T 2^16) a thread.
/// </summary>
internal static class OrderStatistic
{
    /// <summary>From how many numbers on a sample is taken.</summary>
    public const long LeastSampled = 1 << 18;

    // The bracket reaches so many standard deviations of a sample of independent numbers to either side. Those of a block are alike.
    private const double Deviations = 6;

    /// <summary>A task's numbers in a block.</summary>
    public delegate ReadOnlySpan<T> Values<T>(in Block<T> block, int task) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The least number of those kept, for the fraction k of largest magnitude: [task]; NaN where none is kept, with which no comparison
    /// holds.</summary>
    /// <param name="passes">The models.</param>
    /// <param name="keep">k: the nearest whole number to k d is kept, and with it all that equal the last one kept.</param>
    public static T[] LeastKept<T>(BlockPasses<T> passes, double keep) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var count = (long)Math.Round(keep * passes.Elements, MidpointRounding.AwayFromZero);
        if (count >= passes.Elements) return new T[passes.Tasks];
        if (count == 0) return [.. Enumerable.Repeat(T.NaN, passes.Tasks)];
        return KthLargest(passes, count, null);
    }

    /// <summary>A quantile of each task, by numpy's default: linear between the two numbers at the places around (d - 1) q.</summary>
    /// <param name="passes">The models.</param>
    /// <param name="q">In [0, 1].</param>
    /// <param name="values">The numbers; null for |tau_t|.</param>
    public static T[] Quantile<T>(BlockPasses<T> passes, double q, Values<T>? values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var place = q * (passes.Elements - 1);
        var below = (long)Math.Floor(place);
        var part = T.CreateChecked(place - below);
        if (part == T.Zero) return KthLargest(passes, passes.Elements - below, values);
        var found = KthLargest(passes, passes.Elements - below - 1, passes.Elements - below, values);
        return [.. found.Lower.Zip(found.Upper, (a, b) => a + part * (b - a))];
    }

    /// <summary>The k-th largest number of each task, from 1 on; of |tau_t| where no values are given.</summary>
    public static T[] KthLargest<T>(BlockPasses<T> passes, long k, Values<T>? values) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        KthLargest(passes, k, k, values).Upper;

    // The k-th largest numbers for two k, of which the first is at most the second.
    private static (T[] Upper, T[] Lower) KthLargest<T>(BlockPasses<T> passes, long first, long last, Values<T>? values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(float)
            ? KthLargest<T, int>(passes, first, last, values) : KthLargest<T, long>(passes, first, last, values);

    private static (T[] Upper, T[] Lower) KthLargest<T, TOrder>(BlockPasses<T> passes, long first, long last, Values<T>? values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> where TOrder : unmanaged, IBinaryInteger<TOrder>, IMinMaxValue<TOrder>
    {
        if (passes.Elements >= LeastSampled && InBracket<T, TOrder>(passes, first, last, values) is { } found) return found;
        var (upper, lower) = Digits.KthLargest(passes.Run, passes, first, last, values ?? Magnitudes);
        return (upper, lower);
    }

    private static (T[] Upper, T[] Lower)? InBracket<T, TOrder>(BlockPasses<T> passes, long first, long last, Values<T>? values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> where TOrder : unmanaged, IBinaryInteger<TOrder>, IMinMaxValue<TOrder>
    {
        var sampled = passes.ElementsOfSamples;
        if (sampled == 0) return null;
        var share = (double)sampled / passes.Elements;
        var (highest, lowest) = ((long)Math.Floor(first * share - Margin(first)), (long)Math.Ceiling(last * share + Margin(last)));
        var (high, low) = Digits.KthLargest(passes.Sample, passes, Math.Clamp(highest, 1, sampled), Math.Clamp(lowest, 1, sampled),
            values ?? Magnitudes);
        var most = Math.Max(1 << 20, passes.Elements / 256);
        var sieves = new Sieve<T, TOrder>[passes.Workers * passes.Tasks];
        for (var i = 0; i < sieves.Length; i++)
        {
            var task = i % passes.Tasks;
            sieves[i] = new(lowest > sampled ? null : low[task], highest < 1 ? null : high[task], most / passes.Workers);
        }
        passes.Run((in Block<T> block) =>
        {
            var areFinite = true;
            for (var task = 0; task < passes.Tasks; task++)
            {
                var sieve = sieves[block.Worker * passes.Tasks + task];
                if (values is null) areFinite &= sieve.AddMagnitudes(block, task);
                else sieve.Add(values(block, task));
            }
            if (values is null && areFinite) block.AreFinite();
        });
        var (upper, lower) = (new T[passes.Tasks], new T[passes.Tasks]);
        var isFound = true;
        Parallel.For(0, passes.Tasks, task =>
        {
            var own = Enumerable.Range(0, passes.Workers).Select(worker => sieves[worker * passes.Tasks + task]).ToArray();
            if (Sieve<T, TOrder>.KthLargest(own, first) is { } one && Sieve<T, TOrder>.KthLargest(own, last) is { } other)
                (upper[task], lower[task]) = (one, other);
            else isFound = false;
        });
        return isFound ? (upper, lower) : null;

        double Margin(long k)
        {
            var part = (double)k / passes.Elements;
            return Deviations * Math.Sqrt(sampled * part * (1 - part)) + Deviations;
        }
    }

    /// <summary>|tau_t|, in the first row of the scratch.</summary>
    private static ReadOnlySpan<T> Magnitudes<T>(in Block<T> block, int task) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var tau = block.Tau(task);
        var magnitudes = block.Scratch(0);
        var x = SpanArithmetic.Vectors(tau);
        var y = SpanArithmetic.Vectors(magnitudes);
        for (var i = 0; i < x.Length; i++) y[i] = Registers.Abs(x[i]);
        for (var i = x.Length * Vector<T>.Count; i < tau.Length; i++) magnitudes[i] = T.Abs(tau[i]);
        return magnitudes;
    }
}
