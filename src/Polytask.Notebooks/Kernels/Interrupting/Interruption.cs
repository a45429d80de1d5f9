using System.ComponentModel;

namespace Polytask.Notebooks.Kernels.Interrupting;

/// <summary>
/// What the compiled code of C# cells calls so that it can be interrupted: in loops, at the start of functions, in catch clauses and where it
/// awaits. The calls are put in by <see cref="Polytask.Notebooks.Kernels.CSharp.InterruptibleSource" />: authors have no use for this class.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Interruption
{
    // Nothing else is static here: a class with initialisers would have a loop ask at each turn whether they have run.
    private static volatile bool _inForce;

    /// <summary>Ends the code that calls it while a cell is interrupted.</summary>
    /// <exception cref="Exception">It is; the exception passes all catch clauses of the cell.</exception>
    public static void Check()
    {
        if (_inForce)
            Throw();
    }

    /// <summary>Whether a catch clause may have an exception: an interruption passes all of them.</summary>
    public static bool Catches(Exception error) => !_inForce || !CellRun.IsInterruption(error);

    /// <summary>A task that is also over when the cell is interrupted, so that the code that awaits it goes on and leaves.</summary>
    public static Task Awaitable(Task task) => task.IsCompleted || CellRun.Current is not { } run ? task : task.WaitAsync(run.AwaitToken);

    /// <inheritdoc cref="Awaitable(Task)" />
    public static Task<T> Awaitable<T>(Task<T> task) => task.IsCompleted || CellRun.Current is not { } run ? task : task.WaitAsync(run.AwaitToken);

    /// <inheritdoc cref="Awaitable(Task)" />
    public static ValueTask Awaitable(ValueTask task) =>
        task.IsCompleted || CellRun.Current is not { } run ? task : new ValueTask(task.AsTask().WaitAsync(run.AwaitToken));

    /// <inheritdoc cref="Awaitable(Task)" />
    public static ValueTask<T> Awaitable<T>(ValueTask<T> task) =>
        task.IsCompleted || CellRun.Current is not { } run ? task : new ValueTask<T>(task.AsTask().WaitAsync(run.AwaitToken));

    /// <summary>A sequence whose every wait is over when the cell is interrupted.</summary>
    public static IAsyncEnumerable<T> Awaitable<T>(IAsyncEnumerable<T> items) => new InterruptibleSequence<T>(items);

    /// <summary>What else can be awaited is awaited as it is.</summary>
    public static T Awaitable<T>(T other)
        where T : allows ref struct => other;

    /// <summary>Makes the checks end the code that they are in, or no longer.</summary>
    internal static void SetInForce(bool inForce) => _inForce = inForce;

    /// <summary>
    /// The compiler has to see that this never returns: a call that does would have a loop keep its sums in memory, not in registers, and take
    /// six times as long.
    /// </summary>
    private static void Throw() => throw new CellInterruptedException();

    private sealed class InterruptibleSequence<T>(IAsyncEnumerable<T> items) : IAsyncEnumerable<T>
    {
        public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancel) => new Enumerator(items.GetAsyncEnumerator(cancel));

        private sealed class Enumerator(IAsyncEnumerator<T> items) : IAsyncEnumerator<T>
        {
            public T Current => items.Current;

            public ValueTask<bool> MoveNextAsync() => Awaitable(items.MoveNextAsync());

            // An iterator that was left in the middle of its wait refuses to be disposed of.
            public ValueTask DisposeAsync() => CellRun.Current is { IsInterrupted: true } ? default : items.DisposeAsync();
        }
    }
}
