namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            public static partial class rnn
            {
                /// <summary>
                /// Sequences of several lengths, the longest first, step by step: the first steps of all, the second steps of all that have one, and so on.
                /// </summary>
                public sealed class PackedSequence : IDisposable
                {
                    /// <summary>The steps, [sum of the lengths, ...].</summary>
                    public readonly Tensor data;

                    /// <summary>How many sequences have each step; int64, on the CPU.</summary>
                    public readonly Tensor batch_sizes;

                    /// <summary>The original place of each sequence, or null where they came sorted.</summary>
                    public readonly Tensor? sorted_indices;

                    /// <summary>Where each original sequence is now, or null where they came sorted.</summary>
                    public readonly Tensor? unsorted_indices;

                    internal PackedSequence(Tensor data, Tensor batch_sizes, Tensor? sorted_indices, Tensor? unsorted_indices) =>
                        (this.data, this.batch_sizes, this.sorted_indices, this.unsorted_indices) = (data, batch_sizes, sorted_indices, unsorted_indices);

                    public void Dispose()
                    {
                        foreach (var tensor in Tensors) tensor.Dispose();
                    }

                    public PackedSequence MoveToOuterDisposeScope() => ForEach(tensor => tensor.MoveToOuterDisposeScope());

                    public PackedSequence DetachFromDisposeScope() => ForEach(tensor => tensor.DetachFromDisposeScope());

                    public PackedSequence MoveToOtherDisposeScope(PackedSequence other) => ForEach(tensor => tensor.MoveToOtherDisposeScope(other.data));

                    public PackedSequence MoveToOtherDisposeScope(DisposeScope? other) => ForEach(tensor => tensor.MoveToOtherDisposeScope(other));

                    /// <summary>Other steps of the same sequences.</summary>
                    internal PackedSequence With(Tensor steps) => new(steps, batch_sizes.alias(), sorted_indices?.alias(), unsorted_indices?.alias());

                    /// <summary>States [layers, N, ...] of the sorted sequences in the original order.</summary>
                    internal Tensor InOrder(Tensor states) => unsorted_indices is { } order ? states.index_select(1, order) : states;

                    private IEnumerable<Tensor> Tensors => new[] { data, batch_sizes, sorted_indices, unsorted_indices }.OfType<Tensor>();

                    private PackedSequence ForEach(Func<Tensor, Tensor> move)
                    {
                        foreach (var tensor in Tensors) move(tensor);
                        return this;
                    }
                }
            }
        }
    }
}
