using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Passes over all models at once, block by block, from as many threads as there are processors. Of a file no more is in memory than a piece of
/// one tensor from each model, all pieces together about 32 MiB; tensors in memory are read where they lie. In the first pass every number is
/// checked.
/// </summary>
/// <param name="models">The models.</param>
internal sealed class BlockPasses<T>(OpenModels models) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const long BytesOfPieces = 32 << 20;

    // Less is not worth another thread: elements to read, and blocks to go through.
    private const int LeastRead = 1 << 17;
    private const int LeastBlocks = 8;

    private static readonly ScalarType Type = typeof(T) == typeof(double) ? ScalarType.Float64 : ScalarType.Float32;

    private readonly BlockPasses<T>? inner;
    private readonly BlockRule<T>? first;
    private readonly T[][] scratch = [.. Enumerable.Range(0, Environment.ProcessorCount)
        .Select(_ => new T[(models.Count + Block<T>.ScratchRows) * Block<T>.MostElements])];

    private bool areChecked;

    private BlockPasses(BlockPasses<T> inner, BlockRule<T> first, OpenModels models) : this(models) => (this.inner, this.first) = (inner, first);

    /// <summary>T.</summary>
    public int Tasks => models.Count;

    /// <summary>How many threads there are at most.</summary>
    public int Workers => scratch.Length;

    /// <summary>d, the merged elements of a model.</summary>
    public long Elements => models.Merged.Sum(ElementsOf);

    /// <summary>Passes in which something is done to the task vectors before.</summary>
    public BlockPasses<T> After(BlockRule<T> rule) => new(this, rule, models);

    /// <summary>One pass over all merged tensors.</summary>
    public void Run(BlockRule<T> rule)
    {
        foreach (var tensor in models.Merged) Run(tensor, rule);
        areChecked = true;
    }

    /// <summary>Sums over all merged tensors, with the same bits for any number of threads.</summary>
    public double[] Sums(int count, BlockSums<T> rule)
    {
        var total = new double[count];
        foreach (var tensor in models.Merged)
        {
            var parts = new double[(ElementsOf(tensor) + Block<T>.MostElements - 1) / Block<T>.MostElements * count];
            Run(tensor, (in Block<T> block) => rule(block, parts.AsSpan((int)(block.Start / Block<T>.MostElements * count), count)));
            for (var i = 0; i < parts.Length; i++) total[i % count] += parts[i];
        }
        areChecked = true;
        return total;
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

    private void Run(StoredTensor tensor, BlockRule<T> rule, Tensor? result = null)
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
        // A whole number of blocks: the same blocks whatever the number of models.
        var most = Math.Max(1, BytesOfPieces / Unsafe.SizeOf<T>() / models.All.Count / Block<T>.MostElements) * Block<T>.MostElements;
        for (var start = 0L; start < elements; start += most) Piece(tensor, start, Math.Min(most, elements - start), rule, result);
    }

    private void Piece(StoredTensor tensor, long start, long count, BlockRule<T> rule, Tensor? result)
    {
        using var scope = NewDisposeScope();
        var slices = new Tensor[models.All.Count];
        try
        {
            if (count < LeastRead || models.All.All(model => model.IsInMemory))
                for (var i = 0; i < slices.Length; i++) Read(i);
            else
                TensorBytes.InParallel(slices.Length, Read);
            var target = result?.detach().view(-1).narrow(0, start, count);
            var computed = target is null || target.dtype == Type ? target : empty(count, dtype: Type, device: CPU);
            Blocks(tensor.Name, start, (int)count, Array.ConvertAll(slices, Address), computed is null ? 0 : Address(computed), rule);
            if (!ReferenceEquals(computed, target)) target!.copy_(computed!);
        }
        finally
        {
            foreach (var slice in slices) slice?.Dispose();
        }

        void Read(int i)
        {
            var read = models.All[i].Read(tensor.Name, start, count);
            if (read.dtype == Type)
            {
                slices[i] = read.DetachFromDisposeScope();
                return;
            }
            using (read) slices[i] = read.to(Type).DetachFromDisposeScope();
        }
    }

    private void Blocks(string tensor, long start, int count, nint[] slices, nint result, BlockRule<T> rule)
    {
        var blocks = (count + Block<T>.MostElements - 1) / Block<T>.MostElements;
        var next = -1;
        var workers = Math.Clamp(blocks / LeastBlocks, 1, Workers);
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
            for (int i; (i = Interlocked.Increment(ref next)) < blocks;)
            {
                var offset = i * Block<T>.MostElements;
                var block = new Block<T>(tensor, start + offset, offset, Math.Min(Block<T>.MostElements, count - offset), worker, Tasks, slices,
                    result,
                    scratch[worker]);
                for (var task = 0; task < Tasks; task++)
                {
                    if (areChecked) SpanArithmetic.Subtract(block.Tuned(task), block.Base, block.Tau(task));
                    else if (!SpanArithmetic.SubtractFinite(block.Tuned(task), block.Base, block.Tau(task))) throw NotFinite(block, task);
                }
                rule(block);
            }
        }
    }

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
