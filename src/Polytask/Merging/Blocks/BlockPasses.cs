using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Passes over all models at once, block by block, from as many threads as there are processors, which share all tensors out among them. Of files
/// no more is in memory than a thread's piece of one tensor from each model, about 2 MiB in all; tensors in memory are read where they lie. In the
/// first pass every number is checked.
/// </summary>
/// <param name="models">The models.</param>
/// <param name="merged">The tensors that are gone over; null stands for all that are merged.</param>
internal sealed class BlockPasses<T>(OpenModels models, IReadOnlyList<StoredTensor>? merged = null)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const long BytesOfPieces = 2 << 20;

    // Blocks that are worth another thread, and the most that it takes at once of models in memory.
    private const int LeastBlocks = 8;
    private const int MostBlocks = 128;

    // A sample is of so many elements at the beginning of one block of so many.
    private const int ElementsOfSample = 1024;
    private const int BlocksPerSample = 32;

    private static readonly ScalarType Type = typeof(T) == typeof(double) ? ScalarType.Float64 : ScalarType.Float32;

    private readonly IReadOnlyList<StoredTensor> tensors = merged ?? models.Merged;
    private readonly BlockPasses<T>? inner;
    private readonly BlockRule<T>? first;
    private readonly BlockSpace<T>[] spaces = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new BlockSpace<T>(models))];

    private bool areChecked;
    private Func<BlockRule<T>?>? revision;

    private BlockPasses(BlockPasses<T> inner, BlockRule<T> first, OpenModels models) : this(models, inner.tensors) =>
        (this.inner, this.first) = (inner, first);

    /// <summary>T.</summary>
    public int Tasks => models.Count;

    /// <summary>How many threads there are at most.</summary>
    public int Workers => spaces.Length;

    /// <summary>d, the merged elements of a model.</summary>
    public long Elements => tensors.Sum(ElementsOf);

    /// <summary>The tensors that are gone over.</summary>
    public IReadOnlyList<StoredTensor> Tensors => tensors;

    /// <summary>How many elements of a model <see cref="Sample"/> sees: about one of 128.</summary>
    public long ElementsOfSamples => Parts(tensors).Sum(part => Enumerable.Range(0, (int)BlocksOf(part.Count))
        .Where(i => IsSampled(part, i)).Sum(i => (long)Math.Min(ElementsOfSample, part.Count - i * Block<T>.MostElements)));

    /// <summary>Passes in which something is done to the task vectors before.</summary>
    public BlockPasses<T> After(BlockRule<T> rule) => new(this, rule, models);

    /// <summary>One pass over all merged tensors.</summary>
    public void Run(BlockRule<T> rule) => Pass(tensors, rule, null, isSample: false);

    /// <summary>A pass over one tensor.</summary>
    public void Run(StoredTensor tensor, BlockRule<T> rule) => Pass([tensor], rule, null, isSample: false);

    /// <summary>A pass over the beginning of one block of 32, the same ones in every pass.</summary>
    public void Sample(BlockRule<T> rule) => Pass(tensors, rule, null, isSample: true);

    /// <summary>Sums over all tensors, with the same bits for any number of threads.</summary>
    public double[] Sums(int count, BlockSums<T> rule)
    {
        var (total, parts) = (new double[count], SumsOfBlocks(count, rule));
        for (var i = 0; i < parts.Length; i++) total[i % count] += parts[i];
        return total;
    }

    /// <summary>Sums over each tensor: [tensor][sum], in the order of <see cref="Tensors"/>.</summary>
    public double[][] SumsByTensor(int count, BlockSums<T> rule)
    {
        double[][] totals = [.. tensors.Select(_ => new double[count])];
        var (parts, i) = (SumsOfBlocks(count, rule), 0L);
        foreach (var (tensor, total) in tensors.Zip(totals))
            for (var end = i + BlocksOf(ElementsOf(tensor)) * count; i < end; i++) total[i % count] += parts[i];
        return totals;
    }

    /// <summary>Has the merge done again where it began on a guess that proved wrong: the function is asked when all is merged, and gives the rule
    /// to merge by then, or null.</summary>
    public void Revise(Func<BlockRule<T>?> with)
    {
        if (inner is null) revision = with;
        else inner.Revise(() => with() is { } rule ? Composed(rule) : null);
    }

    /// <summary>Merges tensors: the rule fills every block's result.</summary>
    public void Merge(IReadOnlyList<StoredTensor> tensors, BlockRule<T> rule, MergeTarget target)
    {
        Pass(tensors, rule, target, isSample: false);
        if (revision?.Invoke() is { } revised) Pass(tensors, revised, target, isSample: false);
    }

    /// <summary>A merged tensor: the rule fills every block's result.</summary>
    public Tensor Merge(StoredTensor tensor, BlockRule<T> rule)
    {
        var result = empty([.. tensor.Shape], dtype: tensor.Type, device: CPU);
        try
        {
            Pass([tensor], rule, new TensorTarget(result), isSample: false);
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    private double[] SumsOfBlocks(int count, BlockSums<T> rule)
    {
        var parts = new double[tensors.Sum(tensor => BlocksOf(ElementsOf(tensor))) * count];
        Run((in Block<T> block) => rule(block, parts.AsSpan((int)block.Number * count, count)));
        return parts;
    }

    private BlockRule<T> Composed(BlockRule<T> rule) => (in Block<T> block) =>
    {
        first!(block);
        rule(block);
    };

    private void Pass(IReadOnlyList<StoredTensor> over, BlockRule<T> rule, MergeTarget? target, bool isSample)
    {
        if (inner is not null)
        {
            inner.Pass(over, Composed(rule), target, isSample);
            return;
        }
        Part[] parts = [.. Parts(over)];
        var blocks = parts.Sum(part => BlocksOf(part.Count));
        InParallel(parts.Length, (int)Math.Clamp(blocks / LeastBlocks, 1, Workers), (i, worker) =>
        {
            if (isSample) RunSamples(parts[i], worker, rule);
            else RunPart(parts[i], worker, rule, target);
        });
        areChecked |= !isSample && over.Count == tensors.Count;
    }

    private void RunPart(Part part, int worker, BlockRule<T> rule, MergeTarget? target) =>
        Open(part.Tensor, part.Start, part.Count, target, (slices, result) =>
        {
            for (var i = 0; i < BlocksOf(part.Count); i++)
            {
                var offset = i * Block<T>.MostElements;
                RunBlock(new(part.Tensor.Name, part.FirstBlock + i, part.Start + offset, offset,
                    Math.Min(Block<T>.MostElements, part.Count - offset), worker, spaces[worker], slices, result), rule);
            }
        });

    private void RunSamples(Part part, int worker, BlockRule<T> rule)
    {
        for (var i = 0; i < BlocksOf(part.Count); i++)
        {
            if (!IsSampled(part, i)) continue;
            var (number, start) = (part.FirstBlock + i, part.Start + i * Block<T>.MostElements);
            var count = Math.Min(ElementsOfSample, part.Count - i * Block<T>.MostElements);
            Open(part.Tensor, start, count, null, (slices, _) =>
                RunBlock(new(part.Tensor.Name, number, start, 0, count, worker, spaces[worker], slices, 0), rule));
        }
    }

    private void RunBlock(in Block<T> block, BlockRule<T> rule)
    {
        var space = spaces[block.Worker];
        space.Begin(areChecked);
        rule(block);
        // A rule that asked for no task vectors may have been content with numbers that are not finite.
        if (!space.AreFinite) space.Subtract(block);
    }

    // Opens neighbouring elements of all models, in the type that is computed in.
    private void Open(StoredTensor tensor, long start, int count, MergeTarget? target, Action<nint[], nint> action)
    {
        using var scope = NewDisposeScope();
        var slices = models.All.Select(model =>
        {
            var read = model.Read(tensor.Name, start, count);
            return read.dtype == Type ? read : read.to(Type);
        }).ToArray();
        var place = target?.Place(tensor, start, count);
        var computed = place is null || place.dtype == Type ? place : empty(count, dtype: Type, device: CPU);
        action(Array.ConvertAll(slices, Address), computed is null ? 0 : Address(computed));
        foreach (var slice in slices) GC.KeepAlive(slice);
        if (place is null) return;
        if (!ReferenceEquals(computed, place)) place.copy_(computed!);
        target!.Filled(tensor, start, place);
    }

    // What a thread takes at once: of files, what its cache holds. Blocks begin where they do whatever the number of models.
    private IEnumerable<Part> Parts(IReadOnlyList<StoredTensor> over)
    {
        var blocks = over.Sum(ElementsOf) / Block<T>.MostElements;
        var most = (int)(models.All.All(model => model.IsInMemory)
            ? Math.Clamp(blocks / Workers / 4, LeastBlocks, MostBlocks)
            : Math.Max(1, BytesOfPieces / Unsafe.SizeOf<T>() / models.All.Count / Block<T>.MostElements)) * Block<T>.MostElements;
        var number = 0L;
        foreach (var tensor in over)
        {
            var elements = ElementsOf(tensor);
            for (var start = 0L; start < elements; start += most)
            {
                var count = (int)Math.Min(most, elements - start);
                yield return new(tensor, number, start, count);
                number += BlocksOf(count);
            }
        }
    }

    private static bool IsSampled(Part part, int block) => (part.FirstBlock + block) % BlocksPerSample == BlocksPerSample / 2;

    // Does a number of things in about their order, each with the number of its thread; after an error no more are begun.
    private static void InParallel(long count, int workers, Action<long, int> action)
    {
        var next = -1L;
        if (workers == 1)
        {
            Work(0);
            return;
        }
        try
        {
            Parallel.For(0, workers, Work);
        }
        catch (AggregateException errors)
        {
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }

        void Work(int worker)
        {
            try
            {
                for (long i; (i = Interlocked.Increment(ref next)) < count;) action(i, worker);
            }
            catch
            {
                Interlocked.Exchange(ref next, count);
                throw;
            }
        }
    }

    private static long BlocksOf(long count) => (count + Block<T>.MostElements - 1) / Block<T>.MostElements;

    private static unsafe nint Address(Tensor slice) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(slice.bytes));

    private static long ElementsOf(StoredTensor tensor) => tensor.Shape.Aggregate(1L, (product, dimension) => product * dimension);

    // Neighbouring elements of a tensor, and the number of the block with which they begin.
    private readonly record struct Part(StoredTensor Tensor, long FirstBlock, long Start, int Count);
}
