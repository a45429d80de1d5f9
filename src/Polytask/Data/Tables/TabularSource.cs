using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A table as multi-task data: declared columns become features, declared targets become tasks. Every split is seeded (60 % training, 20 %
/// validation, 20 % test unless <see cref="SplitBy"/> says otherwise), and whatever is estimated from data (means, deviations) is estimated from the
/// training rows alone.
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
    private readonly Splitting splitting;

    private TabularSource(
        string name, CsvTable table, IReadOnlySet<string> missing, IReadOnlyList<Column> declared,
        IReadOnlyList<InputColumn> inputs, IReadOnlyList<LabelColumn> labels, CategoryForm form, Splitting splitting)
    {
        (Name, Table, this.missing, this.declared, this.inputs, this.labels, this.form) = (name, table, missing, declared, inputs, labels, form);
        this.splitting = splitting;
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
        string path, IReadOnlyList<Column> inputs, IReadOnlyList<Target> targets, string? name = null, IReadOnlyList<string>? missing = null) =>
        FromTable(CsvTable.Read(path), inputs, targets, name, missing);

    /// <summary>The same of a table that has been read, with columns of one's own perhaps (<see cref="CsvTable.With"/>).</summary>
    /// <exception cref="DataException">As in <see cref="FromCsv"/>.</exception>
    public static TabularSource FromTable(
        CsvTable table, IReadOnlyList<Column> inputs, IReadOnlyList<Target> targets, string? name = null, IReadOnlyList<string>? missing = null)
    {
        var marks = new HashSet<string>([.. missing ?? [], ""]);
        name ??= Path.GetFileName(table.Path).Split('.')[0];
        RefuseUnclear(name, inputs, targets);
        foreach (var column in inputs) _ = table[column.Name];
        return new(name, table, marks, [.. inputs],
            [.. inputs.Where(column => column.DroppedBecause is null).Select(column => InputColumn.Read(table, column, marks))],
            [.. targets.Select(target => LabelColumn.Read(table, target, marks))], CategoryForm.OneHot, Splitting.Default);
    }

    /// <summary>The same data with other splits.</summary>
    public TabularSource SplitBy(Splitting splitting) => new(Name, Table, missing, declared, inputs, labels, form, splitting);

    /// <summary>
    /// The same data with each category as one feature that holds the number of its level (0, 1, ... as a float; "missing" is the last) in place of
    /// a feature per level, for a model that embeds them; <see cref="Cardinalities"/> says how many levels each has.
    /// </summary>
    public TabularSource Embedded() => new(Name, Table, missing, declared, inputs, labels, CategoryForm.Code, splitting);

    /// <summary>The same data with one feature fewer per category: all zeros mean its first level, as is usual for linear models with a
    /// bias.</summary>
    public TabularSource WithoutFirstLevels() => new(Name, Table, missing, declared, inputs, labels, CategoryForm.Dummy, splitting);

    /// <summary>The same data with the named tasks only, in the order named.</summary>
    /// <exception cref="DataException">There is no such task, or none is named.</exception>
    public TabularSource Only(params string[] tasks) => tasks.Length > 0
        ? new(Name, Table, missing, declared, inputs, [.. tasks.Distinct().Select(LabelOf)], form, splitting)
        : throw new DataException($"{Name} without any task was asked for; name at least one of {Names.Listed(Tasks)}");

    /// <summary>The same data with one more task: yes where the task <paramref name="from"/> is of one of the classes <paramref name="yes"/>, no
    /// where it is of another, missing where it is missing.</summary>
    /// <exception cref="DataException">There is no such task or class, or the name is taken.</exception>
    public TabularSource WithBinary(string task, string from, params string[] yes) => WithTask(task, LabelOf(from).AsBinary(task, yes));

    /// <summary>
    /// The same data with one more task: ordered classes of about equal size, cut from the numbers of the task <paramref name="from"/> at its
    /// quantiles over all rows (they define the task, as the brackets of an income question do; interpolated as in NumPy; a number on a cut belongs
    /// below it). Two classes: above the median or not.
    /// </summary>
    /// <exception cref="DataException">There is no such task, it predicts no number, its values are too few for so many classes, or the name is
    /// taken.</exception>
    public TabularSource WithQuantiles(string task, string from, int classes) => WithTask(task, LabelOf(from).AsQuantiles(task, classes));

    /// <summary>
    /// A task per group: the rows of each value of <paramref name="column"/> become a task of their own ("school 12"), where there are enough of
    /// them. The column must be no input, and the source must have one task, which every group shares. Splits are stratified by the group.
    /// </summary>
    /// <param name="column">The column whose values are the groups.</param>
    /// <param name="atLeast">The fewest rows of a group; smaller ones are left out.</param>
    /// <exception cref="DataException">There is no such column, it is an input, there are several tasks, or no group is large enough.</exception>
    public GroupTasks TaskPer(string column, int atLeast = 10) => new(this, column, atLeast);

    private TabularSource WithTask(string task, LabelColumn label) => Tasks.Contains(task)
        ? throw new DataException($"{Name}: a task '{task}' exists already; choose another name")
        : new(Name, Table, missing, declared, inputs, [.. labels, label], form, splitting);

    /// <summary>The number of classes of a task: 2 for a binary one.</summary>
    /// <exception cref="DataException">There is no such task, or it predicts a number.</exception>
    public int Classes(string task) => ClassNames(task).Count;

    /// <summary>The names of a task's classes, in the order of their numbers.</summary>
    /// <exception cref="DataException">There is no such task, or it predicts a number.</exception>
    public IReadOnlyList<string> ClassNames(string task) => LabelOf(task) is { Target.Kind: not TargetKind.Number } label
        ? label.ClassNames
        : throw new DataException($"{Name}: the task '{task}' predicts a number and has no classes");

    /// <summary>Which rows of the table a seed gives to each split.</summary>
    public RowSplit RowsOf(int seed) => splitting.Of(new SplitRows(Name, Rows, Texts), seed);

    /// <summary>How rows are split.</summary>
    internal Splitting Splitting => splitting;

    // A task's classes, else a column's cells.
    private IReadOnlyList<string> Texts(string taskOrColumn) =>
        labels.FirstOrDefault(label => label.Target.Task == taskOrColumn)?.Texts
        ?? [.. Table[taskOrColumn].Select(cell => missing.Contains(cell.Trim()) ? "" : cell.Trim())];

    /// <summary>The splits of a seed: inputs float [rows, <see cref="Features"/>], labels as <see cref="TargetKind"/> states.</summary>
    public override DataSplits Split(int seed)
    {
        var rows = RowsOf(seed);
        return new(ExamplesOf(rows.Train, rows.Train), ExamplesOf(rows.Validation, rows.Train), ExamplesOf(rows.Test, rows.Train));
    }

    /// <summary>Some rows as examples; what must be estimated is estimated from the rows <paramref name="train"/>.</summary>
    internal Examples ExamplesOf(int[] rows, int[] train)
    {
        var writers = inputs.Select(input => input.Writer(train, form)).ToArray();
        var starts = new int[inputs.Count];
        for (var i = 1; i < starts.Length; i++) starts[i] = starts[i - 1] + inputs[i - 1].Features(form).Count;
        var features = new float[rows.Length * Features];
        for (var row = 0; row < rows.Length; row++)
            for (var column = 0; column < writers.Length; column++)
                writers[column](rows[row], features, row * Features + starts[column]);
        return Examples.Joint(tensor(features).reshape(rows.Length, Features),
            [.. labels.Select(label => (label.Target.Task, label.Labels(rows, train)))]);
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
            $"{column.Missing}", $"{column.Features}", column.Role == ColumnRole.Target ? BalanceOf(column.Name) : column.Use,
        ]),
        $"Splits: {splitting}, by seed. Inputs: a missing level is a level of its own, a missing number is the training "
        + "mean and, unless declared otherwise, marked by a second feature. Missing labels are left out of losses and metrics.");

    /// <summary>The tasks as a table to read: kind, labelled and unlabelled rows, the rows of each class.</summary>
    public TableView Balance() => new($"{Name}: {Rows} rows", ["task", "kind", "labelled", "missing", "labels"],
        labels.Select(label => (IReadOnlyList<TableCell>)
        [
            label.Target.Task, label.Target.Kind.ToString().ToLowerInvariant(), $"{Rows - label.Missing}", $"{label.Missing}",
            label.Target.Kind == TargetKind.Number
                ? label.Balance
                : string.Join(", ", label.ClassNames.Zip(label.Counts, (name, count) => $"{name} {count}")),
        ]));

    private string BalanceOf(string column) => string.Join("; ", labels.Where(label => label.Target.Column == column)
        .Select(label => $"task {label.Target.Task}: {label.Balance}"));

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
