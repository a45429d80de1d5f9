using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A table as multi-task data: declared columns become features, declared targets become tasks. Every split is seeded (60 % training, 20 %
/// validation, 20 % test; see <see cref="RowSplit"/>), and whatever is estimated from data (means, deviations) is estimated from the training rows
/// alone.
/// </summary>
/// <example><code>
/// var people = TabularSource.FromCsv("people.csv",
///     inputs: [Column.Numeric("AGE"), Column.Category("SEX")],
///     targets: [Target.Classes("INCOME").Named("income"), Target.Number("HOURS")]);
/// </code></example>
public sealed class TabularSource : DataSource, IMimeBundle
{
    private readonly IReadOnlyList<Column> declared;
    private readonly IReadOnlyList<InputColumn> inputs;
    private readonly IReadOnlyList<LabelColumn> labels;
    private readonly CategoryForm form;
    private readonly IReadOnlySet<string> missing;

    private TabularSource(
        string name, CsvTable table, IReadOnlySet<string> missing, IReadOnlyList<Column> declared,
        IReadOnlyList<InputColumn> inputs, IReadOnlyList<LabelColumn> labels, CategoryForm form)
    {
        (Name, Table, this.missing, this.declared, this.inputs, this.labels, this.form) = (name, table, missing, declared, inputs, labels, form);
        var features = inputs.SelectMany(input => input.Features(form)).ToArray();
        FeatureNames = [.. features.Select(feature => feature.Name)];
        Cardinalities = [.. features.Select(feature => feature.Cardinality)];
        Tasks = [.. labels.Select(label => label.Target.Task)];
        Columns = [.. table.Columns.Select(Described)];
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>The text that everything was read from.</summary>
    public CsvTable Table { get; }

    /// <summary>The number of rows.</summary>
    public int Rows => Table.Rows;

    /// <summary>Every column of the table: what it is and what becomes of it.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>The names of the tasks.</summary>
    public IReadOnlyList<string> Tasks { get; }

    /// <summary>The number of features of an example.</summary>
    public int Features => FeatureNames.Count;

    /// <summary>The names of the features: "AGE" for a number, "SEX = F" for a level.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Per feature the number of codes it can hold, 0 for a feature that is a number: what <see cref="Block.Embed"/> needs to know of
    /// <see cref="Embedded"/> data.</summary>
    public IReadOnlyList<long> Cardinalities { get; }

    /// <summary>Reads a comma-separated file, gzipped or not. Columns that are neither inputs nor targets are dropped, and the source says
    /// so.</summary>
    /// <param name="path">The file.</param>
    /// <param name="inputs">The columns that models see. <see cref="Column.Dropped"/> states why one is left out.</param>
    /// <param name="targets">The tasks.</param>
    /// <param name="name">The name under which results are reported; the file's name by default.</param>
    /// <param name="missing">Texts that stand for a missing value besides the empty one, such as "NA".</param>
    /// <exception cref="DataException">The file is missing or damaged, a column is unknown, declared twice or both input and target, a value is no
    /// number or no declared level or class.</exception>
    public static TabularSource FromCsv(
        string path, IReadOnlyList<Column> inputs, IReadOnlyList<Target> targets, string? name = null, IReadOnlyList<string>? missing = null)
    {
        var table = CsvTable.Read(path);
        var marks = new HashSet<string>([.. missing ?? [], ""]);
        name ??= Path.GetFileName(path).Split('.')[0];
        RefuseUnclear(name, inputs, targets);
        foreach (var column in inputs) _ = table[column.Name];
        return new(name, table, marks, [.. inputs],
            [.. inputs.Where(column => column.DroppedBecause is null).Select(column => InputColumn.Read(table, column, marks))],
            [.. targets.Select(target => LabelColumn.Read(table, target, marks))], CategoryForm.OneHot);
    }

    /// <summary>
    /// The same data with each category as one feature that holds the number of its level (0, 1, ... as a float; "missing" is the last) in place of
    /// a feature per level, for a model that embeds them; <see cref="Cardinalities"/> says how many levels each has.
    /// </summary>
    public TabularSource Embedded() => new(Name, Table, missing, declared, inputs, labels, CategoryForm.Code);

    /// <summary>The same data with one more task: yes where the task <paramref name="from"/> is of class <paramref name="yes"/>, no where it is of
    /// another, missing where it is missing.</summary>
    /// <exception cref="DataException">There is no such task or class, or the name is taken.</exception>
    public TabularSource WithBinary(string task, string from, string yes)
    {
        if (Tasks.Contains(task)) throw new DataException($"{Name}: a task '{task}' exists already; choose another name");
        return new(Name, Table, missing, declared, inputs, [.. labels, LabelOf(from).AsBinary(task, yes)], form);
    }

    /// <summary>The number of classes of a task: 2 for a binary one.</summary>
    /// <exception cref="DataException">There is no such task, or it predicts a number.</exception>
    public int Classes(string task) => ClassNames(task).Count;

    /// <summary>The names of a task's classes, in the order of their numbers.</summary>
    /// <exception cref="DataException">There is no such task, or it predicts a number.</exception>
    public IReadOnlyList<string> ClassNames(string task) => LabelOf(task) is { Target.Kind: not TargetKind.Number } label
        ? label.ClassNames
        : throw new DataException($"{Name}: the task '{task}' predicts a number and has no classes");

    /// <summary>Which rows of the table a seed gives to each split.</summary>
    public RowSplit RowsOf(int seed) => RowSplit.Of(Rows, seed, Name);

    /// <summary>The splits of a seed: inputs float [rows, <see cref="Features"/>], labels as <see cref="TargetKind"/> states.</summary>
    public override DataSplits Split(int seed)
    {
        var rows = RowsOf(seed);
        var writers = inputs.Select(input => input.Writer(rows.Train, form)).ToArray();
        var starts = new int[inputs.Count];
        for (var i = 1; i < starts.Length; i++) starts[i] = starts[i - 1] + inputs[i - 1].Features(form).Count;
        Examples Part(int[] part)
        {
            var features = new float[part.Length * Features];
            for (var row = 0; row < part.Length; row++)
                for (var column = 0; column < writers.Length; column++)
                    writers[column](part[row], features, row * Features + starts[column]);
            return Examples.Joint(tensor(features).reshape(part.Length, Features),
                [.. labels.Select(label => (label.Target.Task, label.Labels(part, rows.Train)))]);
        }
        return new(Part(rows.Train), Part(rows.Validation), Part(rows.Test));
    }

    /// <summary>The first rows as the table holds them.</summary>
    public TableView Preview(int rows = 5) => new($"{Name}: the first {Math.Min(rows, Rows)} of {Rows} rows", Table.Columns,
        Enumerable.Range(0, Math.Min(rows, Rows))
            .Select(row => (IReadOnlyList<TableCell>)[.. Table.Columns.Select(column => new TableCell(Table[column][row]))]));

    /// <summary>The columns as a table to read: kind, role, levels, missing values, features.</summary>
    public TableView Summary() => new($"{Name}: {Rows} rows, {Features} features, tasks {string.Join(", ", Tasks)}",
        ["column", "kind", "role", "levels", "missing", "features", ""],
        Columns.Select(column => (IReadOnlyList<TableCell>)
        [
            column.Name, column.Kind?.ToString().ToLowerInvariant() ?? "", column.Role.ToString().ToLowerInvariant(),
            column.Levels.Count > 0 ? $"{column.Levels.Count}" : "",
            $"{column.Missing}", $"{column.Features}", column.Use,
        ]),
        "Splits: 60 % training, 20 % validation, 20 % test, by seed. Inputs: a missing level is a level of its own, a missing number is the training "
        + "mean and marked by a second feature. Missing labels are left out of losses and metrics.");

    /// <inheritdoc/>
    public override string ToString() => Summary().ToString();

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => Summary().ToMimeBundle();

    private LabelColumn LabelOf(string task) => labels.FirstOrDefault(label => label.Target.Task == task)
        ?? throw new DataException($"{Name} has no task '{task}'; it has {Names.Listed(Tasks)}{Names.DidYouMean(task, Tasks)}");

    private TableColumn Described(string column)
    {
        if (inputs.FirstOrDefault(input => input.Name == column) is { } input)
        {
            var kind = declared.First(each => each.Name == column).Kind;
            return new(column, kind, ColumnRole.Input, "", input.Levels, input.Missing, input.Features(form).Count);
        }
        var tasks = labels.Where(label => label.Target.Column == column).ToArray();
        if (tasks.Length > 0)
        {
            var (first, isNumber) = (tasks[0], tasks[0].Target.Kind == TargetKind.Number);
            return new(column, isNumber ? ColumnKind.Numeric : ColumnKind.Category, ColumnRole.Target,
                "task " + string.Join(", ", tasks.Select(label => label.Target.Task)),
                first.ClassNames, first.Missing, 0);
        }
        var reason = declared.FirstOrDefault(each => each.Name == column)?.DroppedBecause ?? "not declared";
        return new(column, null, ColumnRole.Dropped, reason, [], Table[column].Count(cell => missing.Contains(cell.Trim())), 0);
    }

    private static void RefuseUnclear(string name, IReadOnlyList<Column> inputs, IReadOnlyList<Target> targets)
    {
        if (!inputs.Any(column => column.DroppedBecause is null)) throw new DataException($"{name}: declare at least one input column");
        if (targets.Count == 0) throw new DataException($"{name}: declare at least one target");
        if (inputs.GroupBy(column => column.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new DataException($"{name}: the column '{twice.Key}' is declared twice");
        if (targets.GroupBy(target => target.Task).FirstOrDefault(group => group.Count() > 1) is { } both)
            throw new DataException($"{name}: two tasks are named '{both.Key}'; name one of them with Named(\"...\")");
        if (inputs.FirstOrDefault(column => column.DroppedBecause is null && targets.Any(target => target.Column == column.Name)) is { } seen)
            throw new DataException(
                $"{name}: the column '{seen.Name}' is an input and labels a task; a model would read the answer: remove it from the inputs");
    }
}
