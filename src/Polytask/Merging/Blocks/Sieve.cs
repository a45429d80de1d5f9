using System.Numerics;
using System.Runtime.CompilerServices;
using Registers = System.Numerics.Vector;

namespace Polytask;

/// <summary>What a thread finds of a task's numbers: how many are above a bracket, and those inside it, up to a number of them. Of a bracket that is
/// one number, such as 0 where much of a model was frozen, they are counted too.</summary>
/// <param name="low">The least number of the bracket; null for no bound.</param>
/// <param name="high">Its greatest one; null for no bound.</param>
/// <param name="most">How many are gathered at most; with more of them nothing is found.</param>
internal sealed class Sieve<T, TOrder>(T? low, T? high, long most) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TOrder : unmanaged, IBinaryInteger<TOrder>, IMinMaxValue<TOrder>
{
    private readonly TOrder low = low is { } number ? NumberOrder.Of<T, TOrder>(number) : TOrder.MinValue;
    private readonly TOrder high = high is { } number ? NumberOrder.Of<T, TOrder>(number) : TOrder.MaxValue;

    private TOrder[] inside = [];
    private int gathered;
    private long above;
    private long equal;
    private bool isFull;

    /// <summary>Adds |tau_t| of a block; whether all are finite.</summary>
    public unsafe bool AddMagnitudes(in Block<T> block, int task)
    {
        var minuend = (T*)block.Minuends[task];
        var subtrahend = block.Subtrahend;
        MakeRoom(block.Length);
        var (lows, highs, isSingle) = (new Vector<TOrder>(low), new Vector<TOrder>(high), low == high);
        var (counts, equals, greatest) = (Vector<TOrder>.Zero, Vector<TOrder>.Zero, Vector<TOrder>.Zero);
        var i = 0;
        for (; i <= block.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            // Of numbers without a sign the bits are their order.
            var order = Registers.As<T, TOrder>(Registers.Abs(Registers.Load(minuend + i) - Registers.Load(subtrahend + i)));
            greatest = Registers.Max(greatest, order);
            Add(order, lows, highs, isSingle, ref counts, ref equals);
        }
        above += Total(counts);
        equal += Total(equals);
        var top = TOrder.Zero;
        for (var lane = 0; lane < Vector<TOrder>.Count; lane++) top = TOrder.Max(top, greatest[lane]);
        for (; i < block.Length; i++)
        {
            var order = NumberOrder.Of<T, TOrder>(T.Abs(minuend[i] - subtrahend[i]));
            top = TOrder.Max(top, order);
            Add(order);
        }
        return top < NumberOrder.Of<T, TOrder>(T.PositiveInfinity);
    }

    /// <summary>Adds numbers.</summary>
    public void Add(ReadOnlySpan<T> numbers)
    {
        MakeRoom(numbers.Length);
        var (lows, highs, isSingle) = (new Vector<TOrder>(low), new Vector<TOrder>(high), low == high);
        var (counts, equals) = (Vector<TOrder>.Zero, Vector<TOrder>.Zero);
        var vectors = SpanArithmetic.Vectors(numbers);
        foreach (var vector in vectors)
        {
            var order = NumberOrder.Of(Registers.As<T, TOrder>(vector));
            Add(order, lows, highs, isSingle, ref counts, ref equals);
        }
        above += Total(counts);
        equal += Total(equals);
        foreach (var number in numbers[(vectors.Length * Vector<T>.Count)..]) Add(NumberOrder.Of<T, TOrder>(number));
    }

    /// <summary>The k-th largest of the numbers of several threads, from 1 on, or null where it was not gathered.</summary>
    public static T? KthLargest(Sieve<T, TOrder>[] sieves, long k)
    {
        k -= sieves.Sum(sieve => sieve.above);
        if (k >= 1 && k <= sieves.Sum(sieve => sieve.equal)) return NumberOrder.Number<T, TOrder>(sieves[0].low);
        TOrder[] numbers = [.. sieves.SelectMany(sieve => sieve.inside.AsSpan(0, sieve.gathered).ToArray())];
        if (sieves.Any(sieve => sieve.isFull) || k < 1 || k > numbers.Length) return null;
        return NumberOrder.Number<T, TOrder>(Selection.KthLargest(numbers, (int)k));
    }

    private void MakeRoom(int count)
    {
        if (gathered > most) (isFull, gathered) = (true, 0);
        var room = gathered + count + Vector<TOrder>.Count;
        if (room > inside.Length) Array.Resize(ref inside, Math.Max(2 * inside.Length, room));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(Vector<TOrder> order, Vector<TOrder> lows, Vector<TOrder> highs, bool isSingle, ref Vector<TOrder> counts, ref Vector<TOrder> equals)
    {
        var isAbove = Registers.GreaterThan(order, highs);
        counts -= isAbove;
        var isOutside = isAbove | Registers.LessThan(order, lows);
        if (isSingle) equals -= ~isOutside;
        else if (isOutside != Vector<TOrder>.AllBitsSet) Gather(order, isOutside);
    }

    // Each lane is written, and kept where it is inside.
    private unsafe void Gather(Vector<TOrder> order, Vector<TOrder> isOutside)
    {
        var numbers = stackalloc TOrder[Vector<TOrder>.Count];
        var outside = stackalloc TOrder[Vector<TOrder>.Count];
        Registers.Store(order, numbers);
        Registers.Store(isOutside, outside);
        ref var next = ref inside[gathered];
        var count = 0;
        for (var lane = 0; lane < Vector<TOrder>.Count; lane++)
        {
            Unsafe.Add(ref next, count) = numbers[lane];
            count += 1 + int.CreateTruncating(outside[lane]);
        }
        gathered += count;
    }

    private static long Total(Vector<TOrder> counts)
    {
        var total = 0L;
        for (var lane = 0; lane < Vector<TOrder>.Count; lane++) total += long.CreateTruncating(counts[lane]);
        return total;
    }

    private void Add(TOrder order)
    {
        if (order > high) above++;
        else if (order >= low && low == high) equal++;
        else if (order >= low) inside[gathered++] = order;
    }
}
