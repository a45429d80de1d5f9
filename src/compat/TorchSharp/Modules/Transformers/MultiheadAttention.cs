using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>
/// Attention in several heads, Vaswani et al. (2017), section 3.2.2: query [L, N, E], key [S, N, kdim] and value [S, N, vdim] are mapped to E, cut into heads,
/// attended to, joined and mapped once more. Gives [L, N, E] and the weights [N, L, S], the mean over the heads.
/// </summary>
public sealed class MultiheadAttention : nn.Module<Tensor, Tensor, Tensor, Tensor?, bool, Tensor?, Tuple<Tensor, Tensor>>
{
    private readonly Parameter? in_proj_weight;
    private readonly Parameter? q_proj_weight;
    private readonly Parameter? k_proj_weight;
    private readonly Parameter? v_proj_weight;
    private readonly Parameter? in_proj_bias;
    private readonly Parameter? bias_k;
    private readonly Parameter? bias_v;
    private readonly Linear out_proj;

    private readonly long _width;
    private readonly long _heads;
    private readonly double _dropout;
    private readonly bool _addZero;

    internal MultiheadAttention(long embedded_dim, long num_heads, double dropout, bool bias, bool add_bias_kv, bool add_zero_attn, long kdim, long vdim)
        : base(nameof(MultiheadAttention))
    {
        if (num_heads <= 0 || embedded_dim % num_heads != 0)
            throw new ArgumentException($"embedded_dim ({embedded_dim}) must be divisible by num_heads ({num_heads})", nameof(num_heads));
        (_width, _heads, _dropout, _addZero) = (embedded_dim, num_heads, dropout, add_zero_attn);
        // PyTorch draws the output layer's values first, and those of the input layers after it.
        out_proj = new Linear(embedded_dim, embedded_dim, bias, null, null);
        if (kdim == embedded_dim && vdim == embedded_dim) in_proj_weight = Drawn(3 * embedded_dim, embedded_dim);
        else
        {
            q_proj_weight = Drawn(embedded_dim, embedded_dim);
            k_proj_weight = Drawn(embedded_dim, kdim);
            v_proj_weight = Drawn(embedded_dim, vdim);
        }
        if (bias)
        {
            in_proj_bias = new Parameter(zeros(3 * embedded_dim));
            init.zeros_(out_proj.bias!);
        }
        if (add_bias_kv)
        {
            bias_k = new Parameter(init.xavier_normal_(empty(1, 1, embedded_dim)));
            bias_v = new Parameter(init.xavier_normal_(empty(1, 1, embedded_dim)));
        }
        RegisterComponents();

        static Parameter Drawn(long rows, long columns) => new(init.xavier_uniform_(empty(rows, columns)));
    }

    /// <summary>Another one with the same values in memory of its own.</summary>
    internal MultiheadAttention(MultiheadAttention other) : base(nameof(MultiheadAttention))
    {
        (_width, _heads, _dropout, _addZero) = (other._width, other._heads, other._dropout, other._addZero);
        in_proj_weight = Copies.Of(other.in_proj_weight);
        q_proj_weight = Copies.Of(other.q_proj_weight);
        k_proj_weight = Copies.Of(other.k_proj_weight);
        v_proj_weight = Copies.Of(other.v_proj_weight);
        in_proj_bias = Copies.Of(other.in_proj_bias);
        bias_k = Copies.Of(other.bias_k);
        bias_v = Copies.Of(other.bias_v);
        out_proj = Copies.Of(other.out_proj);
        RegisterComponents();
    }


