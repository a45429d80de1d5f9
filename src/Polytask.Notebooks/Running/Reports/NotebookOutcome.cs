namespace Polytask.Notebooks.Running.Reports;

/// <summary>A notebook in the report of a command that ran several.</summary>
/// <param name="Path">Its path as the caller wrote it.</param>
/// <param name="ExitCode">The exit code that it alone would have given.</param>
/// <param name="Report">How its run went; null where it could not be run.</param>
/// <param name="Refusal">Why it could not be run; null where it was.</param>
public sealed record NotebookOutcome(string Path, int ExitCode, RunReport? Report, string? Refusal);
