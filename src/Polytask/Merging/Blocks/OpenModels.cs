using static TorchSharp.torch;

namespace Polytask;

/// <summary>The models of a merge while it runs, with the statistics that its method reads beside them.</summary>
internal sealed class OpenModels : IDisposable
{
    private readonly MergePool pool;
    private readonly IReadOnlyList<IParameterSource> statistics;
    private readonly List<IParameterReader> readers = [];

    public OpenModels(MergePool pool, HashSet<string> merged, IReadOnlyList<IParameterSource> statistics)
    {
        (this.pool, this.statistics) = (pool, statistics);
        // In one order, whatever the models' own: sums over a model have the same bits from a dictionary and from a file.
        Merged = [.. pool.Base.Tensors.Where(tensor => merged.Contains(tensor.Name)).OrderBy(tensor => tensor.Name, StringComparer.Ordinal)];
        IsDouble = Merged.Any(tensor => tensor.Type == ScalarType.Float64);
        try
        {
            foreach (var source in pool.Tuned.Prepend(pool.Base).Concat(statistics)) readers.Add(source.Open());
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>T.</summary>
    public int Count => pool.Tuned.Length;

    /// <summary>The merged tensors, by name.</summary>
    public IReadOnlyList<StoredTensor> Merged { get; }

    /// <summary>Whether the merge computes in Float64.</summary>
    public bool IsDouble { get; }

    /// <summary>The base.</summary>
    public IParameterReader Base => readers[0];

    /// <summary>A tuned model.</summary>
    public IParameterReader Tuned(int task) => readers[1 + task];

    /// <summary>The base, the tuned models and the statistics.</summary>
    public IReadOnlyList<IParameterReader> All => readers;

    /// <summary>What messages call one of <see cref="All"/>.</summary>
    public string NameOf(int reader) => reader == 0 ? pool.Base.Name
        : reader <= Count ? pool.Tuned[reader - 1].Name : statistics[reader - 1 - Count].Name;

    /// <summary>A whole tensor of one of <see cref="All"/>, in the type that the merge computes in.</summary>
    /// <exception cref="InvalidDataException">A number of it is NaN or infinite.</exception>
    public Tensor ReadFinite(int reader, string name)
    {
        var read = readers[reader].Read(name).to(IsDouble ? ScalarType.Float64 : ScalarType.Float32);
        using var isFinite = read.isfinite();
        using var all = isFinite.all();
        if (all.item<bool>()) return read;
        var place = isFinite.view(-1).to(ScalarType.Byte).argmin().item<long>();
        throw NotFinite(reader, name, read.view(-1)[place].to(ScalarType.Float64).item<double>(), place);
    }

    public void Dispose()
    {
        foreach (var reader in readers) reader.Dispose();
    }

    /// <summary>The error for a number that cannot be merged.</summary>
    public InvalidDataException NotFinite(int reader, string tensor, double value, long place) => new(FormattableString.Invariant(
        $"{NameOf(reader)}: tensor '{tensor}' holds {value} at its element {place}; a merge needs finite numbers. ")
        + "Repair the model, or leave the tensor out with Without");
}
