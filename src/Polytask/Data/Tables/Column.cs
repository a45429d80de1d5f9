namespace Polytask;

/// <summary>What the values of a column are.</summary>
public enum ColumnKind
{
    /// <summary>Numbers.</summary>
    Numeric,

    /// <summary>Levels with an order, such as age groups.</summary>
    Ordered,

    /// <summary>Levels without an order.</summary>
    Category,
}

/// <summary>What a column is used for.</summary>
public enum ColumnRole
{
    /// <summary>The models see it.</summary>
    Input,

    /// <summary>A task predicts it.</summary>
    Target,

    /// <summary>Nobody sees it; the reason is said.</summary>
    Dropped,
}

/// <summary>The declaration of a column that models may see, or that they must not see and why.</summary>
public sealed record Column
{
    private Column(string name, ColumnKind kind, IReadOnlyList<string> levels) => (Name, Kind, Levels) = (name, kind, [.. levels]);

    /// <summary>The name in the table.</summary>
    public string Name { get; }

    /// <summary>What its values are.</summary>
    public ColumnKind Kind { get; }

    /// <summary>The declared levels in their order; none when they are taken as the table holds them.</summary>
    public IReadOnlyList<string> Levels { get; }

    /// <summary>Why the column is kept from the models, or null for an input.</summary>
    public string? DroppedBecause { get; private init; }

    /// <summary>Whether its numbers are standardised by the training rows.</summary>
    public bool IsStandardised { get; private init; } = true;

    /// <summary>Whether a second feature marks where a number is missing.</summary>
    public bool IsMarked { get; private init; } = true;

    /// <summary>The numbers that stand for the levels of a <see cref="Scored"/> column, or null.</summary>
    public IReadOnlyDictionary<string, double>? Scores { get; private init; }

    /// <summary>
    /// Numbers. They are standardised by the mean and the standard deviation of the training rows. A missing number becomes the mean of the training
    /// rows, and the column gets a second feature that is 1 where it was missing.
    /// </summary>
    public static Column Numeric(string name) => new(name, ColumnKind.Numeric, []);

    /// <summary>Levels as one number each, as declared and not standardised: "low" as -1, "middle" as 0, "high" as 1. Another value in the table is
    /// an error; a missing one is treated as in <see cref="Numeric"/>.</summary>
    public static Column Scored(string name, params (string Level, double Score)[] scores) => new(name, ColumnKind.Numeric, [])
    {
        IsStandardised = false,
        Scores = scores.ToDictionary(score => score.Level, score => score.Score),
    };

    /// <summary>The numbers as the table holds them, without standardisation; a missing one is still the mean of the training rows.</summary>
    /// <exception cref="DataException">The column holds no numbers.</exception>
    public Column Unscaled() => OfNumbers("Unscaled") with { IsStandardised = false };

    /// <summary>A missing number is the mean of the training rows and nothing says so: no second feature.</summary>
    /// <exception cref="DataException">The column holds no numbers.</exception>
    public Column Unmarked() => OfNumbers("Unmarked") with { IsMarked = false };

    private Column OfNumbers(string what) => Kind == ColumnKind.Numeric
        ? this
        : throw new DataException($"column '{Name}': {what} is for numbers, and this column holds levels; declare it with Column.Numeric");

    /// <summary>Levels with an order, given from the lowest to the highest; another value in the table is an error. A missing value is a level of
    /// its own.</summary>
    public static Column Ordered(string name, params string[] levels) => new(name, ColumnKind.Ordered, levels);

    /// <summary>Levels without an order: those given, or, when none are given, those that the table holds, in alphabetical order. A missing value is
    /// a level of its own.</summary>
    public static Column Category(string name, params string[] levels) => new(name, ColumnKind.Category, levels);

    /// <summary>A column that models must not see, with the reason, which is printed with the data.</summary>
    public static Column Dropped(string name, string because) => new(name, ColumnKind.Category, []) { DroppedBecause = because };
}
