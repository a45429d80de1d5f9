using Deedle;

namespace Polytask.Analysis;

/// <summary>Runs, studies and tables as Deedle frames, for grouping, pivoting and saving.</summary>
public static class Frames
{
    /// <summary>Everything a run measured, a number per row: columns epoch, split, task, metric, value.</summary>
    public static Frame<int, string> Frame(this Run run) => Deedle.Frame.FromRecords(run.History
        .Select(row => new { epoch = row.Epoch, split = row.Split, task = row.Task, metric = row.Metric, value = row.Value }));

    /// <summary>
    /// What a study measured on the test splits, a number per row: columns variant, seed, task, metric, value, and then one per axis of its grid.
    /// </summary>
    public static Frame<int, string> Frame(this StudyResult study)
    {
        var rows = study.Rows.ToArray();
        var frame = Deedle.Frame.FromRecords(rows
            .Select(row => new { variant = row.Variant, seed = row.Seed, task = row.Task, metric = row.Metric, value = row.Value }));
        foreach (var axis in study.AxisNames) AddAxis(frame, axis, [.. rows.Select(row => row.Point[axis])]);
        return frame;
    }

    // Numbers stay numbers, so that a frame can be grouped and drawn over them.
    private static void AddAxis(Frame<int, string> frame, string axis, object[] values)
    {
        void Add<T>(IEnumerable<T> column) => frame.AddColumn(axis, new Series<int, T>(Enumerable.Range(0, values.Length), column));
        if (values.All(value => value is int)) Add(values.Cast<int>());
        else if (values.All(value => value is bool)) Add(values.Cast<bool>());
        else if (values.All(value => value is int or long or float or double))
            Add(values.Select(value => Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture)));
        else Add(values.Select(GridPoint.Text));
    }

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
