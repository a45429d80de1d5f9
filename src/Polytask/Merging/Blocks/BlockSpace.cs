using System.Numerics;
using System.Runtime.CompilerServices;

namespace Polytask;

/// <summary>The memory that a thread works in, block after block: the task vectors and rows for what a rule finds on its way.</summary>
internal sealed unsafe class BlockSpace<T>(OpenModels models) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] rows = GC.AllocateArray<T>((models.Count + Block<T>.ScratchRows + 1) * Block<T>.MostElements, pinned: true);
    private readonly nint[] minuends = new nint[models.Count];

    /// <summary>T.</summary>
    public int Tasks => models.Count;

    /// <summary>Whether the block's task vectors are in the rows.</summary>
    public bool IsSubtracted { get; private set; }

    /// <summary>Whether the block's numbers are known to be finite.</summary>
    public bool AreFinite { get; set; }

    /// <summary>As many zeros as a block has elements.</summary>
    public T* Zeros => Address(Tasks + Block<T>.ScratchRows);

    /// <summary>Begins with another block, of numbers that are known to be finite or not.</summary>
    public void Begin(bool areFinite) => (IsSubtracted, AreFinite) = (false, areFinite);

    public Span<T> Row(int row, int length) => rows.AsSpan(row * Block<T>.MostElements, length);

    public ReadOnlySpan<nint> Minuends(nint[] slices, int offset)
    {
        for (var task = 0; task < Tasks; task++)
            minuends[task] = (nint)(IsSubtracted ? Address(task) : (T*)slices[1 + task] + offset);
        return minuends;
    }

    /// <summary>Writes the block's task vectors into the rows.</summary>
    public void Subtract(in Block<T> block)
    {
        for (var task = 0; task < Tasks; task++)
        {
            var tau = Row(task, block.Length);
            if (AreFinite) SpanArithmetic.Subtract(block.Tuned(task), block.Base, tau);
            else if (!SpanArithmetic.SubtractFinite(block.Tuned(task), block.Base, tau)) throw NotFinite(block, task);
        }
        IsSubtracted = AreFinite = true;
    }

    private T* Address(int row) => (T*)Unsafe.AsPointer(ref rows[row * Block<T>.MostElements]);

    private InvalidDataException NotFinite(in Block<T> block, int task)
    {
        ReadOnlySpan<int> suspects = [0, 1 + task];
        foreach (var model in suspects)
        {
            var values = model == 0 ? block.Base : block.Tuned(task);
            for (var i = 0; i < values.Length; i++)
                if (!T.IsFinite(values[i])) return models.NotFinite(model, block.Tensor, double.CreateChecked(values[i]), block.Start + i);
        }
        var type = typeof(T) == typeof(double) ? "Float64" : "Float32";
        return new($"{models.NameOf(1 + task)}: tensor '{block.Tensor}' differs from the base by more than {type} holds; "
            + "store both as Float64, or leave the tensor out with Without");
    }
}
