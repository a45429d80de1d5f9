namespace Polytask;

/// <summary>
/// Which tasks a step trains, and on how many rows each. A task without rows in a step is left alone by it: neither its loss nor its own parameters
/// nor what the optimiser remembers of them changes. Where a step has rows of several tasks, each task's mean loss counts by its share of the rows,
/// so that the expected update is sum_t p_t grad L_t whether steps are mixed or not.
/// </summary>
public abstract record Sampler
{
    /// <summary>The steps of an epoch, or null for as many as all rows fill.</summary>
    public int? StepCount { get; private init; }

    /// <summary>
    /// The rows of each task in a step, in the order of <see cref="SamplerTurn.Tasks"/>; 0 for a task that rests. It is asked step by step from the
    /// first of each epoch on and must follow from what it is given alone, or a resumed run would differ.
    /// </summary>
    public abstract IReadOnlyList<int> Draw(SamplerTurn turn);

    /// <summary>An epoch has this many steps.</summary>
    public Sampler Steps(int perEpoch) => perEpoch >= 1
        ? this with { StepCount = perEpoch }
        : throw new DeclarationException($"an epoch has at least 1 step, but a sampler was given {perEpoch}");

    /// <summary>Chances proportional to the number of rows: p_t = n_t / sum n.</summary>
    /// <param name="limit">Rows above this many count for nothing (Raffel et al., JMLR 2020, section 3.5.2); null for no limit.</param>
    public static ChanceSampler Proportional(long? limit = null) => Temperature(1, limit);

    /// <summary>p_t = n_t^(1/T) / sum n^(1/T): proportional for T = 1, uniform for large T (Raffel et al., JMLR 2020, section 3.5.2).</summary>
    /// <param name="temperature">T, above 0.</param>
    /// <param name="limit">Rows above this many count for nothing; null for no limit.</param>
    public static ChanceSampler Temperature(double temperature, long? limit = null) => new TemperatureSampling(temperature, limit).Sampler;

    /// <summary>The same chance for every task.</summary>
    public static ChanceSampler Uniform() => new("uniform", (IReadOnlyList<long> rows) => [.. rows.Select(_ => 1.0)]);

    /// <summary>Chances of your own, by task; they need not add up to 1.</summary>
    public static ChanceSampler Chances(params (string Task, double Chance)[] chances) => NamedChances.Sampler(chances);

    /// <summary>One task after the other in the order of the model, a whole batch each; every epoch begins with the first.</summary>
    public static Sampler RoundRobin() => Of("round robin", turn =>
        [.. turn.Tasks.Select((_, task) => turn.Step % turn.Tasks.Count == task ? turn.Batch : 0)]);

    /// <summary>A sampler of your own: a function that gives the rows of each task in a step.</summary>
    public static Sampler Of(string name, Func<SamplerTurn, IReadOnlyList<int>> draw)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(draw);
        return new OwnSampler(name, draw);
    }

    private sealed record OwnSampler(string Name, Func<SamplerTurn, IReadOnlyList<int>> Function) : Sampler
    {
        public override IReadOnlyList<int> Draw(SamplerTurn turn) => Function(turn);

        public override string ToString() => $"{Name} tasks";
    }
}
