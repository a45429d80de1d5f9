namespace Polytask;

/// <summary>The experts of one owner of a certain model: a piece of the level's numbering.</summary>
/// <param name="Stream">The owner's stream, which they read; the shared one where all own them.</param>
/// <param name="First">The number of the first of them.</param>
/// <param name="Group">What they are.</param>
internal sealed record ExpertSet(int Stream, int First, ExpertGroup Group)
{
    public int Count => Group.Count;

    public bool Holds(int expert) => expert >= First && expert < First + Count;

    public IEnumerable<int> Numbers => Enumerable.Range(First, Count);

    /// <summary>The sets of a bank in its order; owners that a model lacks are an error.</summary>
    public static ExpertSet[] Of(ExpertBank bank, StreamMap map, string place)
    {
        var sets = new List<ExpertSet>();
        foreach (var group in bank.Groups.Where(group => group.Count > 0))
        {
            IEnumerable<int> owners = group.Owner switch
            {
                ExpertOwner.All => [map.Shared],
                ExpertOwner.EachTask => map.TaskStreams,
                ExpertOwner.EachGroup when map.Groups.Length > 0 => map.Groups.Select(map.GroupNamed),
                ExpertOwner.EachGroup => throw new DeclarationException(
                    $"{place}: experts per group need groups of tasks; declare them with .Group(\"name\", \"task\", ...)"),
                _ => [Owner(group.Name!, map, place)],
            };
            foreach (var owner in owners) sets.Add(new(owner, sets.Count == 0 ? 0 : sets[^1].First + sets[^1].Count, group));
        }
        return [.. sets];
    }

    /// <summary>The numbers of the experts that a stream's gate sees.</summary>
    public static int[] Visible(ExpertSet[] sets, ExpertBank bank, StreamMap map, int consumer)
    {
        if (map.IsTask(consumer) && bank.Visibility is { } mask)
            return [.. sets.SelectMany(set => set.Numbers).Where(expert => mask[consumer][expert])];
        return [.. sets.Where(set => set.Stream == map.Shared || consumer == map.Shared || set.Stream == consumer
            || set.Stream == map.GroupOf(consumer) || (map.IsGroup(consumer) && map.GroupOf(set.Stream) == consumer)).SelectMany(set => set.Numbers)];
    }

    private static int Owner(string name, StreamMap map, string place) =>
        map.TaskNamed(name) is >= 0 and var task ? task
        : map.GroupNamed(name) is >= 0 and var group ? group
        : throw new DeclarationException($"{place}: experts are owned by '{name}', but the model has {Names.Listed([.. map.Tasks, .. map.Groups])}"
            + Names.DidYouMean(name, [.. map.Tasks, .. map.Groups]));
}
