using static TorchSharp.torch;

namespace Polytask;

/// <summary>For each task the other tasks in a random order of its own, from torch's generator.</summary>
internal static class RandomOrder
{
    public static int[][] OfOthers(int tasks)
    {
        using var drawn = rand(tasks, tasks, dtype: ScalarType.Float64);
        var keys = drawn.data<double>().ToArray();
        return [.. Enumerable.Range(0, tasks).Select(i =>
        {
            int[] order = [.. Enumerable.Range(0, tasks)];
            Array.Sort(keys.AsSpan(i * tasks, tasks).ToArray(), order);
            return order.Where(j => j != i).ToArray();
        })];
    }
}
