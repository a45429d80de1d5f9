namespace TorchSharp;

/// <summary>
/// Asks for a garbage collection when the native memory of some tensors has grown by a budget since the last one, and lets the finalizers
/// catch up. Tensors that a loop drops are young, so the youngest generation is collected first, and the next older one when that freed too
/// little.
/// </summary>
/// <param name="smallest">The smallest budget, in bytes.</param>
/// <param name="held">The bytes that the tensors hold now.</param>
internal sealed class CollectionBudget(long smallest, Func<long> held)
{
    private const int PatienceMilliseconds = 1000;

    private readonly Lock collecting = new();
    private long lowest;
    private long lowestBefore;
    private int generation;

    // In proportion to what is in use, so that a program that keeps ever more tensors does not collect ever more often.
    private long Budget => Math.Max(smallest, Volatile.Read(ref lowest) / 2);

    internal void Fell(long bytes)
    {
        if (bytes < Volatile.Read(ref lowest)) Volatile.Write(ref lowest, bytes);
    }

    internal void Grew(long bytes)
    {
        // One thread collects for all.
        if (bytes <= Volatile.Read(ref lowest) + Budget || !collecting.TryEnter()) return;
        try
        {
            generation = lowest > lowestBefore + Budget / 2 ? Math.Min(generation + 1, GC.MaxGeneration) : 0;
            lowestBefore = lowest;
            GC.Collect(generation);
            // Finalizers free slower than a loop makes, so it waits for them; not for ever, because somebody's finalizer may need a lock that
            // this thread holds. (A task is not run by the thread that waits for it with a limit.)
            Task.Run(GC.WaitForPendingFinalizers).Wait(PatienceMilliseconds);
            Volatile.Write(ref lowest, held());
        }
        finally
        {
            collecting.Exit();
        }
    }
}
