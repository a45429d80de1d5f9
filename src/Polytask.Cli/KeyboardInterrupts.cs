using System.Runtime.InteropServices;

namespace Polytask.Cli;

/// <summary>Ctrl-C, and a request to end: the first stops what runs in order, a second one at once.</summary>
internal sealed class KeyboardInterrupts : IDisposable
{
    private readonly CancellationTokenSource _first = new();
    private readonly CancellationTokenSource _second = new();
    private readonly PosixSignalRegistration[] _signals;
    private int _count;

    public KeyboardInterrupts() => _signals =
        [PosixSignalRegistration.Create(PosixSignal.SIGINT, Take), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take)];

    /// <summary>Is cancelled by the first.</summary>
    public CancellationToken First => _first.Token;

    /// <summary>Is cancelled by the second.</summary>
    public CancellationToken Second => _second.Token;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
    }

    private void Take(PosixSignalContext context)
    {
        context.Cancel = true;
        (Interlocked.Increment(ref _count) == 1 ? _first : _second).Cancel();
    }
}
