using System.Runtime.ExceptionServices;

namespace Polytask.Notebooks.Kernels.Interrupting;

/// <summary>
/// One run of a cell, which can be interrupted from another thread. Three things stop code. C# of cells checks (<see cref="Interruption" />),
/// all that runs at that moment: the cell's threads and tasks stop with it, and so do those that earlier cells left running. What the cell's
/// own thread waits for is ended by <see cref="Thread.Interrupt" />, and what its code awaits by a token. Then finally blocks have a moment in
/// which no wait is struck. Code that neither checks nor waits cannot be stopped: a native call, a loop of F# or inside a library, a finally
/// block.
/// </summary>
/// <param name="path">What traces call the cell.</param>
internal sealed class CellRun(string path)
{
    private static readonly AsyncLocal<CellRun?> Ambient = new();
    private static readonly TimeSpan TimeBetweenStrikes = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan TimeToUnwind = TimeSpan.FromSeconds(1);

    /// <summary>Threads and tasks that the cell leaves behind come to a check within this time.</summary>
    private static readonly TimeSpan TimeForTheRest = TimeSpan.FromMilliseconds(100);

    private static readonly Lock InForceGate = new();
    private static int _inForce;

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _stopCleaningUp = new();
    private volatile bool _interrupted;
    private Thread? _thread;
    private bool _ended;

    static CellRun()
    {
        try
        {
            // A thread that a cell starts ends by the exception of a check, which must not take the process with it.
            ExceptionHandling.SetUnhandledExceptionHandler(error => error is CellInterruptedException || IsInterruption(error));
        }
        catch (InvalidOperationException)
        {
            // A process has one handler, and the host has set its own.
        }
    }

    /// <summary>The run whose code the caller is; null outside of one.</summary>
    public static CellRun? Current => Ambient.Value;

    /// <summary>Whether somebody asked for its end.</summary>
    public bool IsInterrupted => _interrupted;

    /// <summary>Is cancelled by an interruption.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>What ends an await that begins now. Those of finally blocks, after an interruption, have a moment.</summary>
    public CancellationToken AwaitToken => (_interrupted ? _stopCleaningUp : _stop).Token;

    /// <summary>Whether an exception of the calling code is an interruption of its run or comes from one.</summary>
    public static bool IsInterruption(Exception error) => error switch
    {
        CellInterruptedException or ThreadInterruptedException => Current is { IsInterrupted: true },
        OperationCanceledException { CancellationToken: var token } when Current is { IsInterrupted: true } run
            && (token == run._stop.Token || token == run._stopCleaningUp.Token) => true,
        AggregateException several => several.InnerExceptions.Any(IsInterruption),
        _ => error.InnerException is { } inner && IsInterruption(inner),
    };

    /// <summary>Waits for a task of the current run. Its awaits end by themselves when the run is interrupted, which takes a moment.</summary>
    public static void Wait(Task task)
    {
        try
        {
            task.GetAwaiter().GetResult();
            return;
        }
        catch (ThreadInterruptedException) when (Current is { IsInterrupted: true })
        {
            for (var end = Environment.TickCount64 + (long)TimeToUnwind.TotalMilliseconds; !task.IsCompleted && Environment.TickCount64 < end;)
                Undisturbed(() => Task.WaitAny([task], TimeSpan.FromMilliseconds(20)));
        }
        if (!task.IsCompleted)
            throw new CellInterruptedException("; what it waited for could not be stopped and goes on in the background");
        task.GetAwaiter().GetResult();
    }

    /// <summary>Runs a cell on the calling thread.</summary>
    /// <exception cref="CellFailedException">It was interrupted and has stopped.</exception>
    public void Run(Action cell)
    {
        var outer = Ambient.Value;
        Ambient.Value = this;
        Exception? failure = null;
        try
        {
            Enter();
            cell();
        }
        catch (Exception error)
        {
            failure = error;
        }
        Leave();
        Ambient.Value = outer;
        if (!_interrupted)
        {
            if (failure is not null)
                ExceptionDispatchInfo.Throw(failure);
            return;
        }

        // Its own thread may have come to its end because another one, which it waited for, was stopped: what that computed is not there.
        throw new CellFailedException(CellTrace.Interrupted(failure ?? new CellInterruptedException(), path));
    }

    /// <summary>Stops the run, from another thread: at once if it has not begun, and not at all if it is over.</summary>
    public void Interrupt()
    {
        lock (_gate)
        {
            if (_interrupted || _ended)
                return;
            _interrupted = true;
        }
        Count(+1);
        _stopCleaningUp.CancelAfter(TimeBetweenStrikes);

        // What waits for a token runs where it is cancelled, and may be anything.
        _ = Task.Run(_stop.Cancel);
        _ = Task.Run(StrikeAsync);
    }

    /// <summary>Code that caught the first strike, as a library may, gets another.</summary>
    private async Task StrikeAsync()
    {
        while (true)
        {
            lock (_gate)
            {
                if (_ended)
                    return;
                _thread?.Interrupt();
            }
            await Task.Delay(TimeBetweenStrikes).ConfigureAwait(false);
        }
    }

    private void Enter()
    {
        lock (_gate)
            _thread = Thread.CurrentThread;
        if (_interrupted)
            throw new CellInterruptedException(" before it began");
    }

    private void Leave()
    {
        Undisturbed(() =>
        {
            lock (_gate)
                (_thread, _ended) = (null, true);

            // A strike that met no wait would meet one of the next cell's.
            Thread.Sleep(0);
        });
        if (!_interrupted)
            return;
        Thread.Sleep(TimeForTheRest);
        Count(-1);
    }

    private static void Count(int change)
    {
        lock (InForceGate)
        {
            _inForce += change;
            Interruption.SetInForce(_inForce > 0);
        }
    }

    private static void Undisturbed(Action action)
    {
        while (true)
        {
            try
            {
                action();
                return;
            }
            catch (ThreadInterruptedException)
            {
                // Again, until none comes.
            }
        }
    }
}
