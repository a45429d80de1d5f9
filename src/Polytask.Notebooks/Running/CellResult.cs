using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Kernels;

namespace Polytask.Notebooks.Running;

/// <summary>What became of a cell.</summary>
public enum CellState
{
    /// <summary>It has not run: an earlier cell ended the run, or it was not chosen.</summary>
    NotRun,
    /// <summary>Its tag keeps it from running.</summary>
    Skipped,
    /// <summary>An earlier run ran it, and its outputs and values were taken over.</summary>
    Reused,
    /// <summary>It ran.</summary>
    Passed,
    /// <summary>It failed where that was allowed, by an option or by its tag.</summary>
    FailedAsAllowed,
    /// <summary>It failed, and the run ended with it.</summary>
    Failed,
    /// <summary>It ran past a limit, and the run ended with it.</summary>
    TimedOut,
    /// <summary>The caller stopped the run in it.</summary>
    Interrupted,
}

/// <summary>A code cell in the report of a run.</summary>
/// <param name="Cell">The cell with its outputs.</param>
/// <param name="Number">Its number among the cells that can run, counted from 1, as traces have it; null for one that cannot.</param>
/// <param name="State">What became of it.</param>
/// <param name="Seconds">How long it took; 0 where it did not run.</param>
/// <param name="Memory">The memory that it took.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
public sealed record CellResult(Cell Cell, int? Number, CellState State, double Seconds = 0, CellMemory Memory = default, CellError? Error = null)
{
    /// <summary>How reports call the cell: its number and the first line of its source that is not empty.</summary>
    public string Title
    {
        get
        {
            var line = Cell.Source.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0) ?? "(empty)";
            return Number is { } number ? $"cell-{number}: {line}" : line;
        }
    }
}

/// <summary>The most memory that was in use while a cell ran, in bytes; null where it is not known.</summary>
/// <param name="Peak">Of the worker process: resident, with everything that earlier cells left in it.</param>
/// <param name="DevicePeak">Of the GPU, as the host counts it.</param>
public readonly record struct CellMemory(long? Peak, long? DevicePeak);
