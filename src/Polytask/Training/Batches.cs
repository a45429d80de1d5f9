using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Rows in the order of a seed and an epoch, cut into batches. The order depends on nothing else, so that all variants of a study see the same
/// batches.
/// An epoch's rows are gathered once; its batches are views.
/// </summary>
internal sealed class Batches : IDisposable
{
    private readonly Tensor inputs;
    private readonly Tensor[] targets;
    private readonly Tensor?[] weights;
    private readonly int seed;
    private readonly string name;
    private readonly bool shuffles;
    private readonly long batch;
    private int pass;
    private long position;
    private (Tensor Inputs, Tensor[] Targets, Tensor?[] Weights) ordered;

    /// <param name="name">Keeps the orders of tasks with rows of their own apart.</param>
    /// <param name="inputs">[rows, ...input].</param>
    /// <param name="targets">Per task [rows, ...], missing labels filled.</param>
    /// <param name="weights">Per task what each row counts, [rows], 0 where it has no label; or null when all count alike.</param>
    /// <param name="batch">The rows of a batch, or null for all at once, in their own order.</param>
    /// <param name="seed">The seed of the order.</param>
    public Batches(string name, Tensor inputs, Tensor[] targets, Tensor?[] weights, int? batch, int seed)
    {
        (this.name, this.inputs, this.targets, this.weights, this.seed) = (name, inputs, targets, weights, seed);
        Rows = inputs.shape[0];
        this.batch = Math.Min(batch ?? Rows, Rows);
        shuffles = batch is not null;
        ordered = (inputs, targets, weights);
        position = Rows;
    }

    public long Rows { get; }

    /// <summary>The batches of one pass, the last one possibly smaller.</summary>
    public long PerEpoch => (Rows + batch - 1) / batch;

    /// <summary>How far the rows are used: the pass, from 1, and its rows; set to go on from there.</summary>
    public (int Pass, long Position) Place
    {
        get => (pass, position);
        set
        {
            if (value.Pass > 0)
            {
                pass = value.Pass - 1;
                Reorder();
            }
            position = value.Position;
        }
    }

    /// <summary>The next rows, as many as a batch has unless another number is asked for; a new order is drawn when the rows are used up.</summary>
    public (Tensor Inputs, Tensor[] Targets, Tensor?[] Weights) Next(long? rows = null)
    {
        if (position >= Rows) Reorder();
        var length = Math.Min(rows ?? batch, Rows - position);
        var start = position;
        position += length;
        // A batch is its reader's: where it is all rows of a pass, it is a view too, which outlives this pass.
        return length == Rows && ReferenceEquals(ordered.Inputs, inputs)
            ? ordered
            : (ordered.Inputs.narrow(0, start, length),
                Array.ConvertAll(ordered.Targets, target => target.narrow(0, start, length)),
                Array.ConvertAll(ordered.Weights, part => part?.narrow(0, start, length)));
    }

    private void Reorder()
    {
        position = 0;
        pass++;
        if (!shuffles) return;
        Free();
        // The rows of an epoch outlive the step that asks for them.
        using var scope = NewDisposeScope();
        var permutation = StableRandom.For(seed, $"batches of {name}, epoch {pass}").Permutation((int)Rows);
        var order = tensor(Array.ConvertAll(permutation, row => (long)row), device: inputs.device);
        Tensor Ordered(Tensor rows) => rows.index_select(0, order).DetachFromDisposeScope();
        ordered = (Ordered(inputs), Array.ConvertAll(targets, Ordered), Array.ConvertAll(weights, part => part is null ? null : Ordered(part)));
    }

    private void Free()
    {
        if (ReferenceEquals(ordered.Inputs, inputs)) return;
        ordered.Inputs.Dispose();
        foreach (var target in ordered.Targets) target.Dispose();
        foreach (var part in ordered.Weights) part?.Dispose();
        ordered = (inputs, targets, weights);
    }

    public void Dispose() => Free();
}
