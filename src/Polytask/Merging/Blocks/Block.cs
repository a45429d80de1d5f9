using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Polytask;

/// <summary>
/// A few thousand neighbouring elements of one tensor in all models: so few that they stay in a core's cache while a rule goes over them several
/// times, and the models' memory is read once.
/// </summary>
internal readonly unsafe ref struct Block<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The most elements of a block.</summary>
    public const int MostElements = 4096;

    /// <summary>The rows of <see cref="Scratch"/>.</summary>
    public const int ScratchRows = 3;

    private readonly nint[] slices;
    private readonly nint result;
    private readonly BlockSpace<T> space;
    private readonly int offset;

    public Block(string tensor, long number, long start, int offset, int length, int worker, BlockSpace<T> space, nint[] slices, nint result)
    {
        (Tensor, Number, Start, Length, Worker) = (tensor, number, start, length, worker);
        (this.offset, this.space, this.slices, this.result) = (offset, space, slices, result);
    }

    /// <summary>The tensor's name.</summary>
    public string Tensor { get; }

    /// <summary>Which block of the pass it is, from 0 on.</summary>
    public long Number { get; }

    /// <summary>The place of the first element in the flattened tensor.</summary>
    public long Start { get; }

    /// <summary>How many elements.</summary>
    public int Length { get; }

    /// <summary>Which of the threads is at it, from 0 on: what a rule adds up is added up by thread.</summary>
    public int Worker { get; }

    /// <summary>theta_0.</summary>
    public ReadOnlySpan<T> Base => Slice(0);

    /// <summary>theta_t.</summary>
    public ReadOnlySpan<T> Tuned(int task) => Slice(1 + task);

    /// <summary>The statistics of a model.</summary>
    public ReadOnlySpan<T> Statistic(int task) => Slice(1 + space.Tasks + task);

    /// <summary>tau_t = theta_t - theta_0, which a rule may change. All are written down when the first is asked for.</summary>
    public Span<T> Tau(int task)
    {
        if (!space.IsSubtracted) space.Subtract(this);
        return space.Row(task, Length);
    }

    /// <summary>Room for a result on the way; what it holds is from the last use.</summary>
    public Span<T> Scratch(int row) => space.Row(space.Tasks + row, Length);

    /// <summary>A row of task vectors or scratch as whole registers, for which every row has room; what is past its end is of no account.</summary>
    public Span<Vector<T>> Registers(Span<T> row) => MemoryMarshal.CreateSpan(ref Unsafe.As<T, Vector<T>>(ref MemoryMarshal.GetReference(row)),
        (row.Length + Vector<T>.Count - 1) / Vector<T>.Count);

    /// <summary>Where the merged elements go.</summary>
    public Span<T> Result => new((T*)result + offset, Length);

    /// <summary>Where [t] less <see cref="Subtrahend"/> is tau_t, for rules that read each element of the models once and write no tau_t down.
    /// Where another rule has changed the tau_t, they less zeros.</summary>
    public ReadOnlySpan<nint> Minuends => space.Minuends(slices, offset);

    /// <inheritdoc cref="Minuends"/>
    public T* Subtrahend => space.IsSubtracted ? space.Zeros : (T*)slices[0] + offset;

    /// <summary>Says that all tau_t are finite, so that they need not be looked through again.</summary>
    public void AreFinite() => space.AreFinite = true;

    private ReadOnlySpan<T> Slice(int model) => new((T*)slices[model] + offset, Length);
}

/// <summary>What is done with a block.</summary>
internal delegate void BlockRule<T>(in Block<T> block) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

/// <summary>Sums over a block, one for each place of the span, which is 0 before.</summary>
internal delegate void BlockSums<T>(in Block<T> block, Span<double> sums) where T : unmanaged, IBinaryFloatingPointIeee754<T>;
