using Polytask.Notebooks.Kernels;

namespace Polytask.Notebooks.Running;

/// <summary>
/// Brings interrupts to the cell that they are meant for: they come on the thread that receives requests, while the cell runs on another, may
/// not have begun, or be over by now.
/// </summary>
internal sealed class CellInterrupts
{
    private readonly Lock _gate = new();
    private NotebookSession? _running;
    private bool _waiting;
    private bool _early;

    /// <summary>A cell has been asked for; interrupts from now on are for it.</summary>
    public void Expect()
    {
        lock (_gate)
            _waiting = true;
    }

    /// <summary>The cell is about to run; false where it was interrupted before that. Not on the cell's own thread, which interrupts strike.</summary>
    public bool Begin(NotebookSession session)
    {
        lock (_gate)
        {
            _running = _early ? null : session;
            _waiting = _early = false;
            return _running is not null;
        }
    }

    /// <summary>The cell is over. An interrupt that is on its way is waited for, so that no later cell gets it.</summary>
    public void End()
    {
        lock (_gate)
            _running = null;
    }

    /// <summary>Stops the cell that runs or is about to; nothing where there is none.</summary>
    public void Interrupt()
    {
        lock (_gate)
        {
            _early |= _waiting;
            _running?.Interrupt();
        }
    }
}
