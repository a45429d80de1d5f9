namespace Polytask.Notebooks.Display;

/// <summary>Where a cell asks the person in front of the notebook.</summary>
public interface ICellInput
{
    /// <summary>Whether anybody can answer.</summary>
    bool CanAsk { get; }

    /// <summary>Asks and waits for the answer.</summary>
    /// <param name="prompt">What is asked.</param>
    /// <param name="hidden">Whether the answer is not to be seen while it is typed.</param>
    /// <exception cref="InputUnavailableException">Nobody can answer.</exception>
    /// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
    string Ask(string prompt, bool hidden);
}

/// <summary>A cell asks for input, and nobody can answer.</summary>
public sealed class InputUnavailableException() : InvalidOperationException(
    "the cell asks for input, and nobody can answer: the notebook is run by a program (polytask run, nbclient, nbconvert) or in an editor that does "
    + "not ask. Bind the value in a cell tagged 'parameters' and set it with -p name=value");

/// <summary>The place that <c>GetInputAsync</c> and its relatives ask at.</summary>
public static class CellInput
{
    /// <summary>The process's input; a worker sets it once. Null: nobody can answer.</summary>
    public static ICellInput? Current { get; set; }

    internal static string Ask(string prompt, bool hidden) => (Current ?? throw new InputUnavailableException()).Ask(prompt, hidden);
}
