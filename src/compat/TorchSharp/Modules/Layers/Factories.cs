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
    }
}
