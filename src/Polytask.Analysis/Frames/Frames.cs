using Deedle;

namespace Polytask.Analysis;

/// <summary>Runs, studies and tables as Deedle frames, for grouping, pivoting and saving.</summary>
public static class Frames
{
    /// <summary>Everything a run measured, a number per row: columns epoch, split, task, metric, value.</summary>
    public static Frame<int, string> Frame(this Run run) => Deedle.Frame.FromRecords(run.History
        .Select(row => new { epoch = row.Epoch, split = row.Split, task = row.Task, metric = row.Metric, value = row.Value }));

    /// <summary>What a study measured on the test splits, a number per row: columns variant, seed, task, metric, value.</summary>
    public static Frame<int, string> Frame(this StudyResult study) => Deedle.Frame.FromRecords(study.Runs
        .SelectMany(run => run.History.Where(row => row.Split == "test")
            .Select(row => new { variant = run.Model.Name, seed = run.Seed, task = row.Task, metric = row.Metric, value = row.Value })));

    /// <summary>A table as it was read, a column of text for each of its columns.</summary>
    /// <param name="source">The data.</param>
    /// <param name="rows">How many rows from the first on; all by default.</param>
    public static Frame<int, string> Frame(this TabularSource source, int? rows = null)
    {
        var keys = Enumerable.Range(0, Math.Min(rows ?? source.Rows, source.Rows)).ToArray();
        return Deedle.Frame.FromColumns(source.Table.Columns.Select(column =>
            KeyValuePair.Create(column, new Series<int, string>(keys, source.Table[column].Take(keys.Length)))));
    }
}
