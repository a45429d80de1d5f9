namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <inheritdoc cref="Modules.MaxUnpool1d"/>
            public static Tensor max_unpool1d(Tensor input, Tensor indices, long kernel_size, long? stride = null, long? padding = null, long[]? output_size = null)
            {
                var size = UnpooledSize(input, [kernel_size], [stride ?? kernel_size], [padding ?? 0], output_size);
                using var plane = input.unsqueeze(-1);
                using var places = indices.unsqueeze(-1);
                using var unpooled = Ops.max_unpool2d(plane, places, [size[0], 1]);
                return unpooled.squeeze(-1);
            }

            /// <inheritdoc cref="Modules.MaxUnpool2d"/>
            public static Tensor max_unpool2d(Tensor input, Tensor indices, long[] kernel_size, long[]? stride = null, long[]? padding = null, long[]? output_size = null) =>
                Ops.max_unpool2d(input, indices, UnpooledSize(input, kernel_size, stride ?? kernel_size, padding ?? Zeros, output_size));

            /// <inheritdoc cref="Modules.MaxUnpool3d"/>
            public static Tensor max_unpool3d(Tensor input, Tensor indices, long[] kernel_size, long[]? stride = null, long[]? padding = null, long[]? output_size = null)
            {
                stride ??= kernel_size;
                padding ??= ThreeZeros;
                return Ops.max_unpool3d(input, indices, UnpooledSize(input, kernel_size, stride, padding, output_size), stride, padding);
            }

            /// <summary>The sizes that pooling came from: (size - 1) · stride + kernel - 2 · padding, or those wanted where they are less than a stride away.</summary>
            private static long[] UnpooledSize(Tensor input, long[] kernel_size, long[] stride, long[] padding, long[]? output_size)
            {
                var shape = input.shape;
                var first = shape.Length - kernel_size.Length;
                if (first is not (1 or 2))
                    throw new ArgumentException($"max_unpool{kernel_size.Length}d expects an input of {kernel_size.Length + 1} or {kernel_size.Length + 2} dimensions, but got {shape.Length}.", nameof(input));
                var usual = kernel_size.Select((kernel, k) => (shape[first + k] - 1) * stride[k] + kernel - 2 * padding[k]).ToArray();
                if (output_size is null) return usual;
                var wanted = output_size.Length == shape.Length ? output_size[first..] : output_size;
                if (wanted.Length != usual.Length)
                    throw new ArgumentException($"output_size should have {usual.Length} or {shape.Length} elements, but it has {output_size.Length}.", nameof(output_size));
                for (var k = 0; k < wanted.Length; k++)
                    if (Math.Abs(wanted[k] - usual[k]) >= stride[k])
                        throw new ArgumentException($"output_size [{string.Join(", ", wanted)}]: dimension {k} must be between {usual[k] - stride[k] + 1} and {usual[k] + stride[k] - 1}.", nameof(output_size));
                return wanted;
            }
        }
    }
}
