using System.Globalization;
using System.Text.Json;
using Deedle;
using Polytask.Notebooks.Running.Resuming;

namespace Polytask.Cli.Resuming;

/// <summary>
/// Saves Deedle's frames and series whose keys are numbers or texts and whose columns are numbers, texts or truth values; a value that is
/// missing stays missing.
/// </summary>
internal static class FrameSavers
{
    public static IEnumerable<ValueSaver> All =>
    [
        OfFrame<int>(), OfFrame<string>(),
        OfSeries<int, double>(), OfSeries<string, double>(), OfSeries<int, int>(), OfSeries<string, int>(), OfSeries<int, string>(),
        OfSeries<string, string>(),
    ];

    private static readonly Column[] Columns =
        [Column.Of<double>(), Column.Of<float>(), Column.Of<int>(), Column.Of<long>(), Column.Of<string>(), Column.Of<bool>()];

    private static ValueSaver OfFrame<R>() where R : notnull => new(typeof(Frame<R, string>), value =>
    {
        var frame = (Frame<R, string>)value;
        var types = frame.ColumnTypes.ToArray();
        var columns = new List<SavedColumn>();
        foreach (var (name, i) in frame.ColumnKeys.Select((name, i) => (name, i)))
        {
            var column = Columns.FirstOrDefault(c => c.Type == types[i])
                ?? throw new NotSavableException($"is a frame whose column '{name}' is of {types[i].Name}");
            columns.Add(new SavedColumn(name, column.Type.Name, Texts(column, [.. frame.RowKeys.Select(row => column.At(frame, row, name))])));
        }
        return JsonSerializer.SerializeToUtf8Bytes(new SavedFrame<R>([.. frame.RowKeys], columns));
    }, saved =>
    {
        var read = JsonSerializer.Deserialize<SavedFrame<R>>(saved)!;
        var frame = Deedle.Frame.FromRowKeys(read.Rows);
        foreach (var column in read.Columns)
            Columns.Single(c => c.Type.Name == column.Type).AddTo(frame, read.Rows, column.Name, column.Values);
        return frame;
    });

    private static ValueSaver OfSeries<K, V>() where K : notnull => new(typeof(Series<K, V>), value =>
    {
        var series = (Series<K, V>)value;
        var column = Columns.Single(c => c.Type == typeof(V));
        return JsonSerializer.SerializeToUtf8Bytes(new SavedSeries<K>([.. series.Keys], Texts(column,
            [.. series.Keys.Select(key => series.TryGet(key) is { HasValue: true } found ? (object?)found.Value : null)])));
    }, saved =>
    {
        var read = JsonSerializer.Deserialize<SavedSeries<K>>(saved)!;
        var column = Columns.Single(c => c.Type == typeof(V));
        return Present<K, V>(read.Keys, read.Values, column).Realign(read.Keys);
    });

    private static string?[] Texts(Column column, object?[] values) =>
        [.. values.Select(value => value is null or double.NaN or float.NaN ? null : column.Text(value))];

    private static Series<K, V> Present<K, V>(K[] keys, string?[] values, Column column) where K : notnull
    {
        var present = keys.Zip(values).Where(pair => pair.Second is not null).ToArray();
        return new Series<K, V>(present.Select(pair => pair.First), present.Select(pair => (V)column.Parse(pair.Second!)));
    }

    private sealed record SavedColumn(string Name, string Type, string?[] Values);

    private sealed record SavedFrame<R>(R[] Rows, List<SavedColumn> Columns);

    private sealed record SavedSeries<K>(K[] Keys, string?[] Values);

    /// <summary>A type of values: as text and back, in and out of a frame.</summary>
    private abstract record Column(Type Type)
    {
        public static Column Of<T>() where T : IConvertible => new Typed<T>();

        /// <summary>"R" is the shortest text that reads back to the same bits.</summary>
        public string Text(object value) => value is double or float ? ((IFormattable)value).ToString("R", CultureInfo.InvariantCulture)
            : Convert.ToString(value, CultureInfo.InvariantCulture)!;

        public object Parse(string text) => Convert.ChangeType(text, Type, CultureInfo.InvariantCulture);

        public abstract object? At<R>(Frame<R, string> frame, R row, string column);

        public abstract void AddTo<R>(Frame<R, string> frame, R[] rows, string column, string?[] values) where R : notnull;

        private sealed record Typed<T>() : Column(typeof(T))
        {
            public override object? At<R>(Frame<R, string> frame, R row, string column) =>
                frame.GetColumn<T>(column).TryGet(row) is { HasValue: true } found ? found.Value : null;

            public override void AddTo<R>(Frame<R, string> frame, R[] rows, string column, string?[] values) =>
                frame.AddColumn(column, Present<R, T>(rows, values, this));
        }
    }
}
