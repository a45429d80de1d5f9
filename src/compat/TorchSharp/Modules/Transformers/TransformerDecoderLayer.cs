using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>
/// Self-attention of the target, attention of the target to the memory, and a step at each place, each with dropout, added to its input and normalised:
/// Vaswani et al. (2017), section 3.1. Sequences are [T, N, d_model] and [S, N, d_model].
/// </summary>
public sealed class TransformerDecoderLayer : nn.Module<Tensor, Tensor, Tensor?, Tensor?, Tensor?, Tensor?, Tensor>, nn.IModule<Tensor, Tensor, Tensor>
{
    private readonly MultiheadAttention self_attn;
    private readonly MultiheadAttention multihead_attn;
    private readonly Linear linear1;
    private readonly Linear linear2;
    private readonly LayerNorm norm1;
    private readonly LayerNorm norm2;
    private readonly LayerNorm norm3;
    private readonly double _dropout;
    private readonly nn.Activations _activation;

    internal TransformerDecoderLayer(long d_model, long nhead, long dim_feedforward, double dropout, nn.Activations activation) : base(nameof(TransformerDecoderLayer))
    {
        (_dropout, _activation) = (dropout, activation);
        self_attn = MultiheadAttention(d_model, nhead, dropout);
        multihead_attn = MultiheadAttention(d_model, nhead, dropout);
        linear1 = Linear(d_model, dim_feedforward);
        linear2 = Linear(dim_feedforward, d_model);
        norm1 = LayerNorm(d_model);
        norm2 = LayerNorm(d_model);
        norm3 = LayerNorm(d_model);
        RegisterComponents();
    }

    /// <summary>Another one with the same values in memory of its own.</summary>
    internal TransformerDecoderLayer(TransformerDecoderLayer other) : base(nameof(TransformerDecoderLayer))
    {
        (_dropout, _activation) = (other._dropout, other._activation);
        (self_attn, multihead_attn) = (new MultiheadAttention(other.self_attn), new MultiheadAttention(other.multihead_attn));
        (linear1, linear2) = (Copies.Of(other.linear1), Copies.Of(other.linear2));
        (norm1, norm2, norm3) = (Copies.Of(other.norm1), Copies.Of(other.norm2), Copies.Of(other.norm3));
        RegisterComponents();
        train(other.training);
    }

    public override Tensor forward(Tensor tgt, Tensor memory, Tensor? tgt_mask, Tensor? memory_mask, Tensor? tgt_key_padding_mask, Tensor? memory_key_padding_mask)
    {
        using var scope = NewDisposeScope();
        var own = self_attn.call(tgt, tgt, tgt, tgt_key_padding_mask, need_weights: false, attn_mask: tgt_mask).Item1;
        var first = norm1.call(tgt.add(FeedForward.Dropped(own, _dropout, training)));
        var seen = multihead_attn.call(first, memory, memory, memory_key_padding_mask, need_weights: false, attn_mask: memory_mask).Item1;
        var second = norm2.call(first.add(FeedForward.Dropped(seen, _dropout, training)));
        var stepped = FeedForward.Of(second, linear1, linear2, _activation, _dropout, training);
        return norm3.call(second.add(FeedForward.Dropped(stepped, _dropout, training))).MoveToOuterDisposeScope();
    }

    /// <param name="tgt">[T, N, d_model]</param>
    /// <param name="memory">The encoder's output, [S, N, d_model].</param>
    /// <param name="tgt_mask">[T, T]: true where a place must not look, or numbers to add.</param>
    /// <param name="memory_mask">The same for the memory, [T, S].</param>
    /// <param name="tgt_key_padding_mask">[N, T]: true at places to leave out, or numbers to add.</param>
    /// <param name="memory_key_padding_mask">The same for the memory, [N, S].</param>
    public new Tensor call(Tensor tgt, Tensor memory, Tensor? tgt_mask, Tensor? memory_mask = null, Tensor? tgt_key_padding_mask = null, Tensor? memory_key_padding_mask = null) =>
        base.call(tgt, memory, tgt_mask, memory_mask, tgt_key_padding_mask, memory_key_padding_mask);

    public Tensor call(Tensor tgt, Tensor memory) => base.call(tgt, memory, null, null, null, null);
}
