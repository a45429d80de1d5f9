using System.Collections;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.utils.data;

namespace TorchSharp.Modules;

/// <summary>
/// Batches of a data set. The order depends on the shuffler or seed alone, not on the number of workers. Workers fetch the items of one batch at a
/// time, while <c>MoveNext</c> runs: when an enumeration ends, early or not, none of them is left. A worker's exception comes out of <c>MoveNext</c>
/// as it was.
/// </summary>
/// <typeparam name="T">An item.</typeparam>
/// <typeparam name="S">A batch.</typeparam>
public class DataLoader<T, S> : IEnumerable<S>, IDisposable
{
    /// <param name="dataset">Where the items are.</param>
    /// <param name="batchSize">How many items make a batch.</param>
    /// <param name="collate_fn">Makes a batch of items, on the device.</param>
    /// <param name="shuffler">The positions of the items, in the order in which they are wanted.</param>
    /// <param name="device">Where the batches go; the CPU where null.</param>
    /// <param name="num_worker">How many items are fetched at once.</param>
    /// <param name="drop_last">Whether a last batch with fewer items is left out.</param>
    /// <param name="disposeBatch">Whether a batch's tensors are freed when the next one is asked for.</param>
    /// <param name="disposeDataset">Whether the data set is freed with the loader.</param>
    public DataLoader(
        Dataset<T> dataset, int batchSize, Func<IEnumerable<T>, Device, S> collate_fn, IEnumerable<long> shuffler, Device? device = null,
        int num_worker = 1,
        bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true)
    {
        if (batchSize < 1) throw new ArgumentException($"A batch needs at least one item, got a batch size of {batchSize}.", nameof(batchSize));
        this.dataset = dataset;
        batch_size = batchSize;
        this.collate_fn = collate_fn;
        sampler = shuffler;
        Device = device ?? CPU;
        num_workers = Math.Max(num_worker, 1);
        this.drop_last = drop_last;
        DisposeBatch = disposeBatch;
        DisposeDataset = disposeDataset;
    }

    /// <param name="shuffle">Whether the items come in a random order, else in their own.</param>
    /// <param name="seed">The seed of the order; a new order in every epoch where null.</param>
    /// <inheritdoc cref="DataLoader{T, S}(Dataset{T}, int, Func{IEnumerable{T}, Device, S}, IEnumerable{long}, Device, int, bool, bool, bool)"/>
    public DataLoader(
        Dataset<T> dataset, int batchSize, Func<IEnumerable<T>, Device, S> collate_fn, bool shuffle = false, Device? device = null,
        int? seed = null, int num_worker = 1,
        bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true)
        : this(
            dataset, batchSize, collate_fn, shuffle ? new FisherYatesShuffler(dataset.Count, seed) : InOrder(dataset.Count), device, num_worker,
            drop_last,
              disposeBatch, disposeDataset)
    { }

    public Dataset<T> dataset { get; }

    public int batch_size { get; }

    public bool drop_last { get; }

    public IEnumerable<long> sampler { get; }

    public int num_workers { get; }

    public Func<IEnumerable<T>, Device, S> collate_fn { get; }

    public Device Device { get; }

    public bool DisposeBatch { get; }

    public bool DisposeDataset { get; }

    /// <summary>How many batches the whole data set makes.</summary>
    public long Count => (dataset.Count + (drop_last ? 0 : batch_size - 1)) / batch_size;

    public IEnumerator<S> GetEnumerator()
    {
        using var positions = sampler.GetEnumerator();
        IReadOnlyList<IDisposable> previous = [];
        try
        {
            while (Next(positions) is { Length: > 0 } indices && (indices.Length == batch_size || !drop_last))
            {
                var batch = Fetch(indices, out var made);
                if (DisposeBatch) previous = made;
                yield return batch;
                Free(previous);
            }
        }
        finally
        {
            Free(previous);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the data set, where the loader is to.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && DisposeDataset) dataset.Dispose();
    }

    /// <summary>Makes the batch of some positions; what is made on the way is freed with the scope around.</summary>
    private protected virtual S Make(long[] indices)
    {
        var items = new T[indices.Length];
        var made = new IReadOnlyList<IDisposable>[indices.Length];
        try
        {
            if (num_workers == 1)
                for (var i = 0; i < indices.Length; i++) GetItem(i);
            else FetchTogether(indices.Length, GetItem);
            return collate_fn(items, Device);
        }
        finally
        {
            foreach (var tensors in made) Free(tensors ?? []);
        }

        void GetItem(int i)
        {
            using var scope = NewDisposeScope();
            items[i] = dataset.GetTensor(indices[i]);
            made[i] = TakeAll(scope);
        }
    }

