using static TorchSharp.torch;

namespace Polytask;

/// <summary>Batches of a task's rows without end: passes over all of them, each in a new order; where they are fewer than a batch, all.</summary>
internal sealed class RowBatches(long rows, int batch, StableRandom random)
{
    private readonly int size = (int)Math.Min(rows, batch);
    private int[] order = [];
    private int next;

    /// <summary>The numbers of the next rows, [batch] of Int64; what is left of a pass below a batch is dropped.</summary>
    public Tensor Next()
    {
        if (next + size > order.Length) (order, next) = (random.Permutation((int)rows), 0);
        var chosen = Array.ConvertAll(order[next..(next + size)], row => (long)row);
        next += size;
        return tensor(chosen);
    }
}
