namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // One size for all dimensions, or one for each, as the operators take them.
        internal static long[] Both(long size) => [size, size];

        internal static long[]? Both(long? size) => size is { } value ? [value, value] : null;

        internal static long[] Both((long, long) size) => [size.Item1, size.Item2];

        internal static long[]? Both((long, long)? size) => size is { } value ? [value.Item1, value.Item2] : null;

        internal static long[] Three(long size) => [size, size, size];

        internal static long[]? Three(long? size) => size is { } value ? [value, value, value] : null;

        internal static long[] Three((long, long, long) size) => [size.Item1, size.Item2, size.Item3];

        internal static long[]? Three((long, long, long)? size) => size is { } value ? [value.Item1, value.Item2, value.Item3] : null;

        internal static (long, long, long) Thrice(long size) => (size, size, size);
    }
}
