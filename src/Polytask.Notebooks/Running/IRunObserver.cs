using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Kernels;

namespace Polytask.Notebooks.Running;

/// <summary>Watches a run as it goes, to show it.</summary>
public interface IRunObserver
{
    /// <summary>The run continues an earlier one, or was asked to and cannot.</summary>
    /// <param name="how">What is taken over and what runs again, in a line.</param>
    void Resumed(string how);

    /// <summary>A cell begins.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="number">Its number, counted from 1 over the code cells that run.</param>
    /// <param name="count">How many code cells run.</param>
    /// <param name="heading">The nearest Markdown heading above it, or null.</param>
    void CellStarted(Cell cell, int number, int count, string? heading);

    /// <summary>Text came on "stdout" or "stderr".</summary>
    void Printed(string stream, string text);

    /// <summary>A value was displayed, or updated where the identifier is one that was displayed before.</summary>
    void Displayed(JsonObject data, string? displayId);

    /// <summary>The value of the cell's last expression.</summary>
    void Resulted(JsonObject data);

    /// <summary>The cell failed.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="error">Why.</param>
    /// <param name="expected">Whether the run goes on all the same.</param>
    void Failed(Cell cell, CellError error, bool expected);

    /// <summary>The cell is over.</summary>
    void CellEnded(double seconds);
}
