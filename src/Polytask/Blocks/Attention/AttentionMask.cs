using System.Collections.Immutable;

namespace Polytask;

/// <summary>
/// Who may not look at whom, declared over groups of tokens in their order:
/// <c>AttentionMask.Over(("task", 3), ("feature", 8)).Hide("feature", from: "task")</c>. A token always sees itself.
/// </summary>
public sealed record AttentionMask
{
    private AttentionMask(ImmutableArray<(string Name, int Count)> groups) => Groups = groups;

    /// <summary>The groups and their numbers of tokens.</summary>
    public ImmutableArray<(string Name, int Count)> Groups { get; }

    /// <summary>Pairs of groups: tokens of the first do not look at those of the second.</summary>
    public ImmutableArray<(string Looking, string Hidden)> Rules { get; private init; } = [];

    /// <summary>How many tokens the groups have together.</summary>
    public int Tokens => Groups.Sum(group => group.Count);

    /// <summary>No rule yet: all look at all.</summary>
    /// <param name="groups">The names of groups of consecutive tokens and how many each has.</param>
    public static AttentionMask Over(params (string Name, int Count)[] groups)
    {
        if (groups.Length == 0 || groups.Any(group => group.Count < 1))
            throw new DeclarationException("an attention mask needs groups of at least 1 token each, for example (\"task\", 3), (\"feature\", 8)");
        var twice = groups.GroupBy(group => group.Name).FirstOrDefault(named => named.Count() > 1);
        return twice is null
            ? new([.. groups])
            : throw new DeclarationException($"an attention mask has two groups '{twice.Key}'; give each a name of its own");
    }

    /// <summary>
    /// Tokens of group <paramref name="from"/> do not look at those of group <paramref name="hidden"/>, which may be the same group.
    /// </summary>
    public AttentionMask Hide(string hidden, string from)
    {
        foreach (var name in new[] { hidden, from })
            if (Groups.All(group => group.Name != name))
                throw new DeclarationException($"the attention mask has no group '{name}'; it has {Names.Listed(Groups.Select(group => group.Name))}"
                    + Names.DidYouMean(name, Groups.Select(group => group.Name)));
        return this with { Rules = Rules.Add((from, hidden)) };
    }

    /// <summary>[looking token, token looked at], true where it must not.</summary>
    internal bool[,] Matrix()
    {
        var names = Groups.SelectMany(group => Enumerable.Repeat(group.Name, group.Count)).ToArray();
        var matrix = new bool[names.Length, names.Length];
        for (var i = 0; i < names.Length; i++)
            for (var j = 0; j < names.Length; j++)
                matrix[i, j] = i != j && Rules.Contains((names[i], names[j]));
        return matrix;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Rules.Select(rule => $"{rule.Hidden} hidden from {rule.Looking}"));
}
