namespace Polytask;

/// <summary>Whose experts they are.</summary>
public enum ExpertOwner
{
    /// <summary>All tasks see them.</summary>
    All,

    /// <summary>Each task has so many of its own.</summary>
    EachTask,

    /// <summary>Each group of tasks has so many of its own.</summary>
    EachGroup,

    /// <summary>One task, or one group of tasks, has them.</summary>
    One,
}

/// <summary>Experts of one owner.</summary>
/// <param name="Owner">Whose they are.</param>
/// <param name="Name">The task or group that owns them, where <paramref name="Owner"/> is <see cref="ExpertOwner.One"/>.</param>
/// <param name="Count">How many there are, for each owner.</param>
/// <param name="Expert">What each of them is.</param>
/// <param name="Entry">A block that the owner's experts read the input through, or null.</param>
public sealed record ExpertGroup(ExpertOwner Owner, string? Name, int Count, Block Expert, Block? Entry = null)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Count} x {(Entry is null ? "" : $"{Entry} → ")}{Expert}" + Owner switch
    {
        ExpertOwner.EachTask => " per task",
        ExpertOwner.EachGroup => " per group",
        ExpertOwner.One => $" of '{Name}'",
        _ => "",
    };
}
