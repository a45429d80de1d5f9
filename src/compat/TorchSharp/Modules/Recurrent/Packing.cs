namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>Batches of sequences of several lengths.</summary>
            public static partial class rnn
            {
                /// <summary>Packs sequences that were padded to one length.</summary>
                /// <param name="input">[L, N, ...], or [N, L, ...] with <paramref name="batch_first"/>.</param>
                /// <param name="lengths">The length of each sequence, int64.</param>
                /// <param name="enforce_sorted">The sequences come sorted, the longest first; where false they are sorted here, and unpacking restores the order.</param>
                public static PackedSequence pack_padded_sequence(Tensor input, Tensor lengths, bool batch_first = false, bool enforce_sorted = true)
                {
                    using var scope = NewDisposeScope();
                    var counts = lengths.to(CPU);
                    if (enforce_sorted)
                    {
                        var (steps, sizes) = Ops.pack_padded_sequence(input, counts, batch_first);
                        return new PackedSequence(steps, sizes, null, null).MoveToOuterDisposeScope();
                    }
                    var (sorted, order) = counts.sort(descending: true);
                    var places = order.to(input.device);
                    var (data, batch_sizes) = Ops.pack_padded_sequence(input.index_select(batch_first ? 0 : 1, places), sorted, batch_first);
                    return new PackedSequence(data, batch_sizes, places, places.argsort()).MoveToOuterDisposeScope();
                }

                /// <summary>The sequences padded to one length, and their lengths: the inverse of <see cref="pack_padded_sequence"/>.</summary>
                /// <param name="total_length">The length to pad to; that of the longest where null.</param>
                public static (Tensor, Tensor) pad_packed_sequence(PackedSequence sequence, bool batch_first = false, double padding_value = 0.0, long? total_length = null)
                {
                    using var scope = NewDisposeScope();
                    var longest = sequence.batch_sizes.shape[0];
                    if (total_length < longest)
                        throw new ArgumentException($"Expected total_length to be at least the length of the longest sequence, {longest}, but got {total_length}", nameof(total_length));
                    var (padded, lengths) = Ops.pad_packed_sequence(sequence.data, sequence.batch_sizes, batch_first, padding_value, total_length ?? longest);
                    if (sequence.unsorted_indices is { } order)
                    {
                        padded = padded.index_select(batch_first ? 0 : 1, order);
                        lengths = lengths.index_select(0, order.to(CPU));
                    }
                    return scope.MoveToOuter(padded, lengths);
                }

                /// <summary>Sequences [length, ...] side by side, padded to the longest: [L, N, ...], or [N, L, ...] with <paramref name="batch_first"/>.</summary>
                public static Tensor pad_sequence(IEnumerable<Tensor> sequences, bool batch_first = false, double padding_value = 0.0) =>
                    Ops.pad_sequence([.. sequences], batch_first, padding_value);

                /// <summary>Packs sequences [length, ...].</summary>
                public static PackedSequence pack_sequence(IEnumerable<Tensor> sequences, bool enforce_sorted = true)
                {
                    using var scope = NewDisposeScope();
                    var list = sequences.ToList();
                    var lengths = tensor(list.Select(sequence => sequence.shape[0]).ToArray());
                    return pack_padded_sequence(pad_sequence(list), lengths, false, enforce_sorted).MoveToOuterDisposeScope();
                }
            }
        }
    }
}
