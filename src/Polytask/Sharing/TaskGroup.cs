using System.Collections.Immutable;

namespace Polytask;

/// <summary>Tasks that share more with each other than with the rest, as the watch-time tasks of a feed (HoME, arXiv 2408.05430, section 3.2).</summary>
/// <param name="Name">What the group is called.</param>
/// <param name="Tasks">The names of its tasks.</param>
public sealed record TaskGroup(string Name, ImmutableArray<string> Tasks)
{
    /// <inheritdoc/>
    public override string ToString() => $"group '{Name}' of {Names.Listed(Tasks)}";
}
