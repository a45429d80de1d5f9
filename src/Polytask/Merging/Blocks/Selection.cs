using System.Numerics;

namespace Polytask;

/// <summary>The k-th largest of whole numbers in memory: their range is cut into a few thousand parts, the part that holds it again, and so
/// on.</summary>
internal static class Selection
{
    private const int Bits = 12;

    // So few are sorted.
    private const int Few = 64;

    /// <summary>The k-th largest, from 1 on; the numbers are put in another order. O(n).</summary>
    public static T KthLargest<T>(Span<T> numbers, int k) where T : unmanaged, IBinaryInteger<T>
    {
        var counts = new int[1 << Bits];
        while (numbers.Length > Few)
        {
            var (least, most) = (numbers[0], numbers[0]);
            foreach (var number in numbers) (least, most) = (T.Min(least, number), T.Max(most, number));
            if (least == most) return least;
            // The range as a number without sign, which may be twice the greatest one with a sign.
            var range = Distance(most, least);
            var shift = Math.Max(0, 64 - BitOperations.LeadingZeroCount(range) - Bits);
            Array.Clear(counts);
            foreach (var number in numbers) counts[Distance(number, least) >> shift]++;
            var part = counts.Length - 1;
            for (; k > counts[part]; part--) k -= counts[part];
            var kept = 0;
            foreach (var number in numbers)
                if ((int)(Distance(number, least) >> shift) == part) numbers[kept++] = number;
            numbers = numbers[..kept];
        }
        numbers.Sort();
        return numbers[^k];

        static ulong Distance(T number, T least) => (ulong)(long.CreateTruncating(number) - long.CreateTruncating(least));
    }
}
