using System.Numerics;
using System.Runtime.CompilerServices;

namespace Polytask;

/// <summary>
/// The k-th largest number digit by digit: a pass counts by the upper 16 bits of the numbers' order, the next one counts those of the right upper
/// bits by their lower 16 bits (Float64: four passes).
/// </summary>
internal static class Digits
{
    private const int Digit = 16;

    /// <summary>The k-th largest number of each task, from 1 on, for two k at once.</summary>
    /// <param name="run">Takes a pass over the models or over a sample of them.</param>
    /// <param name="passes">The models.</param>
    /// <param name="first">The first k.</param>
    /// <param name="last">The other k.</param>
    /// <param name="values">The numbers.</param>
    public static (T[] First, T[] Last) KthLargest<T>(Action<BlockRule<T>> run, BlockPasses<T> passes, long first, long last,
        OrderStatistic.Values<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var tasks = passes.Tasks;
        long[] ks = first == last ? [first] : [first, last];
        // By k and task.
        var prefixes = new ulong[ks.Length * tasks];
        long[] ranks = [.. ks.SelectMany(k => Enumerable.Repeat(k, tasks))];
        var bits = 8 * Unsafe.SizeOf<T>();
        for (var shift = bits - Digit; shift >= 0; shift -= Digit)
        {
            // The first digit is counted once for all k.
            var (lower, searched) = (shift, shift == bits - Digit ? tasks : ks.Length * tasks);
            var counts = Enumerable.Range(0, passes.Workers * searched).Select(_ => new long[1 << Digit]).ToArray();
            run((in Block<T> block) =>
            {
                for (var task = 0; task < tasks; task++)
                {
                    var numbers = values(block, task);
                    for (var i = task; i < searched; i += tasks)
                    {
                        if (lower == bits - Digit) Count(numbers, lower, counts[block.Worker * searched + i]);
                        else CountUnder(numbers, lower, prefixes[i], counts[block.Worker * searched + i]);
                    }
                }
            });
            for (var i = 0; i < prefixes.Length; i++)
            {
                var digit = (1 << Digit) - 1;
                for (; ; digit--)
                {
                    var here = 0L;
                    for (var worker = 0; worker < passes.Workers; worker++) here += counts[worker * searched + i % searched][digit];
                    if (ranks[i] <= here) break;
                    ranks[i] -= here;
                }
                prefixes[i] = prefixes[i] << Digit | (uint)digit;
            }
        }
        T[] found = Array.ConvertAll(prefixes, Number<T>);
        return (found[..tasks], found[^tasks..]);
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

    // The order from 0 on.
    private static ulong Order<T>(T number) where T : unmanaged => typeof(T) == typeof(float)
        ? (uint)(NumberOrder.Of<T, int>(number) ^ int.MinValue)
        : (ulong)(NumberOrder.Of<T, long>(number) ^ long.MinValue);

    private static T Number<T>(ulong order) where T : unmanaged => typeof(T) == typeof(float)
        ? NumberOrder.Number<T, int>((int)(uint)order ^ int.MinValue)
        : NumberOrder.Number<T, long>((long)order ^ long.MinValue);
}
