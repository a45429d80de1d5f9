namespace Polytask;

/// <summary>How the losses of the tasks become one update.</summary>
public abstract partial record Weighting
{
    /// <summary>Whether it is given log L_t for each loss.</summary>
    public bool ReadsLogs { get; private init; }

    /// <summary>
    /// The same weighting of log L_t, so that no scale of a loss matters, as in DB-MTL (Lin et al., 2023). Losses above 0.
    /// </summary>
    /// <exception cref="DeclarationException">The weighting looks at the losses in another way too.</exception>
    public virtual Weighting OfLogs() => this with { ReadsLogs = true };

    /// <summary>The weighting in words, with what it is given.</summary>
    internal virtual string Describe() => ReadsLogs ? $"{this} of logs" : ToString()!;
}
