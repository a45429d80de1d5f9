using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>
/// The encoder and decoder of Vaswani et al. (2017), each with a norm at its end: source [S, N, d_model] and target [T, N, d_model] give [T, N, d_model].
/// </summary>
public sealed class Transformer : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly TransformerEncoder encoder;
    private readonly TransformerDecoder decoder;

    internal Transformer(long d_model, long nhead, long num_encoder_layers, long num_decoder_layers, long dim_feedforward, double dropout, nn.Activations activation)
        : base(nameof(Transformer))
    {
        using (var layer = new TransformerEncoderLayer(d_model, nhead, dim_feedforward, dropout, activation))
            encoder = new TransformerEncoder(layer, num_encoder_layers, LayerNorm(d_model));
        using (var layer = new TransformerDecoderLayer(d_model, nhead, dim_feedforward, dropout, activation))
            decoder = new TransformerDecoder(layer, num_decoder_layers, LayerNorm(d_model));
        RegisterComponents();
        foreach (var parameter in parameters())
            if (parameter.dim() > 1) init.xavier_uniform_(parameter);
    }

    /// <param name="src">[S, N, d_model]</param>
    /// <param name="tgt">[T, N, d_model]</param>
    /// <param name="src_mask">[S, S]: true where a place must not look, or numbers to add.</param>
    /// <param name="tgt_mask">The same for the target, [T, T].</param>
    /// <param name="memory_mask">The same for the target's look at the source, [T, S].</param>
    /// <param name="src_key_padding_mask">[N, S]: true at places to leave out, or numbers to add.</param>
    /// <param name="tgt_key_padding_mask">The same for the target, [N, T].</param>
    /// <param name="memory_key_padding_mask">The same for the target's look at the source, [N, S].</param>
    public Tensor call(Tensor src, Tensor tgt, Tensor? src_mask, Tensor? tgt_mask = null, Tensor? memory_mask = null, Tensor? src_key_padding_mask = null,
        Tensor? tgt_key_padding_mask = null, Tensor? memory_key_padding_mask = null)
    {
        using var memory = encoder.call(src, src_mask, src_key_padding_mask);
        return decoder.call(tgt, memory, tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask);
    }

    public override Tensor forward(Tensor src, Tensor tgt) => call(src, tgt, null);
}
