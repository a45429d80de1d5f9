namespace Polytask;

/// <summary>
/// A few thousand neighbouring elements of one tensor in all models: so few that they stay in a core's cache while a rule goes over them several
/// times, and the models' memory is read once.
/// </summary>
internal readonly unsafe ref struct Block<T> where T : unmanaged
{
    /// <summary>The most elements of a block.</summary>
    public const int MostElements = 4096;

    private readonly nint[] slices;
    private readonly nint result;
    private readonly T[] scratch;
    private readonly int offset;
    private readonly int tasks;

    public Block(string tensor, long start, int offset, int length, int worker, int tasks, nint[] slices, nint result, T[] scratch)
    {
        (Tensor, Start, Length, Worker) = (tensor, start, length, worker);
        (this.offset, this.tasks, this.slices, this.result, this.scratch) = (offset, tasks, slices, result, scratch);
    }

    /// <summary>The tensor's name.</summary>
    public string Tensor { get; }

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
    public ReadOnlySpan<T> Statistic(int task) => Slice(1 + tasks + task);

    /// <summary>tau_t = theta_t - theta_0, which a rule may change.</summary>
    public Span<T> Tau(int task) => scratch.AsSpan(task * MostElements, Length);

    /// <summary>Room for a result on the way; what it holds is from the last use.</summary>
    public Span<T> Scratch(int row) => scratch.AsSpan((tasks + row) * MostElements, Length);

    /// <summary>Where the merged elements go.</summary>
    public Span<T> Result => new((T*)result + offset, Length);

    /// <summary>The rows of <see cref="Scratch"/>.</summary>
    public const int ScratchRows = 3;

    private ReadOnlySpan<T> Slice(int model) => new((T*)slices[model] + offset, Length);
}

/// <summary>What is done with a block.</summary>
internal delegate void BlockRule<T>(in Block<T> block) where T : unmanaged;

/// <summary>Sums over a block, one for each place of the span, which is 0 before.</summary>
internal delegate void BlockSums<T>(in Block<T> block, Span<double> sums) where T : unmanaged;
