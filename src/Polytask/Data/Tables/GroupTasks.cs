namespace Polytask;

/// <summary>A table whose groups are the tasks, each with rows of its own (see <see cref="TabularSource.TaskPer"/>).</summary>
public sealed class GroupTasks : DataSource
{
    private readonly TabularSource source;
    private readonly string column;
    private readonly string label;
    private readonly IReadOnlyList<(string Task, string Group)> groups;

    internal GroupTasks(TabularSource source, string column, int atLeast)
    {
        if (source.Tasks.Count != 1)
            throw new DataException($"{source.Name}: a task per '{column}' needs one task for all groups to share; choose it with Only(\"...\") "
                + $"from {Names.Listed(source.Tasks)}");
        if (source.Columns.FirstOrDefault(each => each.Name == column) is { Role: ColumnRole.Input })
            throw new DataException($"{source.Name}: '{column}' is an input; within a group it never changes, so declare it as dropped");
        this.source = source.Splitting.IsPlain ? source.SplitBy(source.Splitting.StratifiedBy(column)) : source;
        (this.column, label) = (column, source.Tasks[0]);
        groups = [.. source.Table[column].CountBy(value => value).Where(group => group.Value >= atLeast && group.Key.Length > 0)
            .Select(group => ($"{column} {group.Key}", group.Key))];
        if (groups.Count == 0) throw new DataException($"{source.Name}: no value of '{column}' has {atLeast} rows or more");
    }

    /// <inheritdoc/>
    public override string Name => $"{source.Name} by {column}";

    /// <summary>The names of the tasks, in the order in which the table first names their groups.</summary>
    public IReadOnlyList<string> Tasks => [.. groups.Select(group => group.Task)];

    /// <summary>The number of features of an example.</summary>
    public int Features => source.Features;

    /// <summary>The splits of a seed: per task the inputs and labels of its rows, standardised by the training rows of all groups together.</summary>
    /// <exception cref="DataException">A group is too small to have a row in each part.</exception>
    public override DataSplits Split(int seed)
    {
        var rows = source.RowsOf(seed);
        var cells = source.Table[column];
        Examples Part(string part, int[] all)
        {
            var own = all.ToLookup(row => cells[row]);
            return Examples.PerTask([.. groups.Select(group =>
            {
                int[] members = [.. own[group.Group]];
                if (members.Length == 0)
                    throw new DataException($"{Name}: {group.Task} has no row for {part}; ask for larger groups (atLeast) or another split");
                var examples = source.ExamplesOf(members, rows.Train);
                return (group.Task, examples.Inputs(label), examples.Target(label));
            })]);
        }
        return new(Part("training", rows.Train), Part("validation", rows.Validation), Part("test", rows.Test));
    }
}
