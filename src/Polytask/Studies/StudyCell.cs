namespace Polytask;

/// <summary>A variant with a seed at a point of the grid: its run, or why there is none.</summary>
/// <param name="Variant">The model's name.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Point">The point of the grid; empty without one.</param>
/// <param name="Run">What came of it; null where it failed.</param>
/// <param name="Failure">Why there is no run; null where there is one.</param>
/// <param name="IsCached">Whether the run was taken from the cache.</param>
public sealed record StudyCell(string Variant, int Seed, GridPoint Point, Run? Run, StudyFailure? Failure = null, bool IsCached = false)
{
    /// <inheritdoc/>
    public override string ToString() => $"'{Variant}', seed {Seed}" + (Point.Values.IsEmpty ? "" : $", {Point}");
}

/// <summary>A cell of a study that has no run.</summary>
/// <param name="Variant">The model's name.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Point">The point of the grid; empty without one.</param>
/// <param name="Message">Why.</param>
/// <param name="Error">What was thrown, where it was thrown in this process.</param>
public sealed record StudyFailure(string Variant, int Seed, GridPoint Point, string Message, Exception? Error = null)
{
    /// <inheritdoc/>
    public override string ToString() => $"'{Variant}', seed {Seed}" + (Point.Values.IsEmpty ? "" : $", {Point}") + $": {Message}";
}
