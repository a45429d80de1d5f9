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

    /// <summary>
    /// Numbers. They are standardised by the mean and the standard deviation of the training rows. A missing number becomes the mean of the training
    /// rows, and the column gets a second feature that is 1 where it was missing.
    /// </summary>
    public static Column Numeric(string name) => new(name, ColumnKind.Numeric, []);

    /// <summary>Levels with an order, given from the lowest to the highest; another value in the table is an error. A missing value is a level of
    /// its own.</summary>
    public static Column Ordered(string name, params string[] levels) => new(name, ColumnKind.Ordered, levels);

    /// <summary>Levels without an order: those given, or, when none are given, those that the table holds, in alphabetical order. A missing value is
    /// a level of its own.</summary>
    public static Column Category(string name, params string[] levels) => new(name, ColumnKind.Category, levels);

    /// <summary>A column that models must not see, with the reason, which is printed with the data.</summary>
    public static Column Dropped(string name, string because) => new(name, ColumnKind.Category, []) { DroppedBecause = because };
}
