using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;

namespace Polytask.Notebooks.Running.Reports;

/// <summary>Runs as JSON for programs: per notebook the status and where it was saved, per code cell its state, time, memory and error.</summary>
public static class JsonReport
{
    private const long Version = 1;

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<NotebookOutcome> outcomes) => AtomicFile.WriteAllText(path, ToText(outcomes));

    /// <summary>The document.</summary>
    public static string ToText(IReadOnlyList<NotebookOutcome> outcomes) => PythonJson.Write(new JsonObject
    {
        ["version"] = Version,
        ["notebooks"] = new JsonArray([.. outcomes.Select(Notebook)]),
    }) + "\n";

    private static JsonObject Notebook(NotebookOutcome outcome) => new()
    {
        ["path"] = outcome.Path,
        ["exit_code"] = (long)outcome.ExitCode,
        ["status"] = outcome.Report is { } report ? Name(report.Status) : "refused",
        ["refusal"] = outcome.Refusal,
        ["saved_to"] = outcome.Report?.SavedTo,
        ["resumed"] = outcome.Report?.Resumed,
        ["seconds"] = Math.Round(outcome.Report?.Seconds ?? 0, 3),
        ["cells"] = new JsonArray([.. (outcome.Report?.Cells ?? []).Select(Cell)]),
    };

    private static JsonObject Cell(CellResult cell) => new()
    {
        ["id"] = cell.Cell.Id,
        ["number"] = cell.Number is { } number ? (long)number : null,
        ["state"] = Name(cell.State),
        ["seconds"] = Math.Round(cell.Seconds, 3),
        ["peak_memory_bytes"] = cell.Memory.Peak,
        ["gpu_memory_bytes"] = cell.Memory.DevicePeak,
        ["error"] = cell.Error is { } error ? ErrorMessage.Of(error) : null,
    };

    /// <summary>FailedAsAllowed is failed_as_allowed.</summary>
    private static string Name(Enum value) =>
        string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(c) : c.ToString()));
}
