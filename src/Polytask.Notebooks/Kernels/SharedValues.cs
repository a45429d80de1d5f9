using System.Collections.Concurrent;
using System.ComponentModel;

namespace Polytask.Notebooks.Kernels;

/// <summary>Values on their way from one kernel to another. The code that takes them is generated: cells have no use for this class.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SharedValues
{
    private static readonly ConcurrentDictionary<int, object?> Waiting = new();
    private static int _last;

    /// <summary>Takes a value out.</summary>
    public static object? Take(int ticket) =>
        Waiting.TryRemove(ticket, out var value) ? value : throw new InvalidOperationException($"no value waits under the number {ticket}");

    internal static int Put(object? value)
    {
        var ticket = Interlocked.Increment(ref _last);
        Waiting[ticket] = value;
        return ticket;
    }
}
