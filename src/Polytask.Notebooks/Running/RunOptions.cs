namespace Polytask.Notebooks.Running;

/// <summary>How to run a notebook.</summary>
public sealed record RunOptions
{
    /// <summary>How to start the process in which cells run.</summary>
    public required WorkerCommand Worker { get; init; }

    /// <summary>Variables that the process has besides those of this one.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

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

    /// <summary>Ends a cell that is being stopped at once: whoever stopped the run does not wait until it has stopped by itself.</summary>
    public CancellationToken EndAtOnce { get; init; }

    /// <summary>The cells that run.</summary>
    public CellSelection Selection { get; init; } = new();

    /// <summary>Continue the unfinished run of this notebook, if there is one.</summary>
    public bool Resume { get; init; }

    /// <summary>The values of a run are saved, for one that continues it, when cells have taken so long since they last were.</summary>
    public TimeSpan SaveValuesAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The folder in which they are saved.</summary>
    public string StateFolder { get; init; } = Resuming.SavedState.DefaultFolder;

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
/// <param name="Cells">Every code cell, in the notebook's order.</param>
/// <param name="Resumed">What was taken over from an earlier run and what ran again, in a line; null where that was not asked for.</param>
/// <param name="SourceWasEdited">Whether the notebook's file was edited while its cells ran, so that the result lies beside it.</param>
public sealed record RunReport(RunStatus Status, Documents.Notebook Notebook, string SavedTo, double Seconds, IReadOnlyList<CellResult> Cells,
    string? Resumed, bool SourceWasEdited = false);
