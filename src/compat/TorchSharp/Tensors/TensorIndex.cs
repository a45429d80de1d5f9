namespace TorchSharp;

public static partial class torch
{
    /// <summary>One place of an index: a number, a slice, an ellipsis, a new dimension, a Boolean or a tensor.</summary>
    public readonly struct TensorIndex
    {
        internal enum Kind
        {
            Single,
            Slice,
            Ellipsis,
            NewDimension,
            Bool,
            Tensor,
        }

        private TensorIndex(Kind kind) => Of = kind;

        internal Kind Of { get; }

        internal long? Start { get; private init; }

        internal long? Stop { get; private init; }

        internal long Step { get; private init; }

        internal Tensor? Indices { get; private init; }

        /// <summary>Elements from <paramref name="start"/> up to, not including, <paramref name="stop"/>; negative ones count from the end.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new(Kind.Slice) { Start = start, Stop = stop, Step = step ?? 1 };

        public static TensorIndex Single(long? index) => new(Kind.Single) { Start = index };

        public static TensorIndex Bool(bool value) => new(Kind.Bool) { Start = value ? 1 : 0 };

        public static TensorIndex Tensor(Tensor tensor) => new(Kind.Tensor) { Indices = tensor };

        /// <summary>Everything of this dimension.</summary>
        public static readonly TensorIndex Colon = Slice();

        /// <summary>As many whole dimensions as are left.</summary>
        public static readonly TensorIndex Ellipsis = new(Kind.Ellipsis);

        /// <summary>A new dimension of size 1.</summary>
        public static readonly TensorIndex None = new(Kind.NewDimension);

        public static readonly TensorIndex Null = new(Kind.NewDimension);

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex(int value) => Single(value);

        public static implicit operator TensorIndex(Tensor value) => Tensor(value);

        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range.start, range.end);

        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);

        public static implicit operator TensorIndex(Range range) => Slice(
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            range.End is { IsFromEnd: true, Value: 0 } ? null : range.End.IsFromEnd ? -range.End.Value : range.End.Value);
    }

    /// <summary>Short forms of <see cref="TensorIndex"/>.</summary>
    public static class indexing
    {
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => TensorIndex.Slice(start, stop, step);
    }
}
