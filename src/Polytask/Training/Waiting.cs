namespace Polytask;

/// <summary>Where a thread that computes can be interrupted, as a notebook does with the thread of a cell.</summary>
internal static class Waiting
{
    /// <summary>A wait that is over at once.</summary>
    /// <exception cref="ThreadInterruptedException">Somebody called <see cref="Thread.Interrupt"/>.</exception>
    public static void Point() => Thread.CurrentThread.Join(0);
}
