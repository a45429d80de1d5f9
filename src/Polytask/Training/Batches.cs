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
    private readonly Tensor?[] labelled;
    private readonly int seed;
    private readonly string name;
    private readonly bool shuffles;
    private readonly long batch;
    private int epoch;
    private long position;
    private (Tensor Inputs, Tensor[] Targets, Tensor?[] Labelled) ordered;

    /// <param name="name">Keeps the orders of tasks with rows of their own apart.</param>
    /// <param name="inputs">[rows, ...input].</param>
    /// <param name="targets">Per task [rows, ...], missing labels filled.</param>
    /// <param name="labelled">Per task the mask [rows] of labelled rows, or null when all rows have a label.</param>
    /// <param name="batch">The rows of a batch, or null for all at once, in their own order.</param>
    /// <param name="seed">The seed of the order.</param>
    public Batches(string name, Tensor inputs, Tensor[] targets, Tensor?[] labelled, int? batch, int seed)
    {
        (this.name, this.inputs, this.targets, this.labelled, this.seed) = (name, inputs, targets, labelled, seed);
        Rows = inputs.shape[0];
        this.batch = Math.Min(batch ?? Rows, Rows);
        shuffles = batch is not null;
        ordered = (inputs, targets, labelled);
        position = Rows;
    }

    public long Rows { get; }

    /// <summary>The batches of one pass, the last one possibly smaller.</summary>
    public long PerEpoch => (Rows + batch - 1) / batch;

    /// <summary>The next batch; a new order is drawn when the rows are used up.</summary>
    public (Tensor Inputs, Tensor[] Targets, Tensor?[] Labelled) Next()
    {
        if (position >= Rows) Reorder();
        if (batch == Rows) { position = Rows; return ordered; }
        var length = Math.Min(batch, Rows - position);
        var taken = (ordered.Inputs.narrow(0, position, length),
            Array.ConvertAll(ordered.Targets, target => target.narrow(0, position, length)),
            Array.ConvertAll(ordered.Labelled, mask => mask?.narrow(0, position, length)));
        position += length;
        return taken;
    }

    private void Reorder()
    {
        position = 0;
        epoch++;
        if (!shuffles) return;
        Free();
        // The rows of an epoch outlive the step that asks for them.
        using var scope = NewDisposeScope();
        var permutation = StableRandom.For(seed, $"batches of {name}, epoch {epoch}").Permutation((int)Rows);
        var order = tensor(Array.ConvertAll(permutation, row => (long)row), device: inputs.device);
        Tensor Ordered(Tensor rows) => rows.index_select(0, order).DetachFromDisposeScope();
        ordered = (Ordered(inputs), Array.ConvertAll(targets, Ordered), Array.ConvertAll(labelled, mask => mask is null ? null : Ordered(mask)));
    }

    private void Free()
    {
        if (ReferenceEquals(ordered.Inputs, inputs)) return;
        ordered.Inputs.Dispose();
        foreach (var target in ordered.Targets) target.Dispose();
        foreach (var mask in ordered.Labelled) mask?.Dispose();
        ordered = (inputs, targets, labelled);
    }

    public void Dispose() => Free();
}
