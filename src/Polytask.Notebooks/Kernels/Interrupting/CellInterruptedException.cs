namespace Polytask.Notebooks.Kernels.Interrupting;

/// <summary>Carries an interruption through a cell's code, which does not get to catch it.</summary>
/// <param name="reason">What the cell's error says after the place; empty where there is nothing to add.</param>
/// <param name="cause">What ended the code, where that was not a check of its own.</param>
internal sealed class CellInterruptedException(string reason = "", Exception? cause = null)
    : Exception("the cell that computes this was interrupted before it was through: run it again", cause)
{
    /// <summary>What the cell's error says after the place.</summary>
    public string Reason { get; } = reason;
}
