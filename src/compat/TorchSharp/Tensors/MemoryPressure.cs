namespace TorchSharp;

/// <summary>
/// Tells the garbage collector of native memory, without which it would hardly ever run in a loop of large tensors. Large tensors
/// are told one by one, small ones in chunks, because each report costs more than making a small tensor. The collector takes reports as
/// hints: in a long loop it waits ever longer, and finalizers fall behind. So both kinds have a budget for garbage as well.
/// <para>Large tensors in a dispose scope are not told: they are never garbage, and a training that reports in every step what it frees in the same
/// step is answered with one full collection after the other.</para>
/// </summary>
internal static class MemoryPressure
{
    private const int LargeKib = 64;
    private const int ChunkKib = 1024;

    // A native tensor of a few elements still takes about this much.
    private const int OverheadBytes = 512;

    // 8,000 small tensors, which with the graphs behind them may hold ten times as much: more work than a collection and their finalizers.
    private static readonly CollectionBudget small = new(4L << 20, () => Volatile.Read(ref pendingBytes));

    private static readonly CollectionBudget large = new(256L << 20, () => Volatile.Read(ref largeBytes));

    private static long largeBytes;
    private static long pendingBytes;
    private static long reportedChunks;

    /// <summary>Whether tensors of that size are told one by one.</summary>
    internal static bool IsLarge(int kib) => kib >= LargeKib;

    internal static void Add(int kib)
    {
        if (!IsLarge(kib))
        {
            Chunk(((long)kib << 10) + OverheadBytes);
            return;
        }
        GC.AddMemoryPressure((long)kib << 10);
        large.Grew(Interlocked.Add(ref largeBytes, (long)kib << 10));
    }

    internal static void Remove(int kib)
    {
        if (!IsLarge(kib))
        {
            Chunk(-(((long)kib << 10) + OverheadBytes));
            return;
        }
        GC.RemoveMemoryPressure((long)kib << 10);
        large.Fell(Interlocked.Add(ref largeBytes, -((long)kib << 10)));
    }

    private static void Chunk(long bytes)
    {
        var total = Interlocked.Add(ref pendingBytes, bytes);
        var chunks = total / ((long)ChunkKib << 10);
        var reported = Volatile.Read(ref reportedChunks);
        // Reports lag by one chunk, so that a loop whose memory goes up and down over a boundary does not report each time.
        if (chunks > reported) Report(reported, chunks);
        else if (chunks < reported - 1) Report(reported, chunks + 1);
    }

    private static void Report(long from, long to)
    {
        if (Interlocked.CompareExchange(ref reportedChunks, to, from) != from) return;
        var bytes = Math.Abs(to - from) * ((long)ChunkKib << 10);
        if (to > from)
        {
            GC.AddMemoryPressure(bytes);
            small.Grew(Volatile.Read(ref pendingBytes));
        }
        else
        {
            GC.RemoveMemoryPressure(bytes);
            small.Fell(Volatile.Read(ref pendingBytes));
        }
    }
}
