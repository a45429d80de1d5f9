using System.Numerics;
using System.Runtime.CompilerServices;
using Registers = System.Numerics.Vector;

namespace Polytask;

/// <summary>
/// The k-th largest of all numbers of a model, exactly, without holding or sorting them: a pass counts by the upper 16 bits of the numbers'
/// order, the next one counts those of the right upper bits by their lower 16 bits (Float64: four passes). All models at once. O(T d) time a
/// pass, O(T 2^16) memory a thread.
/// </summary>
internal static class OrderStatistic
{
    private const int Digit = 16;

    /// <summary>A task's numbers in a block.</summary>
    public delegate ReadOnlySpan<T> Values<T>(in Block<T> block, int task) where T : unmanaged;

    /// <summary>The least number of those kept, for the fraction k of largest magnitude: [task]; NaN where none is kept, with which no comparison
    /// holds.</summary>
    /// <param name="passes">The models.</param>
    /// <param name="keep">k: the nearest whole number to k d is kept, and with it all that equal the last one kept.</param>
    public static T[] LeastKept<T>(BlockPasses<T> passes, double keep) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var count = (long)Math.Round(keep * passes.Elements, MidpointRounding.AwayFromZero);
        if (count >= passes.Elements) return new T[passes.Tasks];
        if (count == 0) return [.. Enumerable.Repeat(T.NaN, passes.Tasks)];
        return KthLargest(passes, count, Magnitudes);
    }

    /// <summary>|tau_t|, in the first row of the scratch.</summary>
    public static ReadOnlySpan<T> Magnitudes<T>(in Block<T> block, int task) where T : unmanaged, INumber<T>
    {
        var tau = block.Tau(task);
        var magnitudes = block.Scratch(0);
        var x = SpanArithmetic.Vectors(tau);
        var y = SpanArithmetic.Vectors(magnitudes);
        for (var i = 0; i < x.Length; i++) y[i] = Registers.Abs(x[i]);
        for (var i = x.Length * Vector<T>.Count; i < tau.Length; i++) magnitudes[i] = T.Abs(tau[i]);
        return magnitudes;
    }

    /// <summary>A quantile of each task, by numpy's default: linear between the two numbers at the places around (d - 1) q.</summary>
    public static T[] Quantile<T>(BlockPasses<T> passes, double q, Values<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var place = q * (passes.Elements - 1);
        var below = (long)Math.Floor(place);
        var lower = KthLargest(passes, passes.Elements - below, values);
        var part = T.CreateChecked(place - below);
        if (part == T.Zero) return lower;
        var upper = KthLargest(passes, passes.Elements - below - 1, values);
        return [.. lower.Zip(upper, (a, b) => a + part * (b - a))];
    }

    /// <summary>The k-th largest number of each task, from 1 on.</summary>
    public static T[] KthLargest<T>(BlockPasses<T> passes, long k, Values<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var bits = 8 * Unsafe.SizeOf<T>();
        var (prefixes, ranks) = (new ulong[passes.Tasks], Enumerable.Repeat(k, passes.Tasks).ToArray());
        for (var shift = bits - Digit; shift >= 0; shift -= Digit)
        {
            var counts = Enumerable.Range(0, passes.Workers * passes.Tasks).Select(_ => new long[1 << Digit]).ToArray();
            var (lower, isFirst) = (shift, shift == bits - Digit);
            passes.Run((in Block<T> block) =>
            {
                for (var task = 0; task < passes.Tasks; task++)
                {
                    var found = counts[block.Worker * passes.Tasks + task];
                    var numbers = values(block, task);
                    if (isFirst) Count(numbers, lower, found);
                    else CountUnder(numbers, lower, prefixes[task], found);
                }
            });
            for (var task = 0; task < passes.Tasks; task++)
            {
                var digit = (1 << Digit) - 1;
                for (; ; digit--)
                {
                    var here = 0L;
                    for (var worker = 0; worker < passes.Workers; worker++) here += counts[worker * passes.Tasks + task][digit];
                    if (ranks[task] <= here) break;
                    ranks[task] -= here;
                }
                prefixes[task] = prefixes[task] << Digit | (uint)digit;
            }
        }
        return Array.ConvertAll(prefixes, FromOrder<T>);
    }

    private static void Count<T>(ReadOnlySpan<T> numbers, int shift, long[] counts) where T : unmanaged
    {
        foreach (var number in numbers) counts[(int)(Order(number) >> shift)]++;
    }

    private static void CountUnder<T>(ReadOnlySpan<T> numbers, int shift, ulong prefix, long[] counts) where T : unmanaged
    {
        foreach (var number in numbers)
        {
            var order = Order(number) >> shift;
            if (order >> Digit == prefix) counts[(int)order & (1 << Digit) - 1]++;
        }
    }

    // The bits of a number as a whole number of the same order: of negative numbers all bits are turned, of the others the sign alone.
    private static ulong Order<T>(T number) where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            var bits = Unsafe.BitCast<T, int>(number);
            return (uint)(bits ^ (bits >> 31 | int.MinValue));
        }
        var wide = Unsafe.BitCast<T, long>(number);
        return (ulong)(wide ^ (wide >> 63 | long.MinValue));
    }

    private static T FromOrder<T>(ulong order) where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            var bits = (int)(uint)order;
            return Unsafe.BitCast<int, T>(bits ^ (~bits >> 31 | int.MinValue));
        }
        var wide = (long)order;
        return Unsafe.BitCast<long, T>(wide ^ (~wide >> 63 | long.MinValue));
    }
}
