namespace Polytask.Notebooks.Running;

/// <summary>How to run a notebook.</summary>
public sealed record RunOptions
{
    /// <summary>How to start the process in which cells run.</summary>
    public required WorkerCommand Worker { get; init; }

    /// <summary>Where the executed notebook goes, saved after each cell. Null: over the source if every cell succeeds, else beside it.</summary>
    public string? Output { get; init; }

    /// <summary>Values for the variables of the cell tagged "parameters", as they were typed.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>The time for the whole notebook.</summary>
    public TimeSpan? TotalLimit { get; init; }

    /// <summary>The time for each cell.</summary>
    public TimeSpan? CellLimit { get; init; }

    /// <summary>Go on after a cell that failed, and count the run as a success.</summary>
    public bool AllowErrors { get; init; }

    /// <summary>Called when the cells have run, before the notebook is saved for the last time: a host may record things in its metadata.</summary>
    public Action<FinishedRun>? Finishing { get; init; }
}

/// <summary>A notebook whose cells have run.</summary>
/// <param name="Notebook">The notebook with its outputs.</param>
/// <param name="Parameters">The parameters as they were: the notebook's own values, or those that the caller set.</param>
/// <param name="CellSeconds">The time that the cells took together.</param>
public sealed record FinishedRun(Documents.Notebook Notebook, IReadOnlyDictionary<string, string> Parameters, double CellSeconds);

/// <summary>How a run ended.</summary>
public enum RunStatus
{
    /// <summary>Every cell ran, or failed where that was allowed.</summary>
    Succeeded,
    /// <summary>A cell failed, or its worker died.</summary>
    Failed,
    /// <summary>A limit was reached.</summary>
    TimedOut,
    /// <summary>The caller stopped it.</summary>
    Interrupted,
}

/// <summary>What a run gave.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Notebook">The notebook with its outputs.</param>
/// <param name="SavedTo">The file that holds it.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record RunReport(RunStatus Status, Documents.Notebook Notebook, string SavedTo, double Seconds);
