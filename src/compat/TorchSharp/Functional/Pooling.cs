namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <inheritdoc cref="Modules.MaxPool1d"/>
            public static Tensor max_pool1d(Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                Ops.max_pool1d(input, [kernel_size], [stride ?? kernel_size], [padding ?? 0], [dilation ?? 1], ceil_mode);

            /// <inheritdoc cref="Modules.MaxPool2d"/>
            public static Tensor max_pool2d(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false) =>
                Ops.max_pool2d(input, kernel_size, strides ?? kernel_size, padding ?? Zeros, dilation ?? Ones, ceil_mode);

            /// <inheritdoc cref="Modules.MaxPool2d"/>
            public static Tensor max_pool2d(Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                max_pool2d(input, Both(kernel_size), Both(stride), Both(padding), Both(dilation), ceil_mode);

            /// <inheritdoc cref="Modules.MaxPool2d"/>
            public static Tensor max_pool2d(Tensor input, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null, bool ceil_mode = false) =>
                max_pool2d(input, Both(kernel_size), Both(stride), Both(padding), Both(dilation), ceil_mode);

            /// <inheritdoc cref="Modules.AvgPool1d"/>
            public static Tensor avg_pool1d(Tensor input, long kernel_size, long? stride = null, long? padding = null, bool ceil_mode = false, bool count_include_pad = true) =>
                Ops.avg_pool1d(input, [kernel_size], [stride ?? kernel_size], [padding ?? 0], ceil_mode, count_include_pad);

            /// <inheritdoc cref="Modules.AvgPool2d"/>
            public static Tensor avg_pool2d(Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false, bool count_include_pad = true,
                long? divisor_override = null) =>
                Ops.avg_pool2d(input, kernel_size, stride ?? kernel_size, padding ?? Zeros, ceil_mode, count_include_pad, divisor_override);

            /// <inheritdoc cref="Modules.AvgPool2d"/>
            public static Tensor avg_pool2d(Tensor input, long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false, bool count_include_pad = true,
                long? divisor_override = null) =>
                avg_pool2d(input, Both(kernel_size), Both(stride), Both(padding), ceil_mode, count_include_pad, divisor_override);

            /// <inheritdoc cref="Modules.AvgPool2d"/>
            public static Tensor avg_pool2d(Tensor input, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, bool ceil_mode = false,
                bool count_include_pad = true, long? divisor_override = null) =>
                avg_pool2d(input, Both(kernel_size), Both(stride), Both(padding), ceil_mode, count_include_pad, divisor_override);

            /// <inheritdoc cref="Modules.AdaptiveAvgPool1d"/>
            public static Tensor adaptive_avg_pool1d(Tensor input, long output_size) => Ops.adaptive_avg_pool1d(input, [output_size]);

            /// <inheritdoc cref="Modules.AdaptiveAvgPool2d"/>
            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) => Ops.adaptive_avg_pool2d(input, output_size);

            /// <inheritdoc cref="Modules.AdaptiveAvgPool2d"/>
            public static Tensor adaptive_avg_pool2d(Tensor input, (long, long) output_size) => adaptive_avg_pool2d(input, Both(output_size));

            /// <inheritdoc cref="Modules.AdaptiveAvgPool2d"/>
            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) => adaptive_avg_pool2d(input, Both(output_size));

            /// <inheritdoc cref="Modules.MaxPool3d"/>
            public static Tensor max_pool3d(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false) =>
                Ops.max_pool3d(input, kernel_size, strides ?? kernel_size, padding ?? ThreeZeros, dilation ?? ThreeOnes, ceil_mode);

            /// <inheritdoc cref="Modules.MaxPool1d.forward_with_indices"/>
            public static (Tensor output, Tensor indices) max_pool1d_with_indices(Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                Ops.max_pool1d_with_indices(input, [kernel_size], [stride ?? kernel_size], [padding ?? 0], [dilation ?? 1], ceil_mode);

            /// <inheritdoc cref="Modules.MaxPool2d.forward_with_indices"/>
            public static (Tensor output, Tensor indices) max_pool2d_with_indices(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                bool ceil_mode = false) => Ops.max_pool2d_with_indices(input, kernel_size, strides ?? kernel_size, padding ?? Zeros, dilation ?? Ones, ceil_mode);

            /// <inheritdoc cref="Modules.MaxPool3d.forward_with_indices"/>
            public static (Tensor output, Tensor indices) max_pool3d_with_indices(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                bool ceil_mode = false) => Ops.max_pool3d_with_indices(input, kernel_size, strides ?? kernel_size, padding ?? ThreeZeros, dilation ?? ThreeOnes, ceil_mode);

            /// <inheritdoc cref="Modules.AvgPool3d"/>
            public static Tensor avg_pool3d(Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false, bool count_include_pad = true,
                long? divisor_override = null) =>
                Ops.avg_pool3d(input, kernel_size, stride ?? kernel_size, padding ?? ThreeZeros, ceil_mode, count_include_pad, divisor_override);

            /// <inheritdoc cref="Modules.AdaptiveAvgPool3d"/>
            public static Tensor adaptive_avg_pool3d(Tensor input, long[] output_size) => Ops.adaptive_avg_pool3d(input, output_size);

            /// <inheritdoc cref="Modules.AdaptiveAvgPool3d"/>
            public static Tensor adaptive_avg_pool3d(Tensor input, (long, long, long) output_size) => adaptive_avg_pool3d(input, Three(output_size));

            /// <inheritdoc cref="Modules.AdaptiveAvgPool3d"/>
            public static Tensor adaptive_avg_pool3d(Tensor input, long output_size) => adaptive_avg_pool3d(input, Three(output_size));

            /// <inheritdoc cref="Modules.AdaptiveMaxPool1d"/>
            public static Tensor adaptive_max_pool1d(Tensor input, long output_size) => ValuesOf(Ops.adaptive_max_pool1d(input, [output_size]));

            /// <inheritdoc cref="Modules.AdaptiveMaxPool1d.forward_with_indices"/>
            public static (Tensor Values, Tensor Indices) adaptive_max_pool1d_with_indices(Tensor input, long output_size) => Ops.adaptive_max_pool1d(input, [output_size]);

            /// <inheritdoc cref="Modules.AdaptiveMaxPool2d"/>
            public static Tensor adaptive_max_pool2d(Tensor input, long[] output_size) => ValuesOf(Ops.adaptive_max_pool2d(input, output_size));

            /// <inheritdoc cref="Modules.AdaptiveMaxPool2d.forward_with_indices"/>
            public static (Tensor Values, Tensor Indices) adaptive_max_pool2d_with_indices(Tensor input, long[] output_size) => Ops.adaptive_max_pool2d(input, output_size);

            /// <inheritdoc cref="Modules.AdaptiveMaxPool3d"/>
            public static Tensor adaptive_max_pool3d(Tensor input, long[] output_size) => ValuesOf(Ops.adaptive_max_pool3d(input, output_size));

            /// <inheritdoc cref="Modules.AdaptiveMaxPool3d.forward_with_indices"/>
            public static (Tensor Values, Tensor Indices) adaptive_max_pool3d_with_indices(Tensor input, long[] output_size) => Ops.adaptive_max_pool3d(input, output_size);

            /// <inheritdoc cref="Modules.LPPool1d"/>
            public static Tensor lp_pool1d(Tensor input, double norm_type, long kernel_size, long? stride = null, bool ceil_mode = false)
            {
                using var powers = input.pow(norm_type);
                using var means = avg_pool1d(powers, kernel_size, stride, 0, ceil_mode);
                return RootOfSum(means, norm_type, kernel_size);
            }

            /// <inheritdoc cref="Modules.LPPool2d"/>
            public static Tensor lp_pool2d(Tensor input, double norm_type, long[] kernel_size, long[]? stride = null, bool ceil_mode = false)
            {
                using var powers = input.pow(norm_type);
                using var means = avg_pool2d(powers, kernel_size, stride, null, ceil_mode);
                return RootOfSum(means, norm_type, kernel_size[0] * kernel_size[1]);
            }

            /// <inheritdoc cref="Modules.LPPool2d"/>
            public static Tensor lp_pool2d(Tensor input, double norm_type, long kernel_size, long? stride = null, bool ceil_mode = false) =>
                lp_pool2d(input, norm_type, Both(kernel_size), Both(stride), ceil_mode);

            /// <summary>(mean · count)^(1/p), which is not a number for the negative sums that an odd p can give.</summary>
            private static Tensor RootOfSum(Tensor means, double norm_type, long count)
            {
                using var sums = means.mul(count);
                return sums.pow(1 / norm_type);
            }

            private static Tensor ValuesOf((Tensor values, Tensor indices) pooled)
            {
                pooled.indices.Dispose();
                return pooled.values;
            }
        }
    }
}
