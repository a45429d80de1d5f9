using System.Runtime.InteropServices;

namespace Polytask;

/// <summary>
/// Ctrl-C while a model is trained: the first ends the training after the step that it is in, with what there is; a second one ends the program as
/// usual. A host that stops code in its own way, as one of notebooks does, switches it off.
/// </summary>
public sealed class KeyboardInterrupt : IDisposable
{
    private readonly CancellationTokenSource pressed;
    private readonly PosixSignalRegistration? registration;

    /// <summary>Listens until it is disposed.</summary>
    /// <param name="cancellation">A token that counts as Ctrl-C too.</param>
    public KeyboardInterrupt(CancellationToken cancellation = default)
    {
        pressed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (EndsRuns) registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, Take);
    }

    /// <summary>Whether Ctrl-C ends trainings in this process; true unless a host says otherwise.</summary>
    public static bool EndsRuns { get; set; } = true;

    /// <summary>Is cancelled by Ctrl-C.</summary>
    public CancellationToken Token => pressed.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        registration?.Dispose();
        pressed.Dispose();
    }

    private void Take(PosixSignalContext context)
    {
        if (pressed.IsCancellationRequested) return;
        context.Cancel = true;
        pressed.Cancel();
    }
}
