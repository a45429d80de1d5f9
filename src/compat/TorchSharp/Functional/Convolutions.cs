namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly long[] Ones = [1, 1];
            private static readonly long[] Zeros = [0, 0];
            private static readonly long[] ThreeOnes = [1, 1, 1];
            private static readonly long[] ThreeZeros = [0, 0, 0];

            /// <summary>Convolves [N, in, L] with [out, in / groups, K].</summary>
            public static Tensor conv1d(Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null, long? dilation = null, long groups = 1) =>
                Ops.conv1d(input, weight, bias, [stride ?? 1], [padding ?? 0], [dilation ?? 1], groups);

            /// <inheritdoc cref="conv1d"/>
            public static Tensor conv1d_padding(Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, Padding padding = Padding.Valid, long? dilation = null, long groups = 1) =>
                Ops.conv1d_named(input, weight, bias, [stride ?? 1], NameOf(padding), [dilation ?? 1], groups);

            /// <summary>Convolves [N, in, H, W] with [out, in / groups, KH, KW].</summary>
            public static Tensor conv2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1) =>
                Ops.conv2d(input, weight, bias, strides ?? Ones, padding ?? Zeros, dilation ?? Ones, groups);

            /// <inheritdoc cref="conv2d"/>
            public static Tensor conv2d_padding(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, Padding padding = Padding.Valid, long[]? dilation = null, long groups = 1) =>
                Ops.conv2d_named(input, weight, bias, strides ?? Ones, NameOf(padding), dilation ?? Ones, groups);

            /// <summary>Convolves [N, in, D, H, W] with [out, in / groups, KD, KH, KW].</summary>
            public static Tensor conv3d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1) =>
                Ops.conv3d(input, weight, bias, strides ?? ThreeOnes, padding ?? ThreeZeros, dilation ?? ThreeOnes, groups);

            /// <inheritdoc cref="conv3d"/>
            public static Tensor conv3d_padding(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, Padding padding = Padding.Valid, long[]? dilation = null, long groups = 1) =>
                Ops.conv3d_named(input, weight, bias, strides ?? ThreeOnes, NameOf(padding), dilation ?? ThreeOnes, groups);

            /// <summary>The transpose of the convolution of the same arguments: [N, in, L] with [in, out / groups, K].</summary>
            public static Tensor conv_transpose1d(Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null, long? output_padding = null,
                long? dilation = null, long groups = 1) =>
                Ops.conv_transpose1d(input, weight, bias, [stride ?? 1], [padding ?? 0], [output_padding ?? 0], groups, [dilation ?? 1]);

            /// <inheritdoc cref="conv_transpose1d"/>
            public static Tensor conv_transpose2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? output_padding = null,
                long[]? dilation = null, long groups = 1) =>
                Ops.conv_transpose2d(input, weight, bias, strides ?? Ones, padding ?? Zeros, output_padding ?? Zeros, groups, dilation ?? Ones);

            /// <inheritdoc cref="conv_transpose1d"/>
            public static Tensor conv_transpose3d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? output_padding = null,
                long[]? dilation = null, long groups = 1) =>
                Ops.conv_transpose3d(input, weight, bias, strides ?? ThreeOnes, padding ?? ThreeZeros, output_padding ?? ThreeZeros, groups, dilation ?? ThreeOnes);

            private static string NameOf(Padding padding) => padding == Padding.Same ? "same" : "valid";
        }
    }
}
