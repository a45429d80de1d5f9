namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <inheritdoc cref="Modules.Linear"/>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Ops.linear(input, weights, bias);

            /// <inheritdoc cref="Modules.Dropout"/>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                inplace ? Ops.dropout_(input, p, training) : Ops.dropout(input, p, training);

            /// <inheritdoc cref="Modules.Dropout2d"/>
            public static Tensor dropout2d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                inplace ? Ops.feature_dropout_(input, p, training) : Ops.feature_dropout(input, p, training);

            /// <summary>Rows of a table by int64 indices.</summary>
            internal static Tensor embedding(
                Tensor input, Tensor weight, long? padding_idx, double? max_norm, double norm_type, bool scale_grad_by_freq, bool sparse)
            {
                if (max_norm is { } norm)
                {
                    using var _ = no_grad();
                    using var indices = input.contiguous();
                    Ops.embedding_renorm_(weight, indices, norm, norm_type);
                }
                return Ops.embedding(weight, input, padding_idx ?? -1, scale_grad_by_freq, sparse);
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
        }
    }
}
