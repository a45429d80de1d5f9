namespace TorchSharp;

/// <summary>
/// Tells the garbage collector of native memory, without which it would hardly ever run in a loop of large tensors. In chunks, because a report
/// costs more than making a small tensor, and because the collector answers reports of what comes and goes in every step of a training with one
/// full collection after the other. It takes them as hints: in a long loop it waits ever longer, and finalizers fall behind. So both kinds of
/// tensors have a budget for garbage as well.
/// </summary>
internal sealed class MemoryPressure
{
    private const int LargeKib = 64;

    // A native tensor of a few elements still takes about this much.
    private const int OverheadBytes = 512;

    // A budget of 8,000 small tensors, which with the graphs behind them may hold ten times as much: more work than a collection and their finalizers.
    private static readonly MemoryPressure small = new(chunk: 1L << 20, budget: 4L << 20);

    private static readonly MemoryPressure large = new(chunk: 32L << 20, budget: 256L << 20);

    private readonly long chunk;
    private readonly CollectionBudget collection;
    private long held;
    private long reportedChunks;

    private MemoryPressure(long chunk, long budget) => (this.chunk, collection) = (chunk, new(budget, () => Volatile.Read(ref held)));

    internal static void Add(int kib) => (kib < LargeKib ? small : large).Change(((long)kib << 10) + OverheadBytes);

    internal static void Remove(int kib) => (kib < LargeKib ? small : large).Change(-(((long)kib << 10) + OverheadBytes));

    private void Change(long bytes)
    {
        var chunks = Interlocked.Add(ref held, bytes) / chunk;
        var reported = Volatile.Read(ref reportedChunks);
        // Reports lag by one chunk, so that a loop whose memory goes up and down over a boundary does not report each time.
        if (chunks > reported) Report(reported, chunks);
        else if (chunks < reported - 1) Report(reported, chunks + 1);
    }

    private void Report(long from, long to)
    {
        if (Interlocked.CompareExchange(ref reportedChunks, to, from) != from) return;
        var bytes = Math.Abs(to - from) * chunk;
        if (to > from)
        {
            GC.AddMemoryPressure(bytes);
            collection.Grew(Volatile.Read(ref held));
        }
        else
        {
            GC.RemoveMemoryPressure(bytes);
            collection.Fell(Volatile.Read(ref held));
        }
    }
}
