namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>[N, C, L], [N, C, H, W] or [N, C, D, H, W] at another size of the last dimensions.</summary>
            /// <param name="size">The new sizes; or else</param>
            /// <param name="scale_factor">a factor for each of these dimensions.</param>
            /// <param name="align_corners">Whether the corner elements' centres stay in place; for the linear and cubic modes.</param>
            /// <param name="recompute_scale_factor">Interpolate at the ratio of the whole sizes that the factors give, not at the factors themselves.</param>
            /// <param name="antialias">Widen the filter when shrinking; bilinear and bicubic only.</param>
            public static Tensor interpolate(Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest,
                bool? align_corners = null, bool recompute_scale_factor = false, bool antialias = false)
            {
                var dimensions = (int)x.dim() - 2;
                if (dimensions is < 1 or > 3) throw new ArgumentException($"interpolate expects an input of 3, 4 or 5 dimensions, but got {x.dim()}.", nameof(x));
                if (size is null == scale_factor is null) throw new ArgumentException("interpolate needs either size or scale_factor, and not both.", nameof(size));
                if (size is not null && size.Length != dimensions)
                    throw new ArgumentException($"interpolate expects a size for each of {dimensions} dimensions, but got {size.Length}.", nameof(size));
                if (scale_factor is not null && scale_factor.Length != dimensions)
                    throw new ArgumentException($"interpolate expects a factor for each of {dimensions} dimensions, but got {scale_factor.Length}.", nameof(scale_factor));
                var aligns = mode is InterpolationMode.Linear or InterpolationMode.Bilinear or InterpolationMode.Bicubic or InterpolationMode.Trilinear;
                if (align_corners is not null && !aligns)
                    throw new ArgumentException("align_corners is for the modes linear, bilinear, bicubic and trilinear.", nameof(align_corners));
                if (antialias && mode is not (InterpolationMode.Bilinear or InterpolationMode.Bicubic))
                    throw new ArgumentException("antialias is for the modes bilinear and bicubic.", nameof(antialias));
                if (recompute_scale_factor && scale_factor is null)
                    throw new ArgumentException("recompute_scale_factor needs scale_factor.", nameof(recompute_scale_factor));

                if (scale_factor is not null && (recompute_scale_factor || mode == InterpolationMode.Area))
                {
                    size = Scaled(x, scale_factor);
                    scale_factor = null;
                }
                var corners = align_corners ?? false;
                return (mode, dimensions) switch
                {
                    (InterpolationMode.Nearest, 1) => Ops.upsample_nearest1d(x, size, scale_factor),
                    (InterpolationMode.Nearest, 2) => Ops.upsample_nearest2d(x, size, scale_factor),
                    (InterpolationMode.Nearest, 3) => Ops.upsample_nearest3d(x, size, scale_factor),
                    (InterpolationMode.NearestExact, 1) => Ops.upsample_nearest_exact1d(x, size, scale_factor),
                    (InterpolationMode.NearestExact, 2) => Ops.upsample_nearest_exact2d(x, size, scale_factor),
                    (InterpolationMode.NearestExact, 3) => Ops.upsample_nearest_exact3d(x, size, scale_factor),
                    (InterpolationMode.Area, 1) => Ops.adaptive_avg_pool1d(x, size),
                    (InterpolationMode.Area, 2) => Ops.adaptive_avg_pool2d(x, size),
                    (InterpolationMode.Area, 3) => Ops.adaptive_avg_pool3d(x, size),
                    (InterpolationMode.Linear, 1) => Ops.upsample_linear1d(x, size, corners, scale_factor),
                    (InterpolationMode.Bilinear, 2) when antialias => Ops.upsample_bilinear2d_aa(x, size, corners, scale_factor),
                    (InterpolationMode.Bilinear, 2) => Ops.upsample_bilinear2d(x, size, corners, scale_factor),
                    (InterpolationMode.Bicubic, 2) when antialias => Ops.upsample_bicubic2d_aa(x, size, corners, scale_factor),
                    (InterpolationMode.Bicubic, 2) => Ops.upsample_bicubic2d(x, size, corners, scale_factor),
                    (InterpolationMode.Trilinear, 3) => Ops.upsample_trilinear3d(x, size, corners, scale_factor),
                    _ => throw new ArgumentException(
                        $"interpolate cannot do {mode} on an input of {x.dim()} dimensions: linear needs 3, bilinear and bicubic 4, trilinear 5.", nameof(mode)),
                };
            }

            private static long[] Scaled(Tensor x, double[] factors)
            {
                var shape = x.shape;
                return [.. factors.Select((factor, k) => (long)Math.Floor(shape[k + 2] * factor))];
            }

            /// <inheritdoc cref="interpolate"/>
            public static Tensor upsample(Tensor input, long[]? size = null, double[]? scale_factor = null, UpsampleMode mode = UpsampleMode.Nearest, bool align_corners = false) =>
                interpolate(input, size, scale_factor, (InterpolationMode)mode, mode == UpsampleMode.Nearest ? null : align_corners);

            /// <summary>Bilinear interpolation of [N, C, H, W].</summary>
            public static Tensor upsample_bilinear(Tensor x, long[]? size = null, double[]? scale_factor = null, bool align_corners = false) =>
                interpolate(x, size, scale_factor, InterpolationMode.Bilinear, align_corners);

            /// <summary>Repeats the nearest values; <paramref name="align_corners"/> has no meaning here.</summary>
            public static Tensor upsample_nearest(Tensor x, long[]? size = null, double[]? scale_factor = null, bool align_corners = false) =>
                interpolate(x, size, scale_factor, InterpolationMode.Nearest);

            /// <summary>Repeats the nearest values of [N, C, L].</summary>
            public static Tensor upsample_nearest1d(Tensor input, long? outputSize, double? scaleFactor) =>
                Ops.upsample_nearest1d(input, outputSize is { } size ? [size] : null, scaleFactor is { } factor ? [factor] : null);

            /// <summary>Repeats the nearest values of [N, C, H, W].</summary>
            public static Tensor upsample_nearest2d(Tensor input, long[]? outputSizes = null, double[]? scaleFactors = null) =>
                Ops.upsample_nearest2d(input, outputSizes, scaleFactors);

            /// <summary>Repeats the nearest values of [N, C, D, H, W].</summary>
            public static Tensor upsample_nearest3d(Tensor input, long[]? outputSizes = null, double[]? scaleFactors = null) =>
                Ops.upsample_nearest3d(input, outputSizes, scaleFactors);
        }
    }
}
