using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What a transformer layer applies at each place.</summary>
        public enum Activations
        {
            ReLU = 0,
            GELU = 1,
        }

        /// <inheritdoc cref="Modules.MultiheadAttention"/>
        /// <param name="embedded_dim">E, the length of queries and outputs.</param>
        /// <param name="num_heads">Heads, each of E / num_heads.</param>
        /// <param name="dropout">The probability with which weights are dropped while training.</param>
        /// <param name="add_bias_kv">Add a trained key and value.</param>
        /// <param name="add_zero_attn">Add a key and value of zeros.</param>
        public static MultiheadAttention MultiheadAttention(long embedded_dim, long num_heads, double dropout = 0.0, bool bias = true, bool add_bias_kv = false, bool add_zero_attn = false,
            long? kdim = null, long? vdim = null) => new(embedded_dim, num_heads, dropout, bias, add_bias_kv, add_zero_attn, kdim ?? embedded_dim, vdim ?? embedded_dim);

        /// <inheritdoc cref="Modules.TransformerEncoderLayer"/>
        public static TransformerEncoderLayer TransformerEncoderLayer(long d_model = 512, long nhead = 8, long dim_feedforward = 2048, double dropout = 0.1,
            Activations activation = Activations.ReLU) => new(d_model, nhead, dim_feedforward, dropout, activation);

        /// <inheritdoc cref="Modules.TransformerDecoderLayer"/>
        public static TransformerDecoderLayer TransformerDecoderLayer(long d_model = 512, long nhead = 8, long dim_feedforward = 2048, double dropout = 0.1,
            Activations activation = Activations.ReLU) => new(d_model, nhead, dim_feedforward, dropout, activation);

        /// <inheritdoc cref="Modules.TransformerEncoder"/>
        public static TransformerEncoder TransformerEncoder(TransformerEncoderLayer encoder_layer, long num_layers) => new(encoder_layer, num_layers);

        /// <inheritdoc cref="Modules.TransformerDecoder"/>
        public static TransformerDecoder TransformerDecoder(TransformerDecoderLayer decoder_layer, long num_layers) => new(decoder_layer, num_layers);

        /// <inheritdoc cref="Modules.Transformer"/>
        public static Transformer Transformer(long d_model = 512, long nhead = 8, long num_encoder_layers = 6, long num_decoder_layers = 6, long dim_feedforward = 2048, double dropout = 0.1,
            Activations activation = Activations.ReLU) => new(d_model, nhead, num_encoder_layers, num_decoder_layers, dim_feedforward, dropout, activation);
    }
}
