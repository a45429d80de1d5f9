namespace Polytask.Notebooks.Kernels;

/// <summary>How near a candidate is to what is probably meant, nearest first.</summary>
internal enum Nearness
{
    /// <summary>What the place asks for: members of an enumeration, properties to initialise.</summary>
    Expected,

    /// <summary>A parameter's name.</summary>
    Parameter,

    /// <summary>A member, a variable, a function.</summary>
    Near,

    /// <summary>A type, a namespace, a keyword.</summary>
    Other,

    /// <summary>What every object has.</summary>
    OfEveryObject,

    /// <summary>What should not be used any more.</summary>
    Obsolete,
}

/// <summary>The texts that could stand at a cursor: those that start with what was typed, case aside, best first.</summary>
/// <param name="typed">What stands before the cursor already.</param>
internal sealed class Candidates(string typed)
{
    private readonly Dictionary<string, (Completion Item, bool SameCase, Nearness Nearness)> _found = new(StringComparer.Ordinal);

    /// <summary>Whether a name starts with what was typed.</summary>
    public bool Fits(string name) => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase);

    /// <summary>Adds a text, if it fits and is not there yet.</summary>
    /// <param name="text">The text to insert.</param>
    /// <param name="kind">What it is, in Jupyter's words.</param>
    /// <param name="nearness">How probable it is.</param>
    /// <param name="name">What is compared with what was typed where that is not the text: the last part of a qualified name.</param>
    public void Add(string text, string kind, Nearness nearness, string? name = null)
    {
        var match = Fits(text) ? text : name ?? text;
        if (Fits(match))
            _found.TryAdd(text, (new Completion(text, kind), match.StartsWith(typed, StringComparison.Ordinal), nearness));
    }

    /// <summary>Those that fit; a case that is the typed one comes first, then what is near, then the alphabet.</summary>
    public IReadOnlyList<Completion> Ranked() =>
    [
        .. _found.Values.OrderByDescending(c => c.SameCase).ThenBy(c => c.Nearness)
            .ThenBy(c => c.Item.Text, StringComparer.OrdinalIgnoreCase).ThenBy(c => c.Item.Text, StringComparer.Ordinal).Select(c => c.Item),
    ];
}
