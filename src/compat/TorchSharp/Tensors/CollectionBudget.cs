namespace TorchSharp;

/// <summary>
/// Asks for a garbage collection when the memory of small tensors has grown by a budget since the last one, and lets the finalizers catch
/// up. Tensors that a loop drops are young, so the youngest generation is collected first, and the next older one when that freed too little.
/// </summary>
internal static class CollectionBudget
{
    // 8,000 small tensors, which with the graphs behind them may hold ten times as much: more work than a collection and their finalizers.
    private const long SmallestBudget = 4L << 20;

    // Milliseconds without progress after which the finalizers are taken to be done.
    private const int Patience = 20;

    private static readonly Lock collecting = new();
    private static long lowest;
    private static long lowestBefore;
    private static int generation;

    // In proportion to what is in use, so that a program that keeps ever more tensors does not collect ever more often.
    private static long Budget => Math.Max(SmallestBudget, Volatile.Read(ref lowest) / 2);

    /// <summary>Takes note of a change of what small tensors hold.</summary>
    internal static void Note()
    {
        var bytes = MemoryPressure.SmallBytes;
        if (bytes < Volatile.Read(ref lowest)) Volatile.Write(ref lowest, bytes);
        // One thread collects for all.
        if (bytes <= Volatile.Read(ref lowest) + Budget || !collecting.TryEnter()) return;
        try
        {
            Collect();
        }
        finally
        {
            collecting.Exit();
        }
    }

    private static void Collect()
    {
        generation = lowest > lowestBefore + Budget / 2 ? Math.Min(generation + 1, GC.MaxGeneration) : 0;
        lowestBefore = lowest;
        GC.Collect(generation);
        // Finalizers free slower than a loop makes: they are waited for as long as they get on. Not by WaitForPendingFinalizers, which would
        // wait for ever where somebody's finalizer needs a lock that this thread holds.
        var least = MemoryPressure.SmallBytes;
        var nothingToFree = GC.GetGCMemoryInfo(GCKind.Any).FinalizationPendingCount == 0;
        for (var idle = nothingToFree ? Patience : 0; idle < Patience; idle++)
        {
            Thread.Sleep(1);
            var bytes = MemoryPressure.SmallBytes;
            if (bytes >= least) continue;
            (least, idle) = (bytes, 0);
        }
        Volatile.Write(ref lowest, least);
    }
}
