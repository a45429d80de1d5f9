namespace Polytask;

/// <summary>Data that a study can draw from: the same seed gives the same splits, whatever the model.</summary>
public abstract class DataSource
{
    /// <summary>The name under which results are reported.</summary>
    public abstract string Name { get; }

    /// <summary>The splits of a seed.</summary>
    public abstract DataSplits Split(int seed);

    /// <summary>A source from a function of the seed, for data made on the spot.</summary>
    public static DataSource Of(string name, Func<int, DataSplits> split) => new Made(name, split);

    private sealed class Made(string name, Func<int, DataSplits> split) : DataSource
    {
        public override string Name => name;

        public override DataSplits Split(int seed) => split(seed);
    }
}
