using System.Numerics;

namespace Polytask;

/// <summary>
/// Random numbers by place: the i-th of a seed without those before it. A whole number is mixed twice by a bijection of 32 bits with low bias
/// (multipliers by C. Wellons' search, "hash-prospector"), each time with another half of the seed.
/// </summary>
internal static class CounterRandom
{
    /// <summary>The numbers from a place on, each uniform in [0, 2^32).</summary>
    public static void Fill(Span<uint> numbers, ulong seed, long start)
    {
        var vectors = SpanArithmetic.Vectors(numbers);
        var i = 0;
        // The place's lower half counts along the registers; where it would turn over within them, one by one.
        if ((uint)start <= uint.MaxValue - (uint)numbers.Length)
        {
            var high = Mix((uint)(seed >> 32) ^ (uint)(start >> 32) * 0x9E3779B9);
            var (low, highs) = (new Vector<uint>((uint)seed), new Vector<uint>(high));
            var places = new Vector<uint>((uint)start) + Vector<uint>.Indices;
            for (; i < vectors.Length; i++, places += new Vector<uint>((uint)Vector<uint>.Count)) vectors[i] = Mix(Mix(places ^ low) ^ highs);
        }
        for (var k = i * Vector<uint>.Count; k < numbers.Length; k++)
        {
            var place = start + k;
            numbers[k] = Mix(Mix((uint)place ^ (uint)seed) ^ Mix((uint)(seed >> 32) ^ (uint)(place >> 32) * 0x9E3779B9));
        }
    }

    private static uint Mix(uint x)
    {
        x = (x ^ x >> 16) * 0x7FEB352D;
        x = (x ^ x >> 15) * 0x846CA68B;
        return x ^ x >> 16;
    }

    private static Vector<uint> Mix(Vector<uint> x)
    {
        x = (x ^ (x >>> 16)) * new Vector<uint>(0x7FEB352D);
        x = (x ^ (x >>> 15)) * new Vector<uint>(0x846CA68B);
        return x ^ (x >>> 16);
    }
}