    public override Tuple<Tensor, Tensor> forward(Tensor query, Tensor key, Tensor value, Tensor? key_padding_mask, bool need_weights, Tensor? attn_mask)
    {
        if (query.dim() != 3 || key.dim() != 3 || value.dim() != 3)
            throw new ArgumentException($"MultiheadAttention expects query, key and value of 3 dimensions, but got {query.dim()}, {key.dim()} and {value.dim()}.");
        using var scope = NewDisposeScope();
        var (length, examples) = (query.shape[0], query.shape[1]);
        var (q, k, v) = Projected(query, key, value);
        if (q.shape[2] != _width || k.shape[0] != v.shape[0] || k.shape[1] != examples || v.shape[1] != examples)
            throw new ArgumentException($"MultiheadAttention: query [{string.Join(", ", query.shape)}], key [{string.Join(", ", key.shape)}] and value [{string.Join(", ", value.shape)}] do not fit together.");
        if (bias_k is not null && bias_v is not null)
        {
            k = cat([k, bias_k.expand(1, examples, _width)]);
            v = cat([v, bias_v.expand(1, examples, _width)]);
        }
        if (_addZero)
        {
            var zero = zeros(1, examples, _width, dtype: k.dtype, device: k.device);
            (k, v) = (cat([k, zero]), cat([v, zero]));
        }
        var mask = Mask(attn_mask, key_padding_mask, key.shape[0], k.shape[0], examples, q.dtype);
        var p = training ? _dropout : 0.0;
        Tensor attended;
        Tensor? weights = null;
        if (need_weights)
        {
            (attended, var each) = functional.Attend(Heads(q), Heads(k), Heads(v), mask, p);
            weights = each.mean([1]);
        }
        else attended = functional.scaled_dot_product_attention(Heads(q), Heads(k), Heads(v), mask, p);
        // [N, heads, L, E / heads] to [L, N, E].
        var joined = attended.permute(2, 0, 1, 3).reshape(length, examples, _width);
        var output = functional.linear(joined, out_proj.weight, out_proj.bias);
        // As upstream there is no second tensor where no weights are wanted.
        return Tuple.Create(output.MoveToOuterDisposeScope(), weights?.MoveToOuterDisposeScope()!);
    }

    /// <param name="query">[L, N, E]</param>
    /// <param name="key">[S, N, kdim]</param>
    /// <param name="value">[S, N, vdim]</param>
    /// <param name="key_padding_mask">[N, S]: true at keys to leave out, or numbers to add.</param>
    /// <param name="need_weights">Give the weights too; without them it is faster.</param>
    /// <param name="attn_mask">[L, S] or [N · heads, L, S]: true where a query must not look, or numbers to add.</param>
    public new Tuple<Tensor, Tensor> call(
        Tensor query, Tensor key, Tensor value, Tensor? key_padding_mask = null, bool need_weights = true, Tensor? attn_mask = null) =>
        base.call(query, key, value, key_padding_mask, need_weights, attn_mask);

    private (Tensor, Tensor, Tensor) Projected(Tensor query, Tensor key, Tensor value)
    {
        if (in_proj_weight is not null && ReferenceEquals(query, key) && ReferenceEquals(key, value))
        {
            var all = functional.linear(query, in_proj_weight, in_proj_bias).chunk(3, -1);
            return (all[0], all[1], all[2]);
        }
        Tensor[] weights = in_proj_weight is not null ? in_proj_weight.chunk(3) : [q_proj_weight!, k_proj_weight!, v_proj_weight!];
        var biases = in_proj_bias?.chunk(3);
        return (functional.linear(query, weights[0], biases?[0]), functional.linear(key, weights[1], biases?[1]), functional.linear(value, weights[2], biases?[2]));
    }

    /// <summary>[S, N, E] to [N, heads, S, E / heads].</summary>
    private Tensor Heads(Tensor rows) => rows.reshape(rows.shape[0], rows.shape[1], _heads, _width / _heads).permute(1, 2, 0, 3);

    /// <summary>Both masks as numbers to add to [N, heads, L, keys]; keys that were added here are always seen.</summary>
    private Tensor? Mask(Tensor? attention, Tensor? padding, long given, long keys, long examples, ScalarType dtype)
    {
        if (attention is not null)
        {
            attention = Widened(Added(attention), keys - given);
            attention = attention.dim() == 3 ? attention.reshape(examples, _heads, attention.shape[1], attention.shape[2]) : attention;
        }
        if (padding is null) return attention;
        if (padding.dim() != 2 || padding.shape[0] != examples || padding.shape[1] != given)
            throw new ArgumentException($"key_padding_mask must have the shape [{examples}, {given}], but has [{string.Join(", ", padding.shape)}].", nameof(padding));
        var left = Widened(Added(padding), keys - given).reshape(examples, 1, 1, keys);
        return attention is null ? left : attention.add(left);

        Tensor Added(Tensor mask) => mask.dtype == ScalarType.Bool ? functional.Excluding(mask, dtype) : mask;
        Tensor Widened(Tensor mask, long by) => by == 0 ? mask : functional.pad(mask, (0, by));
    }
}
