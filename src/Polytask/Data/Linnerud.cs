using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// The Linnerud physical exercise data: 20 men, three exercises (chin-ups, sit-ups, jumps) as inputs and three body measures (weight, waist, pulse)
/// as targets, all standardised over the 20 rows (mean 0, standard deviation 1). Too small to judge a model by, and just right to check one against a
/// closed form: every split is the whole data.
/// </summary>
public sealed class Linnerud : DataSource
{
    private readonly (string Task, float[] Values)[] inputs;
    private readonly (string Task, float[] Values)[] targets;

    internal Linnerud(CsvTable table)
    {
        (inputs, targets) = (Standardised(table, "Chins", "Situps", "Jumps"), Standardised(table, "Weight", "Waist", "Pulse"));
        Tasks = [.. targets.Select(target => target.Task)];
    }

    /// <inheritdoc/>
    public override string Name => "linnerud";

    /// <summary>"weight", "waist" and "pulse".</summary>
    public IReadOnlyList<string> Tasks { get; }

    /// <summary>The exercises, float [20, 3].</summary>
    public Tensor X => Columns(inputs);

    /// <summary>The measures in the order of <see cref="Tasks"/>, float [20, 3].</summary>
    public Tensor Y => Columns(targets);

    /// <summary>All 20 rows, three times over; the seed changes nothing.</summary>
    public override DataSplits Split(int seed)
    {
        var all = Examples.Joint(X, [.. targets.Select(target => (target.Task, tensor(target.Values)))]);
        return new(all, all, all);
    }

    private static Tensor Columns((string Task, float[] Values)[] columns)
    {
        using var scope = NewDisposeScope();
        return stack(columns.Select(column => tensor(column.Values)), 1).MoveToOuterDisposeScope();
    }

    private static (string, float[])[] Standardised(CsvTable table, params string[] names) => [.. names.Select(name =>
    {
        var numbers = InputColumn.Numbers(table, name, new HashSet<string>());
        return (name.ToLowerInvariant(), Array.ConvertAll(numbers, Standardisation.Of(numbers).Applied));
    })];
}
