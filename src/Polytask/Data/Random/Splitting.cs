namespace Polytask;

/// <summary>
/// How the rows of a data set are given to training, validation and test: by seed, in a random order that is equal on every machine.
/// <code>
/// Splitting.Shares(0.6, 0.2, 0.2)                            the default
/// Splitting.Shares(0.7, 0, 0.3).StratifiedBy("churn")        every class as often in each part
/// Splitting.Shares(0.6, 0.2, 0.2).GroupedBy("school")        no school in two parts
/// Splitting.Counts(8000, 2000, 4000)                         so many rows each, the others unused
/// Splitting.Official("case", train: "Train", test: "Test")   the split that the data came with
/// </code>
/// A validation share of 0 holds nothing back: validation is then the training rows themselves, so an epoch chosen by it is chosen by the training
/// error.
/// </summary>
public sealed record Splitting
{
    private enum Kind
    {
        Rows,
        Strata,
        Groups,
        Official,
    }

    private readonly Func<int, string, SplitSizes> sizesOf;
    private readonly string text;

    private Splitting(Func<int, string, SplitSizes> sizesOf, string text) => (this.sizesOf, this.text) = (sizesOf, text);

    private Kind By { get; init; }

    private string Column { get; init; } = "";

    private string OfficialTrain { get; init; } = "";

    private string OfficialTest { get; init; } = "";

    /// <summary>60 % training, 20 % validation, 20 % test.</summary>
    public static Splitting Default { get; } = Shares(0.6, 0.2, 0.2);

    /// <summary>Shares of the rows, 1 in all; each part is rounded and has at least one row.</summary>
    /// <exception cref="DataException">A share is negative or no number, training or test has none, or they do not add up to 1.</exception>
    public static Splitting Shares(double train, double validation, double test)
    {
        var text = FormattableString.Invariant($"{100 * train:0.#} % training, {100 * validation:0.#} % validation, {100 * test:0.#} % test");
        if (!(train > 0 && validation >= 0 && test > 0 && Math.Abs(train + validation + test - 1) < 1e-9))
            throw new DataException($"a split of {text}: the shares must add up to 100 %, with something for training and for test");
        return new((rows, name) => SplitSizes.OfShares(rows, validation, test, name), text);
    }

    /// <summary>Numbers of rows; what is left over is not used.</summary>
    /// <exception cref="DataException">A number is negative, or training or test has none.</exception>
    public static Splitting Counts(int train, int validation, int test)
    {
        var text = $"{train} rows for training, {validation} for validation, {test} for test";
        if (train < 1 || validation < 0 || test < 1)
            throw new DataException($"a split of {text}: training and test need at least one row, and none can have fewer than 0");
        return new((rows, name) => train + validation + test <= rows
            ? new SplitSizes(train, validation, test)
            : throw new DataException($"{name}: a split of {text} needs {train + validation + test} rows; there are {rows}"), text);
    }

    /// <summary>The split that a column of the table states; a share of its training rows, drawn by seed, becomes the validation part.</summary>
    /// <param name="column">The column.</param>
    /// <param name="train">What it says of training rows.</param>
    /// <param name="test">What it says of test rows.</param>
    /// <param name="validation">The share of the training rows that is held back for validation.</param>
    /// <exception cref="DataException">The share is not at least 0 and below 1.</exception>
    public static Splitting Official(string column, string train, string test, double validation = 0.2) => validation is >= 0 and < 1
        ? new((rows, name) => SplitSizes.OfShares(rows, validation, 0, name),
            FormattableString.Invariant($"the data's own ({column}), {100 * validation:0.#} % of its training rows for validation"))
        {
            By = Kind.Official,
            Column = column,
            OfficialTrain = train,
            OfficialTest = test,
        }
        : throw new DataException($"the official split: {validation} of the training rows for validation; give a share from 0 to below 1");

    /// <summary>The same sizes, with every class of a task (or every value of a column) spread over the parts as evenly as whole rows allow; missing
    /// labels count as a class.</summary>
    /// <exception cref="DataException">The split is grouped, stratified or official already.</exception>
    public Splitting StratifiedBy(string taskOrColumn) => Refined(Kind.Strata, taskOrColumn, "stratified by");

    /// <summary>Rows with the same value in a column stay together, so that no group is in two parts; the sizes hold up to half a group.</summary>
    /// <exception cref="DataException">The split is grouped, stratified or official already.</exception>
    public Splitting GroupedBy(string column) => Refined(Kind.Groups, column, "grouped by");

    /// <summary>Whether rows are drawn one by one, without regard to what they hold.</summary>
    internal bool IsPlain => By == Kind.Rows;

    /// <summary>The rows that a seed gives to each part.</summary>
    internal RowSplit Of(SplitRows data, int seed)
    {
        var split = By switch
        {
            Kind.Groups => Grouped(data, seed),
            Kind.Official => OfColumn(data, seed),
            _ => OfOrder(data, seed),
        };
        return split.Validation.Length > 0 ? split : split with { Validation = split.Train };
    }

    /// <inheritdoc/>
    public override string ToString() => By switch
    {
        Kind.Strata => $"{text}, stratified by {Column}",
        Kind.Groups => $"{text}, grouped by {Column}",
        _ => text,
    };

