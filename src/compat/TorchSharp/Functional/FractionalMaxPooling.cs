namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <inheritdoc cref="Modules.FractionalMaxPool2d"/>
            public static Tensor fractional_max_pool2d(Tensor input, long kernel_size, long? output_size = null, double? output_ratio = null) =>
                fractional_max_pool2d(input, Both(kernel_size), Both(output_size), output_ratio is { } ratio ? [ratio, ratio] : null);

            /// <inheritdoc cref="Modules.FractionalMaxPool2d"/>
            public static Tensor fractional_max_pool2d(Tensor input, (long, long) kernel_size, (long, long)? output_size = null, (double, double)? output_ratio = null) =>
                fractional_max_pool2d(input, Both(kernel_size), Both(output_size), output_ratio is { } ratios ? [ratios.Item1, ratios.Item2] : null);

            /// <inheritdoc cref="Modules.FractionalMaxPool2d"/>
            public static Tensor fractional_max_pool2d(Tensor input, long[] kernel_size, long[]? output_size = null, double[]? output_ratio = null) =>
                ValuesOf(fractional_max_pool2d_with_indices(input, kernel_size, output_size, output_ratio));

            /// <inheritdoc cref="Modules.FractionalMaxPool2d.forward_with_indices"/>
            public static (Tensor Values, Tensor Indices) fractional_max_pool2d_with_indices(Tensor input, long kernel_size, long? output_size = null, double? output_ratio = null) =>
                fractional_max_pool2d_with_indices(input, Both(kernel_size), Both(output_size), output_ratio is { } ratio ? [ratio, ratio] : null);

            /// <inheritdoc cref="Modules.FractionalMaxPool2d.forward_with_indices"/>
            public static (Tensor Values, Tensor Indices) fractional_max_pool2d_with_indices(Tensor input, (long, long) kernel_size, (long, long)? output_size = null, (double, double)? output_ratio = null) =>
                fractional_max_pool2d_with_indices(input, Both(kernel_size), Both(output_size), output_ratio is { } ratios ? [ratios.Item1, ratios.Item2] : null);

            /// <inheritdoc cref="Modules.FractionalMaxPool2d.forward_with_indices"/>
            public static (Tensor Values, Tensor Indices) fractional_max_pool2d_with_indices(Tensor input, long[] kernel_size, long[]? output_size = null, double[]? output_ratio = null)
            {
                output_size ??= Fractions(input, output_ratio, 2);
                using var samples = Samples(input, 2);
                return Ops.fractional_max_pool2d(input, kernel_size, output_size, samples);
            }

            /// <inheritdoc cref="Modules.FractionalMaxPool3d"/>
            public static Tensor fractional_max_pool3d(Tensor input, long kernel_size, long? output_size = null, double? output_ratio = null) =>
                fractional_max_pool3d(input, Three(kernel_size), Three(output_size), output_ratio is { } ratio ? [ratio, ratio, ratio] : null);

            /// <inheritdoc cref="Modules.FractionalMaxPool3d"/>
            public static Tensor fractional_max_pool3d(Tensor input, (long, long, long) kernel_size, (long, long, long)? output_size = null, (double, double, double)? output_ratio = null) =>
                fractional_max_pool3d(input, Three(kernel_size), Three(output_size), output_ratio is { } ratios ? [ratios.Item1, ratios.Item2, ratios.Item3] : null);

            /// <inheritdoc cref="Modules.FractionalMaxPool3d"/>
            public static Tensor fractional_max_pool3d(Tensor input, long[] kernel_size, long[]? output_size = null, double[]? output_ratio = null) =>
                ValuesOf(fractional_max_pool3d_with_indices(input, kernel_size, output_size, output_ratio));

            /// <inheritdoc cref="Modules.FractionalMaxPool3d.forward_with_indices"/>
            public static (Tensor Values, Tensor Indices) fractional_max_pool3d_with_indices(Tensor input, long kernel_size, long? output_size = null, double? output_ratio = null) =>
                fractional_max_pool3d_with_indices(input, Three(kernel_size), Three(output_size), output_ratio is { } ratio ? [ratio, ratio, ratio] : null);

            /// <inheritdoc cref="Modules.FractionalMaxPool3d.forward_with_indices"/>
            public static (Tensor Values, Tensor Indices) fractional_max_pool3d_with_indices(Tensor input, (long, long, long) kernel_size, (long, long, long)? output_size = null, (double, double, double)? output_ratio = null) =>
                fractional_max_pool3d_with_indices(input, Three(kernel_size), Three(output_size), output_ratio is { } ratios ? [ratios.Item1, ratios.Item2, ratios.Item3] : null);

            /// <inheritdoc cref="Modules.FractionalMaxPool3d.forward_with_indices"/>
            public static (Tensor Values, Tensor Indices) fractional_max_pool3d_with_indices(Tensor input, long[] kernel_size, long[]? output_size = null, double[]? output_ratio = null)
            {
                output_size ??= Fractions(input, output_ratio, 3);
                using var samples = Samples(input, 3);
                return Ops.fractional_max_pool3d(input, kernel_size, output_size, samples);
            }

            private static long[] Fractions(Tensor input, double[]? output_ratio, int dimensions)
            {
                if (output_ratio is null) throw new ArgumentException("fractional max pooling needs either output_size or output_ratio.", nameof(output_ratio));
                var shape = input.shape;
                return [.. output_ratio.Select((ratio, k) => (long)(shape[shape.Length - dimensions + k] * ratio))];
            }

            /// <summary>A number from 0 to 1 for each channel and dimension, from which the places of the windows follow.</summary>
            private static Tensor Samples(Tensor input, int dimensions)
            {
                var shape = input.shape;
                if (shape.Length != dimensions + 1 && shape.Length != dimensions + 2)
                    throw new ArgumentException($"fractional_max_pool{dimensions}d expects an input of {dimensions + 1} or {dimensions + 2} dimensions, but got {shape.Length}.", nameof(input));
                var examples = shape.Length == dimensions + 2 ? shape[0] : 1;
                return rand(examples, shape[^(dimensions + 1)], dimensions, dtype: input.dtype, device: input.device);
            }
        }
    }
}
