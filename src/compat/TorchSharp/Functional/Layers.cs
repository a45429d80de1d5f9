namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <inheritdoc cref="Modules.Linear"/>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Ops.linear(input, weights, bias);

            /// <summary>Rows of a table by int64 indices.</summary>
            internal static Tensor embedding(
                Tensor input, Tensor weight, long? padding_idx, double? max_norm, double norm_type, bool scale_grad_by_freq, bool sparse)
            {
                Renormalize(weight, input, max_norm, norm_type);
                return Ops.embedding(weight, input, padding_idx ?? -1, scale_grad_by_freq, sparse);
            }

            /// <summary>Bags of rows of a table; without offsets each row of a two-dimensional input is a bag.</summary>
            internal static Tensor embedding_bag(Tensor input, Tensor weight, Tensor? offsets, double? max_norm, double norm_type, bool scale_grad_by_freq,
                EmbeddingBagMode mode, bool sparse, Tensor? per_sample_weights, bool include_last_offset, long? padding_idx)
            {
                using var scope = NewDisposeScope();
                Renormalize(weight, input, max_norm, norm_type);
                if (per_sample_weights is not null && !per_sample_weights.shape.AsSpan().SequenceEqual(input.shape))
                    throw new ArgumentException($"perSampleWeights must have the input's shape [{string.Join(", ", input.shape)}], but has [{string.Join(", ", per_sample_weights.shape)}].");
                if (input.dim() == 2)
                {
                    var (bags, length) = (input.shape[0], input.shape[1]);
                    offsets = arange(0, include_last_offset ? bags * length + 1 : bags * length, Math.Max(1, length), dtype: input.dtype, device: input.device);
                    input = input.reshape(-1);
                    per_sample_weights = per_sample_weights?.reshape(-1);
                }
                return Ops.embedding_bag(weight, input, offsets!, scale_grad_by_freq, (long)mode, sparse, per_sample_weights, include_last_offset, padding_idx)
                    .output.MoveToOuterDisposeScope();
            }

            /// <summary>Scales the rows that are about to be used down to a largest norm.</summary>
            private static void Renormalize(Tensor weight, Tensor input, double? max_norm, double norm_type)
            {
                if (max_norm is not { } norm) return;
                using var _ = no_grad();
                using var indices = input.contiguous();
                Ops.embedding_renorm_(weight, indices, norm, norm_type);
            }

            /// <summary>
            /// Integer classes of shape [...] to int64 ones and zeros of shape [..., num_classes]; -1 stands for the largest class plus one.
            /// </summary>
            public static Tensor one_hot(Tensor x, long num_classes = -1)
            {
                if (x.dtype != ScalarType.Int64) throw new ArgumentException("OneHot input tensor must have elements of type Int64");
                return Ops.one_hot(x, num_classes);
            }

            /// <inheritdoc cref="Modules.CosineSimilarity"/>
            public static Tensor cosine_similarity(Tensor x1, Tensor x2, long dim = 1, double eps = 1e-8) => Ops.cosine_similarity(x1, x2, dim, eps);

            /// <inheritdoc cref="Modules.PairwiseDistance"/>
            public static Tensor pairwise_distance(Tensor input1, Tensor input2, double p = 2.0, double eps = 1e-6, bool keepdim = false) =>
                Ops.pairwise_distance(input1, input2, p, eps, keepdim);

            /// <inheritdoc cref="Modules.PixelShuffle"/>
            public static Tensor pixel_shuffle(Tensor input, long upscale_factor) => Ops.pixel_shuffle(input, upscale_factor);

            /// <inheritdoc cref="Modules.PixelUnshuffle"/>
            public static Tensor pixel_unshuffle(Tensor input, long downscale_factor) => Ops.pixel_unshuffle(input, downscale_factor);

            /// <inheritdoc cref="Modules.Bilinear"/>
            public static Tensor bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias = null) => Ops.bilinear(input1, input2, weight, bias);

            /// <inheritdoc cref="Modules.Unfold"/>
            public static Tensor unfold(Tensor input, long kernel_size, long dilation = 1, long padding = 0, long stride = 1) =>
                Ops.im2col(input, [kernel_size, kernel_size], [dilation, dilation], [padding, padding], [stride, stride]);

            /// <inheritdoc cref="Modules.Unfold"/>
            public static Tensor unfold(Tensor input, (long, long) kernel_size, (long, long)? dilation = null, (long, long)? padding = null, (long, long)? stride = null) =>
                Ops.im2col(input, Both(kernel_size), Both(dilation ?? (1, 1)), Both(padding ?? (0, 0)), Both(stride ?? (1, 1)));

            /// <inheritdoc cref="Modules.Fold"/>
            public static Tensor fold(Tensor input, long output_size, long kernel_size, long dilation = 1, long padding = 0, long stride = 1) =>
                Ops.col2im(input, [output_size, output_size], [kernel_size, kernel_size], [dilation, dilation], [padding, padding], [stride, stride]);

            /// <inheritdoc cref="Modules.Fold"/>
            public static Tensor fold(Tensor input, (long, long) output_size, (long, long) kernel_size, (long, long)? dilation = null, (long, long)? padding = null,
                (long, long)? stride = null) =>
                Ops.col2im(input, Both(output_size), Both(kernel_size), Both(dilation ?? (1, 1)), Both(padding ?? (0, 0)), Both(stride ?? (1, 1)));
        }
    }
}