    private Splitting Refined(Kind kind, string column, string how) => By == Kind.Rows
        ? this with { By = kind, Column = column }
        : throw new DataException($"a split of {this} cannot be {how} '{column}' as well; start from Shares or Counts");

    private static int[] Order(int rows, int seed) => StableRandom.For(seed, "split").Permutation(rows);

    private RowSplit OfOrder(SplitRows data, int seed)
    {
        var (sizes, order) = (sizesOf(data.Count, data.Name), Order(data.Count, seed));
        return By == Kind.Strata ? Stratified(sizes, data.Texts(Column), order) : sizes.Cut(order);
    }

    // Every class gives each part the whole rows of its share; the rows that are left fill the parts up in random order.
    private static RowSplit Stratified(SplitSizes sizes, IReadOnlyList<string> classes, int[] order)
    {
        int[] wanted = [sizes.Train, sizes.Validation, sizes.Test];
        var parts = wanted.Select(_ => new HashSet<int>()).ToArray();
        foreach (var stratum in order.GroupBy(row => classes[row]))
        {
            var (rows, at) = (stratum.ToArray(), 0);
            for (var part = 0; part < wanted.Length; part++)
            {
                var share = (int)((long)rows.Length * wanted[part] / order.Length);
                parts[part].UnionWith(rows[at..(at + share)]);
                at += share;
            }
        }
        foreach (var row in order.Where(row => !parts.Any(part => part.Contains(row))).ToArray())
        {
            var open = Enumerable.Range(0, wanted.Length).FirstOrDefault(part => parts[part].Count < wanted[part], -1);
            if (open < 0) break;
            parts[open].Add(row);
        }
        int[] InOrder(int part) => [.. order.Where(parts[part].Contains)];
        return new(InOrder(0), InOrder(1), InOrder(2));
    }

    private RowSplit Grouped(SplitRows data, int seed)
    {
        var sizes = sizesOf(data.Count, data.Name);
        var texts = data.Texts(Column);
        if (texts.ToList().IndexOf("") is var empty and >= 0)
            throw new DataException($"{data.Name}: row {empty} has no '{Column}', so it belongs to no group; fill or remove it");
        var groups = Order(data.Count, seed).GroupBy(row => texts[row]).OrderBy(group => group.Key, StringComparer.Ordinal).ToArray();
        StableRandom.For(seed, "split groups").Shuffle(groups);
        var needed = sizes.Validation > 0 ? 3 : 2;
        if (groups.Length < needed)
            throw new DataException(
                $"{data.Name}: '{Column}' has {groups.Length} groups; a split that keeps groups together needs at least {needed}");
        var next = 0;
        int[] Take(int wanted, int leave)
        {
            var rows = new List<int>();
            while (wanted > 0 && next < groups.Length - leave
                && (rows.Count == 0 || Math.Abs(rows.Count + groups[next].Count() - wanted) < Math.Abs(rows.Count - wanted)))
                rows.AddRange(groups[next++]);
            return [.. rows];
        }
        var test = Take(sizes.Test, needed - 1);
        var validation = Take(sizes.Validation, 1);
        // Of shares, training takes every group that is left; of counts, as many as come nearest.
        var isAll = sizes.Train + sizes.Validation + sizes.Test == data.Count;
        return new(isAll ? [.. groups[next..].SelectMany(group => group)] : Take(sizes.Train, 0), validation, test);
    }

    private RowSplit OfColumn(SplitRows data, int seed)
    {
        var texts = data.Texts(Column);
        var order = Order(data.Count, seed);
        if (texts.FirstOrDefault(text => text != OfficialTrain && text != OfficialTest) is { } other)
            throw new DataException($"{data.Name}: '{Column}' holds '{other}'; the official split knows '{OfficialTrain}' and '{OfficialTest}'");
        var (train, test) = (order.Where(row => texts[row] == OfficialTrain).ToArray(), order.Where(row => texts[row] == OfficialTest).ToArray());
        if (train.Length == 0 || test.Length == 0)
            throw new DataException($"{data.Name}: '{Column}' gives {train.Length} rows to training and {test.Length} to test; both need some");
        return sizesOf(train.Length, data.Name).Cut(train) with { Test = test };
    }
}

/// <summary>What a split has to know of its data: the number of rows, and what a task or column says of each ("" where missing).</summary>
internal sealed record SplitRows(string Name, int Count, Func<string, IReadOnlyList<string>> Texts);

/// <summary>The number of rows of each part.</summary>
internal readonly record struct SplitSizes(int Train, int Validation, int Test)
{
    public static SplitSizes OfShares(int rows, double validation, double test, string name)
    {
        int Part(double share) => share == 0 ? 0 : Math.Max(1, (int)Math.Round(rows * share));
        var sizes = new SplitSizes(rows - Part(validation) - Part(test), Part(validation), Part(test));
        return sizes.Train > 0
            ? sizes
            : throw new DataException(
                $"{name}: {rows} rows cannot be split into training, validation and test; at least {RowSplit.FewestRows} are needed");
    }

    // Test from the end, validation before it, training before that.
    public RowSplit Cut(int[] order)
    {
        var used = order[^(Train + Validation + Test)..];
        return new(used[..Train], used[Train..(Train + Validation)], used[(Train + Validation)..]);
    }
}