    private void FetchTogether(int count, Action<int> getItem)
    {
        var failures = new System.Runtime.ExceptionServices.ExceptionDispatchInfo?[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = num_workers }, (i, loop) =>
        {
            try
            {
                getItem(i);
            }
            catch (Exception problem)
            {
                failures[i] = System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(problem);
                // Items before this one are still fetched, so that the first failure does not depend on the workers' speed.
                loop.Break();
            }
        });
        Array.Find(failures, failure => failure is not null)?.Throw();
    }

    private S Fetch(long[] indices, out IReadOnlyList<IDisposable> made)
    {
        using var scope = NewDisposeScope();
        var batch = Make(indices);
        made = TakeAll(scope);
        return batch;
    }

    private long[] Next(IEnumerator<long> positions)
    {
        var indices = new List<long>(batch_size);
        while (indices.Count < batch_size && positions.MoveNext()) indices.Add(positions.Current);
        return [.. indices];
    }

    private static IReadOnlyList<IDisposable> TakeAll(DisposeScope scope)
    {
        var all = scope.DisposablesView;
        scope.Detach(all);
        return all;
    }

    private static void Free(IReadOnlyList<IDisposable> disposables)
    {
        foreach (var disposable in disposables) disposable.Dispose();
    }

    private static IEnumerable<long> InOrder(long count)
    {
        for (long i = 0; i < count; i++) yield return i;
    }
}

/// <summary>Batches of items with named tensors: for each name, the items' tensors along a new first dimension.</summary>
/// <inheritdoc cref="DataLoader{T, S}"/>
public class DataLoader : DataLoader<Dictionary<string, Tensor>, Dictionary<string, Tensor>>
{
    public DataLoader(
        Dataset dataset, int batchSize, IEnumerable<long> shuffler, Device? device = null, int num_worker = 1, bool drop_last = false,
        bool disposeBatch = true,
        bool disposeDataset = true)
        : base(dataset, batchSize, Collate, shuffler, device, num_worker, drop_last, disposeBatch, disposeDataset) { }

    public DataLoader(
        Dataset dataset, int batchSize, bool shuffle = false, Device? device = null, int? seed = null, int num_worker = 1, bool drop_last = false,
        bool disposeBatch = true, bool disposeDataset = true)
        : base(dataset, batchSize, Collate, shuffle, device, seed, num_worker, drop_last, disposeBatch, disposeDataset) { }

    private static Dictionary<string, Tensor> Collate(IEnumerable<Dictionary<string, Tensor>> items, Device device)
    {
        var all = items.ToArray();
        using var scope = NewDisposeScope();
        return all[0].Keys.ToDictionary(name => name, name => stack([.. all.Select(item => item[name])], 0).to(device).MoveToOuterDisposeScope());
    }
}

/// <summary>Batches of items of several tensors: each of them along a new first dimension.</summary>
/// <inheritdoc cref="DataLoader{T, S}"/>
public class IterableDataLoader : DataLoader<IList<Tensor>, IList<Tensor>>
{
    public IterableDataLoader(
        IterableDataset dataset, int batchSize, IEnumerable<long> shuffler, Device? device = null, int num_worker = 1, bool drop_last = false,
        bool disposeBatch = true, bool disposeDataset = true)
        : base(dataset, batchSize, Collate, shuffler, device, num_worker, drop_last, disposeBatch, disposeDataset) { }

    public IterableDataLoader(
        IterableDataset dataset, int batchSize, bool shuffle = false, Device? device = null, int? seed = null, int num_worker = 1,
        bool drop_last = false,
        bool disposeBatch = true, bool disposeDataset = true)
        : base(dataset, batchSize, Collate, shuffle, device, seed, num_worker, drop_last, disposeBatch, disposeDataset) { }

    /// <summary>Rows of tensors are gathered at once, without items; on the tensors' device where that is the batches' too.</summary>
    private protected override IList<Tensor> Make(long[] indices)
    {
        if (dataset is not TensorDataset rows) return base.Make(indices);
        using var scope = NewDisposeScope();
        var batch = rows.GetBatch(indices, Device);
        foreach (var tensor in batch) tensor.MoveToOuterDisposeScope();
        return batch;
    }

    private static IList<Tensor> Collate(IEnumerable<IList<Tensor>> items, Device device)
    {
        var all = items.ToArray();
        using var scope = NewDisposeScope();
        return [.. Enumerable.Range(0, all[0].Count).Select(i => stack([.. all.Select(item => item[i])], 0).to(device).MoveToOuterDisposeScope())];
    }
}
