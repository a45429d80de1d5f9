using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>
/// Self-attention and a step at each place, each with dropout, added to its input and normalised: Vaswani et al. (2017), section 3.1. Sequences are
/// [S, N, d_model].
/// </summary>
public sealed class TransformerEncoderLayer : nn.Module<Tensor, Tensor>, nn.IModule<Tensor, Tensor, Tensor>, nn.IModule<Tensor, Tensor, Tensor, Tensor>
{
    private readonly MultiheadAttention self_attn;
    private readonly Linear linear1;
    private readonly Linear linear2;
    private readonly LayerNorm norm1;
    private readonly LayerNorm norm2;
    private readonly double _dropout;
    private readonly nn.Activations _activation;

    internal TransformerEncoderLayer(long d_model, long nhead, long dim_feedforward, double dropout, nn.Activations activation) : base(nameof(TransformerEncoderLayer))
    {
        (_dropout, _activation) = (dropout, activation);
        self_attn = MultiheadAttention(d_model, nhead, dropout);
        linear1 = Linear(d_model, dim_feedforward);
        linear2 = Linear(dim_feedforward, d_model);
        norm1 = LayerNorm(d_model);
        norm2 = LayerNorm(d_model);
        RegisterComponents();
    }

    /// <summary>Another one with the same values in memory of its own.</summary>
    internal TransformerEncoderLayer(TransformerEncoderLayer other) : base(nameof(TransformerEncoderLayer))
    {
        (_dropout, _activation) = (other._dropout, other._activation);
        self_attn = new MultiheadAttention(other.self_attn);
        (linear1, linear2) = (Copies.Of(other.linear1), Copies.Of(other.linear2));
        (norm1, norm2) = (Copies.Of(other.norm1), Copies.Of(other.norm2));
        RegisterComponents();
        train(other.training);
    }

    /// <param name="src">[S, N, d_model]</param>
    /// <param name="src_mask">[S, S] or [N · heads, S, S]: true where a place must not look, or numbers to add.</param>
    /// <param name="src_key_padding_mask">[N, S]: true at places to leave out, or numbers to add.</param>
    public Tensor call(Tensor src, Tensor? src_mask, Tensor? src_key_padding_mask)
    {
        using var scope = NewDisposeScope();
        var attended = self_attn.call(src, src, src, src_key_padding_mask, need_weights: false, attn_mask: src_mask).Item1;
        var first = norm1.call(src.add(FeedForward.Dropped(attended, _dropout, training)));
        var stepped = FeedForward.Of(first, linear1, linear2, _activation, _dropout, training);
        return norm2.call(first.add(FeedForward.Dropped(stepped, _dropout, training))).MoveToOuterDisposeScope();
    }

    public Tensor call(Tensor src, Tensor? src_mask) => call(src, src_mask, null);

    public override Tensor forward(Tensor src) => call(src, null, null);
}
