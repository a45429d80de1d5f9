namespace Polytask.Notebooks.Kernels;

/// <summary>Why a cell failed.</summary>
/// <param name="Name">The exception's type, or CompilationError, CompilerFailure, MagicCommandError, Interrupted, WorkerDied,
/// TimeLimit.</param>
/// <param name="Message">What went wrong, in one or a few lines.</param>
/// <param name="Traceback">The lines that a notebook shows: the places, innermost first, as "cell-3:line 2".</param>
/// <param name="Line">The first line of the cell that is concerned, counted from 1; null where there is none.</param>
/// <param name="Column">The column in that line, counted from 1; null where it is not known.</param>
public sealed record CellError(string Name, string Message, IReadOnlyList<string> Traceback, int? Line = null, int? Column = null)
{
    /// <summary>The name of the error of a cell that was interrupted; the message then begins with the cell and "was interrupted".</summary>
    public const string Interrupted = "Interrupted";
}

/// <summary>Carries a cell's error to whoever ran the cell.</summary>
public sealed class CellFailedException(CellError error) : Exception(error.Message)
{
    /// <summary>The error to show.</summary>
    public CellError Error { get; } = error;
}
