namespace Polytask;

/// <summary>What a task predicts.</summary>
public enum TargetKind
{
    /// <summary>One of several classes: int64 labels, -1 where missing.</summary>
    Classes,

    /// <summary>Yes or no: float labels 1 and 0, NaN where missing.</summary>
    Binary,

    /// <summary>A number: float labels, NaN where missing, standardised by the training rows.</summary>
    Number,
}

/// <summary>The declaration of a task over a table's column. The task is named like the column unless <see cref="Named"/> says otherwise.</summary>
public sealed record Target
{
    private Target(string column, TargetKind kind, IReadOnlyList<string> levels)
    {
        (Task, Column, Kind, Levels) = (column, column, kind, [.. levels]);
        ClassNames = Levels;
    }

    /// <summary>The name of the task.</summary>
    public string Task { get; private init; }

    /// <summary>The column that holds its labels.</summary>
    public string Column { get; }

    /// <summary>What it predicts.</summary>
    public TargetKind Kind { get; }

    /// <summary>The labels as the table writes them, in the order of the classes; for a binary task the ones that count as yes.</summary>
    public IReadOnlyList<string> Levels { get; }

    /// <summary>The classes as reports write them.</summary>
    public IReadOnlyList<string> ClassNames { get; private init; }

    /// <summary>Classes: those given, in that order (another label in the table is an error), or, when none are given, those that the table holds,
    /// in alphabetical order.</summary>
    public static Target Classes(string column, params string[] classes) => new(column, TargetKind.Classes, classes);

    /// <summary>Yes where the column holds <paramref name="yes"/>, no where it holds anything else, missing where it is missing.</summary>
    public static Target Binary(string column, string yes) => new(column, TargetKind.Binary, [yes]) { ClassNames = [$"not {yes}", yes] };

    /// <summary>A number. Labels are standardised by the mean and the standard deviation of the training rows, so errors count in standard
    /// deviations.</summary>
    public static Target Number(string column) => new(column, TargetKind.Number, []);

    /// <summary>Whether its numbers are standardised by the training rows.</summary>
    public bool IsStandardised { get; private init; } = true;

    /// <summary>The numbers as the table holds them: errors count in the column's own unit.</summary>
    /// <exception cref="DataException">The target is no number.</exception>
    public Target Unscaled() => Kind == TargetKind.Number
        ? this with { IsStandardised = false }
        : throw new DataException($"task '{Task}': Unscaled is for numbers, and this task predicts classes; declare it with Target.Number");

    /// <summary>The same target under another task name.</summary>
    public Target Named(string task) => this with { Task = task };

    /// <summary>The same target with other names for its classes in reports, in the order of the classes.</summary>
    /// <exception cref="DataException">There are more or fewer names than declared classes.</exception>
    public Target Shown(params string[] classNames) => Kind != TargetKind.Number && classNames.Length == ClassNames.Count
        ? this with { ClassNames = [.. classNames] }
        : throw new DataException($"task '{Task}': {classNames.Length} class names for {ClassNames.Count} declared classes; give one each");
}
