using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Kernels;
using Polytask.Notebooks.Running;

namespace Polytask.Cli.Terminal;

/// <summary>Shows nothing of a run: what it comes to is in its report.</summary>
internal sealed class SilentView : IRunObserver
{
    /// <inheritdoc />
    public void Resumed(string how) { }

    /// <inheritdoc />
    public void CellStarted(Cell cell, int number, int count, string? heading) { }

    /// <inheritdoc />
    public void Printed(string stream, string text) { }

    /// <inheritdoc />
    public void Displayed(JsonObject data, string? displayId) { }

    /// <inheritdoc />
    public void Resulted(JsonObject data) { }

    /// <inheritdoc />
    public void Failed(Cell cell, CellError error, bool expected) { }

    /// <inheritdoc />
    public void CellEnded(double seconds) { }
}
