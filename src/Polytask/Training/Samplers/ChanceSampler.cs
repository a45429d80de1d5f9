namespace Polytask;

/// <summary>
/// Tasks by chance. A batch is divided row by row, each row going to task t with chance p_t; or all of it goes to one task
/// (<see cref="Unmixed"/>).
/// </summary>
public sealed record ChanceSampler : Sampler
{
    private readonly string name;
    private readonly Func<IReadOnlyList<long>, IReadOnlyList<double>>? byRows;
    private readonly Func<IReadOnlyList<string>, IReadOnlyList<double>>? byTask;

    internal ChanceSampler(string name, Func<IReadOnlyList<long>, IReadOnlyList<double>> chances) => (this.name, byRows) = (name, chances);

    internal ChanceSampler(string name, Func<IReadOnlyList<string>, IReadOnlyList<double>> chances) => (this.name, byTask) = (name, chances);

    /// <summary>Whether a step trains one task.</summary>
    public bool IsUnmixed { get; private init; }

    /// <summary>One task a step, on the whole batch.</summary>
    public ChanceSampler Unmixed() => this with { IsUnmixed = true };

    /// <inheritdoc/>
    public override IReadOnlyList<int> Draw(SamplerTurn turn)
    {
        var chances = byRows?.Invoke(turn.Rows) ?? byTask!(turn.Tasks);
        var sum = chances.Sum();
        var counts = new int[chances.Count];
        if (IsUnmixed) counts[Pick(chances, sum * turn.Random.NextUniform())] = turn.Batch;
        else for (var row = 0; row < turn.Batch; row++) counts[Pick(chances, sum * turn.Random.NextUniform())]++;
        return counts;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{name} {(IsUnmixed ? "unmixed " : "")}tasks";

    private static int Pick(IReadOnlyList<double> chances, double place)
    {
        var last = 0;
        for (var i = 0; i < chances.Count; i++)
        {
            if (chances[i] == 0) continue;
            if (place < chances[i]) return i;
            place -= chances[i];
            last = i;
        }
        return last; // rounding can leave a place just beyond the last chance
    }
}
