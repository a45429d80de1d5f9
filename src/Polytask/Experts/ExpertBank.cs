using System.Collections.Immutable;

namespace Polytask;

/// <summary>
/// The experts of one level: shared ones (Ma et al., KDD 2018), ones that a task owns (CGC and PLE, Tang et al., RecSys 2020), ones that a group of
/// tasks owns (HoME, arXiv 2408.05430). <c>ExpertBank.Shared(4, Block.Mlp(8)).PerTask(2)</c>. A task's gate sees the shared experts, those of its group
/// and its own, unless a mask says otherwise.
/// </summary>
public sealed record ExpertBank
{
    private ExpertBank(ImmutableArray<ExpertGroup> groups) => Groups = groups;

    /// <summary>The experts by owner, in the order declared, which is the order of a gate's weights.</summary>
    public ImmutableArray<ExpertGroup> Groups { get; private init; }

    /// <summary>Which task sees which expert, [tasks][experts] in their orders; null for the rule of ownership.</summary>
    public ImmutableArray<ImmutableArray<bool>>? Visibility { get; private init; }

    /// <summary>Experts that all tasks see.</summary>
    /// <param name="count">How many; 0 where all experts are owned.</param>
    /// <param name="expert">What each of them is.</param>
    /// <exception cref="DeclarationException">The count is below 0.</exception>
    public static ExpertBank Shared(int count, Block expert) => new([]) { Groups = Added([], new(ExpertOwner.All, null, count, expert)) };

    /// <summary>Experts of its own for each task.</summary>
    /// <param name="count">How many for each; 0 for none, as in a sweep.</param>
    /// <param name="expert">What each of them is; by default what the experts before are.</param>
    public ExpertBank PerTask(int count, Block? expert = null) => With(ExpertOwner.EachTask, null, count, expert);

    /// <summary>Experts of its own for each group of tasks (see <see cref="Model.Group"/>).</summary>
    /// <inheritdoc cref="PerTask"/>
    public ExpertBank PerGroup(int count, Block? expert = null) => With(ExpertOwner.EachGroup, null, count, expert);

    /// <summary>Experts of one task, or of one group of tasks.</summary>
    /// <param name="owner">The task's or the group's name.</param>
    /// <param name="count">How many.</param>
    /// <param name="expert">What each of them is; by default what the experts before are.</param>
    public ExpertBank Owned(string owner, int count, Block? expert = null) => With(ExpertOwner.One, owner, count, expert);

    /// <summary>The experts declared last read the input through a block that they share, as a feature gate.</summary>
    public ExpertBank Through(Block entry) => this with { Groups = Groups.SetItem(Groups.Length - 1, Groups[^1] with { Entry = entry }) };

    /// <summary>Which task sees which expert, instead of the rule of ownership.</summary>
    /// <param name="visible">
    /// [tasks, experts]: rows in the order of the model's tasks, columns in the order in which the bank lists its experts (owner by owner).
    /// </param>
    public ExpertBank WithVisibility(bool[,] visible)
    {
        ArgumentNullException.ThrowIfNull(visible);
        return this with
        {
            Visibility = [.. Enumerable.Range(0, visible.GetLength(0)).Select(
                task => Enumerable.Range(0, visible.GetLength(1)).Select(expert => visible[task, expert]).ToImmutableArray())],
        };
    }

    /// <summary>What the experts are; the first kind where there are several.</summary>
    public Block Expert => Groups[0].Expert;

    /// <summary>The number of experts where none belongs to a task or group, else the number of a level with one of each.</summary>
    public int Count => Groups.Sum(group => group.Count);

    /// <summary>The same experts for a model with fewer tasks.</summary>
    internal ExpertBank Keeping(bool[] kept, IReadOnlyCollection<string> gone)
    {
        var bank = this;
        if (Visibility is { } mask && mask.Length == kept.Length)
        {
            // The columns of experts that go with their tasks go too.
            bool[] columns = [.. Groups.SelectMany(group => group.Owner switch
            {
                ExpertOwner.EachTask => kept.SelectMany(stays => Enumerable.Repeat(stays, group.Count)),
                ExpertOwner.One => Enumerable.Repeat(!gone.Contains(group.Name), group.Count),
                _ => Enumerable.Repeat(true, group.Count),
            })];
            var rows = mask.Where((_, task) => kept[task]);
            bank = bank with { Visibility = [.. rows.Select(row => row.Where((_, i) => i >= columns.Length || columns[i]).ToImmutableArray())] };
        }
        return bank with { Groups = [.. Groups.Where(group => group.Owner != ExpertOwner.One || !gone.Contains(group.Name))] };
    }

    private ExpertBank With(ExpertOwner owner, string? name, int count, Block? expert) =>
        this with { Groups = Added(Groups, new(owner, name, count, expert ?? Expert)) };

    private static ImmutableArray<ExpertGroup> Added(ImmutableArray<ExpertGroup> groups, ExpertGroup group)
    {
        ArgumentNullException.ThrowIfNull(group.Expert);
        return group.Count >= 0
            ? groups.Add(group)
            : throw new DeclarationException($"an expert bank has at least 0 experts of a kind, but got {group.Count}");
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(" + ", Groups.Where(group => group.Count > 0))
        + (Visibility is null ? "" : ", seen by a mask");
}
