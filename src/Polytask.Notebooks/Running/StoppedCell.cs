using Polytask.Notebooks.Kernels;

namespace Polytask.Notebooks.Running;

/// <summary>What is said of a cell that the runner stopped.</summary>
internal static class StoppedCell
{
    /// <param name="place">What traces call the cell.</param>
    /// <param name="limit">The limit that it ran past, in words; null where the caller stopped it.</param>
    /// <param name="own">The error with which it ended when it was interrupted; null where it had to be ended, or was just through.</param>
    public static CellError Error(string place, string? limit, CellError? own)
    {
        if (own is { Name: not CellError.Interrupted })
            return own;
        var interrupted = $"{place} was interrupted";
        var where = own?.Message[interrupted.Length..] ?? ".";
        return limit is null
            ? own ?? Named(CellError.Interrupted, interrupted + where)
            : Named("TimeLimit", $"{place} ran past {limit} and was stopped{where}");

        CellError Named(string name, string message) => new(name, message, [message, .. own?.Traceback.Skip(1) ?? []], own?.Line);
    }
}
