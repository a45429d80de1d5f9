using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Passes over all models at once, block by block, from as many threads as there are processors. Of files no more is in memory than a
/// thread's piece of one tensor from each model, about 2 MiB in all; tensors in memory are read where they lie. In the first pass every number is
/// checked.
/// </summary>
/// <param name="models">The models.</param>
/// <param name="merged">The tensors that are gone over; null stands for all that are merged.</param>
internal sealed class BlockPasses<T>(OpenModels models, IReadOnlyList<StoredTensor>? merged = null)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const long BytesOfPieces = 2 << 20;
    private const int MostOfSpan = 1 << 27;

    // Blocks that are worth another thread.
    private const int LeastBlocks = 8;

    private static readonly ScalarType Type = typeof(T) == typeof(double) ? ScalarType.Float64 : ScalarType.Float32;

    private readonly IReadOnlyList<StoredTensor> tensors = merged ?? models.Merged;
    private readonly BlockPasses<T>? inner;
    private readonly BlockRule<T>? first;
    private readonly T[][] scratch = [.. Enumerable.Range(0, Environment.ProcessorCount)
        .Select(_ => new T[(models.Count + Block<T>.ScratchRows) * Block<T>.MostElements])];

    private bool areChecked;

    private BlockPasses(BlockPasses<T> inner, BlockRule<T> first, OpenModels models) : this(models, inner.tensors) =>
        (this.inner, this.first) = (inner, first);

    /// <summary>T.</summary>
    public int Tasks => models.Count;

    /// <summary>How many threads there are at most.</summary>
    public int Workers => scratch.Length;

    /// <summary>d, the merged elements of a model.</summary>
    public long Elements => tensors.Sum(ElementsOf);

    /// <summary>The tensors that are gone over.</summary>
    public IReadOnlyList<StoredTensor> Tensors => tensors;

    /// <summary>Passes in which something is done to the task vectors before.</summary>
    public BlockPasses<T> After(BlockRule<T> rule) => new(this, rule, models);

    /// <summary>One pass over all merged tensors.</summary>
    public void Run(BlockRule<T> rule)
    {
        foreach (var tensor in tensors) Run(tensor, rule);
        areChecked = true;
    }

    /// <summary>A pass over one tensor.</summary>
    public void Run(StoredTensor tensor, BlockRule<T> rule) => Run(tensor, rule, null);

    /// <summary>Sums over all tensors, with the same bits for any number of threads.</summary>
    public double[] Sums(int count, BlockSums<T> rule)
    {
        var total = new double[count];
        foreach (var tensor in tensors) AddSums(tensor, rule, total);
        areChecked = true;
        return total;
    }

    /// <summary>Sums over each tensor: [tensor][sum], in the order of <see cref="Tensors"/>.</summary>
    public double[][] SumsByTensor(int count, BlockSums<T> rule)
    {
        double[][] totals = [.. tensors.Select(_ => new double[count])];
        foreach (var (tensor, total) in tensors.Zip(totals)) AddSums(tensor, rule, total);
        areChecked = true;
        return totals;
    }

    /// <summary>A merged tensor: the rule fills every block's result.</summary>
    public Tensor Merge(StoredTensor tensor, BlockRule<T> rule)
    {
        var result = empty([.. tensor.Shape], dtype: tensor.Type, device: CPU);
        try
        {
            Run(tensor, rule, result);
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    private void AddSums(StoredTensor tensor, BlockSums<T> rule, double[] total)
    {
        var count = total.Length;
        var parts = new double[(ElementsOf(tensor) + Block<T>.MostElements - 1) / Block<T>.MostElements * count];
        Run(tensor, (in Block<T> block) => rule(block, parts.AsSpan((int)(block.Start / Block<T>.MostElements * count), count)));
        for (var i = 0; i < parts.Length; i++) total[i % count] += parts[i];
    }

    private void Run(StoredTensor tensor, BlockRule<T> rule, Tensor? result)
    {
        if (inner is not null)
        {
            inner.Run(tensor, (in Block<T> block) =>
            {
                first!(block);
                rule(block);
            }, result);
            return;
        }
        var elements = ElementsOf(tensor);
        if (models.All.All(model => model.IsInMemory))
        {
            for (var start = 0L; start < elements; start += MostOfSpan)
            {
                var (from, count) = (start, (int)Math.Min(MostOfSpan, elements - start));
                Piece(tensor, from, count, result, (slices, target) =>
                    InParallel(BlocksOf(count), LeastBlocks, (i, worker) => One(tensor.Name, from, count, i, worker, slices, target, rule)));
            }
            return;
        }
        // Read by the thread that goes through it, while its cache holds it; blocks begin where they do whatever the number of models.
        var most = Math.Max(1, BytesOfPieces / Unsafe.SizeOf<T>() / models.All.Count / Block<T>.MostElements) * Block<T>.MostElements;
        InParallel((elements + most - 1) / most, 1, (piece, worker) =>
        {
            var (from, count) = (piece * most, (int)Math.Min(most, elements - piece * most));
            Piece(tensor, from, count, result, (slices, target) =>
            {
                for (var i = 0; i < BlocksOf(count); i++) One(tensor.Name, from, count, i, worker, slices, target, rule);
            });
        });
    }

    // Opens neighbouring elements of all models, in the type that is computed in.
    private void Piece(StoredTensor tensor, long start, int count, Tensor? result, Action<nint[], nint> action)
    {
        using var scope = NewDisposeScope();
        var slices = models.All.Select(model =>
        {
            var read = model.Read(tensor.Name, start, count);
            return read.dtype == Type ? read : read.to(Type);
        }).ToArray();
        var target = result?.detach().view(-1).narrow(0, start, count);
        var computed = target is null || target.dtype == Type ? target : empty(count, dtype: Type, device: CPU);
        action(Array.ConvertAll(slices, Address), computed is null ? 0 : Address(computed));
        if (!ReferenceEquals(computed, target)) target!.copy_(computed!);
        foreach (var slice in slices) GC.KeepAlive(slice);
    }

    private void One(string tensor, long start, int count, long i, int worker, nint[] slices, nint result, BlockRule<T> rule)
    {
        var offset = (int)i * Block<T>.MostElements;
        var length = Math.Min(Block<T>.MostElements, count - offset);
        var block = new Block<T>(tensor, start + offset, offset, length, worker, Tasks, slices, result, scratch[worker]);
        for (var task = 0; task < Tasks; task++)
        {
            if (areChecked) SpanArithmetic.Subtract(block.Tuned(task), block.Base, block.Tau(task));
            else if (!SpanArithmetic.SubtractFinite(block.Tuned(task), block.Base, block.Tau(task))) throw NotFinite(block, task);
        }
        rule(block);
    }

    // Does a number of things, each with the number of its thread; so few of them that a thread has less than its least are done by one.
    private void InParallel(long count, int least, Action<long, int> action)
    {
        var next = -1L;
        var workers = (int)Math.Clamp(count / least, 1, Workers);
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
            for (long i; (i = Interlocked.Increment(ref next)) < count;) action(i, worker);
        }
    }

    private static int BlocksOf(int count) => (count + Block<T>.MostElements - 1) / Block<T>.MostElements;

    private InvalidDataException NotFinite(in Block<T> block, int task)
    {
        ReadOnlySpan<int> suspects = [0, 1 + task];
        foreach (var model in suspects)
        {
            var values = model == 0 ? block.Base : block.Tuned(task);
            for (var i = 0; i < values.Length; i++)
                if (!T.IsFinite(values[i])) return models.NotFinite(model, block.Tensor, double.CreateChecked(values[i]), block.Start + i);
        }
        return new($"{models.NameOf(1 + task)}: tensor '{block.Tensor}' differs from the base by more than {Type} holds; "
            + "store both as Float64, or leave the tensor out with Without");
    }

    private static unsafe nint Address(Tensor slice) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(slice.bytes));

    private static long ElementsOf(StoredTensor tensor) => tensor.Shape.Aggregate(1L, (product, dimension) => product * dimension);
}
