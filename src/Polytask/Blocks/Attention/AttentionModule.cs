using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// softmax(Q Kᵀ / √e + mask) V in every head, joined and mapped once more (Vaswani et al., NeurIPS 2017, equation 1). Also used with queries from
/// one set of tokens and keys and values from another.
/// </summary>
internal sealed class AttentionModule : nn.Module<Tensor, Tensor>, IMasked
{
    private readonly TorchSharp.Modules.Linear in_proj;
    private readonly TorchSharp.Modules.Linear out_proj;
    private readonly long heads;
    private readonly long width;
    private readonly bool causal;
    private readonly bool rotary;
    private readonly bool masked;
    private readonly double dropout;

    public AttentionModule(Shape input, Attention spec) : base("attention")
    {
        (heads, width, causal, rotary, dropout) = (spec.Heads, spec.WidthOfHead(input), spec.IsCausal, spec.IsRotary, spec.Dropout);
        masked = spec.Mask is not null;
        out_proj = nn.Linear(heads * width, input[1]);
        in_proj = nn.Linear(input[1], 3 * heads * width);
        nn.init.xavier_uniform_(in_proj.weight!);
        nn.init.zeros_(in_proj.bias!);
        nn.init.zeros_(out_proj.bias!);
        if (spec.Mask is { } mask) register_buffer("mask", tensor(mask.Matrix()), persistent: false);
        RegisterComponents();
    }

    /// <summary>The map to the residual stream.</summary>
    public Parameter OutputWeight => out_proj.weight!;

    /// <summary>The width of all heads together.</summary>
    public long InnerWidth => heads * width;

    public override Tensor forward(Tensor x) => Attended(x, x, null);

    public (Tensor Output, Tensor? Hidden) Forward(Tensor x, Tensor? hidden) => (Attended(x, x, hidden), hidden);

    /// <param name="x">Queries, [batch, length, width].</param>
    /// <param name="context">Keys and values, [batch, keys, width].</param>
    /// <param name="hidden">Boolean [batch, keys], true at keys to leave out.</param>
    public Tensor Attend(Tensor x, Tensor context, Tensor? hidden)
    {
        if (Adaptation.IsAt(this) && Adaptation.PrefixOf(this) is null)
            throw new InvalidOperationException("an adapter stands at attention from one set of tokens to another, where it cannot run; put it on "
                + "the linear layers below, in_proj and out_proj, or on the module around it");
        return Attended(x, context, hidden);
    }

    private Tensor Attended(Tensor x, Tensor context, Tensor? hidden)
    {
        var inner = heads * width;
        Tensor query, key, value;
        if (ReferenceEquals(x, context))
        {
            var all = in_proj.call(x).chunk(3, -1);
            (query, key, value) = (all[0], all[1], all[2]);
        }
        else if (Adaptation.IsAt(in_proj))
        {
            // An adapter sees whole calls of its layer.
            query = in_proj.call(x).narrow(-1, 0, inner);
            var both = in_proj.call(context).narrow(-1, inner, 2 * inner).chunk(2, -1);
            (key, value) = (both[0], both[1]);
        }
        else
        {
            MultiplyAdds.Report((x.numel() + 2 * context.numel()) * inner);
            query = nn.functional.linear(x, in_proj.weight!.narrow(0, 0, inner), in_proj.bias!.narrow(0, 0, inner));
            var (weight, bias) = (in_proj.weight!.narrow(0, inner, 2 * inner), in_proj.bias!.narrow(0, inner, 2 * inner));
            var both = nn.functional.linear(context, weight, bias).chunk(2, -1);
            (key, value) = (both[0], both[1]);
        }
        (query, key, value) = (Heads(query), Heads(key), Heads(value));
        if (rotary) (query, key) = (Rotated(query), Rotated(key));
        var p = training ? dropout : 0;
        var prefix = Adaptation.PrefixOf(this);
        var added = masked || hidden is not null || (causal && prefix is not null) ? Added(query, key.shape[2], hidden) : null;
        if (prefix is { } before)
        {
            Tensor Joined(Tensor first, Tensor rest) => cat([Heads(first.expand(x.shape[0], -1, -1)), rest], 2);
            (key, value) = (Joined(before.Keys, key), Joined(before.Values, value));
            // Every token sees the prefix.
            if (added is not null) added = nn.functional.pad(added, [before.Keys.shape[0], 0]);
        }
        // Scores, and their sums of values.
        MultiplyAdds.Report(2 * query.numel() * key.shape[2]);
        var attended = nn.functional.scaled_dot_product_attention(query, key, value, added, p, causal && added is null);
        return out_proj.call(attended.transpose(1, 2).flatten(2));
    }

    // [batch, tokens, heads * width] → [batch, heads, tokens, width].
    private Tensor Heads(Tensor tokens) => tokens.unflatten(2, [heads, width]).transpose(1, 2);

    // What is added to the scores: the lowest number, not -∞, so that a token from which all is hidden gives a mean and not NaN.
    private Tensor Added(Tensor query, long keys, Tensor? hidden)
    {
        var length = query.shape[2];
        var away = zeros(length, keys, dtype: ScalarType.Bool, device: query.device);
        if (masked) away = away.logical_or(get_buffer("mask")!);
        if (causal) away = away.logical_or(ones(length, keys, dtype: ScalarType.Bool, device: query.device).triu(1));
        if (hidden is not null) away = away.logical_or(hidden.unsqueeze(1).unsqueeze(1));
        return zeros(away.shape, dtype: query.dtype, device: query.device).masked_fill(away, finfo(query.dtype).min);
    }

    /// <summary>
    /// Turns the pair (x_i, x_(i + width/2)) of the token at place p by the angle p / 10000^(2i/width): [..., tokens, width].
    /// </summary>
    internal static Tensor Rotated(Tensor x)
    {
        var (length, half) = (x.shape[^2], x.shape[^1] / 2);
        var frequencies = pow(10000, arange(half, dtype: ScalarType.Float32, device: x.device).mul(-1.0 / half));
        var angles = arange(length, dtype: ScalarType.Float32, device: x.device).unsqueeze(1).mul(frequencies);
        var (cosine, sine) = (angles.cos().to(x.dtype), angles.sin().to(x.dtype));
        var (left, right) = (x.narrow(-1, 0, half), x.narrow(-1, half, half));
        return cat([left.mul(cosine).sub(right.mul(sine)), left.mul(sine).add(right.mul(cosine))], -1);
    }
}
