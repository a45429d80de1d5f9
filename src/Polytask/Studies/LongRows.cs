namespace Polytask;

/// <summary>One number of a study's long table.</summary>
/// <param name="Variant">The model's name.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Point">The point of the grid.</param>
/// <param name="Task">The task.</param>
/// <param name="Metric">"loss" or the metric's name.</param>
/// <param name="Value">The number on the test split.</param>
public sealed record StudyRow(string Variant, int Seed, GridPoint Point, string Task, string Metric, double Value);

/// <summary>A study's results as a long table.</summary>
internal static class LongRows
{
    /// <summary>The columns that every such table has; axes stand after the seed.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["variant", "seed", "task", "metric", "value"];

    public static IEnumerable<StudyRow> Of(StudyResult result) => result.Cells.Where(cell => cell.Run is not null)
        .SelectMany(cell => cell.Run!.History.Where(row => row.Split == "test")
            .Select(row => new StudyRow(cell.Variant, cell.Seed, cell.Point, row.Task, row.Metric, row.Value)));
}
