using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A trained tensor. It takes over the data of <paramref name="data"/>.</summary>
        public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);

        /// <inheritdoc cref="Modules.Linear"/>
        /// <param name="inputSize">Features of the input's last dimension.</param>
        /// <param name="outputSize">Features of the output's last dimension.</param>
        public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
            new(inputSize, outputSize, hasBias, device, dtype);

        /// <summary>A linear layer on given parameters, which it shares.</summary>
        public static Linear Linear(Parameter weight, Parameter? bias = null) => new(weight, bias);

        /// <inheritdoc cref="Modules.Embedding"/>
        /// <param name="num_embeddings">Rows of the table.</param>
        /// <param name="embedding_dims">Length of each vector.</param>
        /// <param name="padding_idx">A row that starts at zero and is not trained.</param>
        /// <param name="max_norm">Rows in use are scaled down to this norm.</param>
        public static Embedding Embedding(long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0,
            bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null) =>
            new Embedding(new Parameter(empty(num_embeddings, embedding_dims, dtype: dtype, device: device)), padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse).Initialized();

        /// <summary>An embedding on a given table of shape [rows, length], which is not trained unless <paramref name="freeze"/> is false.</summary>
        public static Embedding Embedding_from_pretrained(Tensor embeddings, bool freeze = true, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0,
            bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
        {
            using var table = embeddings.detach();
            return new Embedding(new Parameter(table.to(dtype ?? table.dtype, device ?? table.device), !freeze), padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);
        }

        /// <inheritdoc cref="Modules.Dropout"/>
        public static Dropout Dropout(double p = 0.5, bool inplace = false) => new(p, inplace);

        /// <inheritdoc cref="Modules.Dropout2d"/>
        public static Dropout2d Dropout2d(double p = 0.5, bool inplace = false) => new(p, inplace);

        /// <inheritdoc cref="Modules.Identity"/>
        public static Identity Identity() => new();

        /// <inheritdoc cref="Modules.Flatten"/>
        public static Flatten Flatten(long start_dim = 1, long end_dim = -1) => new(start_dim, end_dim);

        /// <inheritdoc cref="Modules.Unflatten"/>
        public static Unflatten Unflatten(long dim, long[] unflattened_size) => new(dim, unflattened_size);

        /// <inheritdoc cref="Modules.CosineSimilarity"/>
        public static CosineSimilarity CosineSimilarity(long dim = 1, double eps = 1e-8) => new(dim, eps);

        /// <inheritdoc cref="Modules.Dropout1d"/>
        public static Dropout1d Dropout1d(double p = 0.5, bool inplace = false) => new(p, inplace);

        /// <inheritdoc cref="Modules.Dropout3d"/>
        public static Dropout3d Dropout3d(double p = 0.5, bool inplace = false) => new(p, inplace);

        /// <inheritdoc cref="Modules.AlphaDropout"/>
        public static AlphaDropout AlphaDropout(double p = 0.5, bool inplace = false) => new(p, inplace);

        /// <inheritdoc cref="Modules.FeatureAlphaDropout"/>
        public static FeatureAlphaDropout FeatureAlphaDropout(double p, bool inplace) => new(p, inplace);

        /// <inheritdoc cref="Modules.FeatureAlphaDropout"/>
        public static FeatureAlphaDropout FeatureAlphaDropout(double p = 0.5) => new(p, false);

        /// <inheritdoc cref="Modules.Bilinear"/>
        public static Bilinear Bilinear(long in1_features, long in2_features, long out_features, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
            new(in1_features, in2_features, out_features, hasBias, device, dtype);

        /// <inheritdoc cref="Modules.EmbeddingBag"/>
        /// <param name="num_embeddings">Rows of the table.</param>
        /// <param name="embedding_dims">Length of each vector.</param>
        /// <param name="max_norm">Rows in use are scaled down to this norm.</param>
        /// <param name="include_last_offset">The offsets end with the number of indices.</param>
        /// <param name="padding_index">A row that counts for nothing, starts at zero and is not trained; negative for none.</param>
        public static EmbeddingBag EmbeddingBag(long num_embeddings, long embedding_dims, double? max_norm = null, double norm_type = 2.0, bool scale_grad_by_freq = false,
            EmbeddingBagMode mode = EmbeddingBagMode.Mean, bool sparse = false, bool include_last_offset = false, long padding_index = -1, Device? device = null, ScalarType? dtype = null) =>
            new EmbeddingBag(new Parameter(empty(num_embeddings, embedding_dims, dtype: dtype, device: device)),
                max_norm, norm_type, scale_grad_by_freq, mode, sparse, include_last_offset, padding_index).Initialized();

        /// <summary>Bags on a given table of shape [rows, length], which is not trained unless <paramref name="freeze"/> is false.</summary>
        public static EmbeddingBag EmbeddingBag_from_pretrained(Tensor embeddings, bool freeze = true, double? max_norm = null, double norm_type = 2.0, bool scale_grad_by_freq = false,
            EmbeddingBagMode mode = EmbeddingBagMode.Mean, bool sparse = false, bool include_last_offset = false, long padding_index = -1, Device? device = null, ScalarType? dtype = null)
        {
            using var table = embeddings.detach();
            var weight = new Parameter(table.to(dtype ?? table.dtype, device ?? table.device), !freeze);
            return new EmbeddingBag(weight, max_norm, norm_type, scale_grad_by_freq, mode, sparse, include_last_offset, padding_index);
        }

        /// <inheritdoc cref="Modules.PairwiseDistance"/>
        public static PairwiseDistance PairwiseDistance(double p = 2.0, double eps = 1e-6, bool keepdim = false) => new(p, eps, keepdim);

        /// <inheritdoc cref="Modules.PixelShuffle"/>
        public static PixelShuffle PixelShuffle(long upscale_factor) => new(upscale_factor);

        /// <inheritdoc cref="Modules.PixelUnshuffle"/>
        public static PixelUnshuffle PixelUnshuffle(long downscale_factor) => new(downscale_factor);

        /// <inheritdoc cref="Modules.ChannelShuffle"/>
        public static ChannelShuffle ChannelShuffle(long groups) => new(groups);

        /// <inheritdoc cref="Modules.Unfold"/>
        public static Unfold Unfold(long kernel_size, long dilation = 1, long padding = 0, long stride = 1) =>
            new((kernel_size, kernel_size), (dilation, dilation), (padding, padding), (stride, stride));

        /// <inheritdoc cref="Modules.Unfold"/>
        public static Unfold Unfold((long, long) kernel_size, (long, long)? dilation = null, (long, long)? padding = null, (long, long)? stride = null) =>
            new(kernel_size, dilation ?? (1, 1), padding ?? (0, 0), stride ?? (1, 1));

        /// <inheritdoc cref="Modules.Fold"/>
        public static Fold Fold(long output_size, long kernel_size, long dilation = 1, long padding = 0, long stride = 1) =>
            new((output_size, output_size), (kernel_size, kernel_size), (dilation, dilation), (padding, padding), (stride, stride));

        /// <inheritdoc cref="Modules.Fold"/>
        public static Fold Fold((long, long) output_size, (long, long) kernel_size, (long, long)? dilation = null, (long, long)? padding = null, (long, long)? stride = null) =>
            new(output_size, kernel_size, dilation ?? (1, 1), padding ?? (0, 0), stride ?? (1, 1));

        /// <inheritdoc cref="Modules.Upsample"/>
        public static Upsample Upsample(long[]? size = null, double[]? scale_factor = null, UpsampleMode mode = UpsampleMode.Nearest, bool? align_corners = null,
            bool? recompute_scale_factor = null) => new(size, scale_factor, mode, align_corners, recompute_scale_factor);
    }
}
