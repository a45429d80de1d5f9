using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>
            /// softmax(Q Kᵀ / √E + mask) V, Vaswani et al. (2017), equation 1: query [..., L, E], key [..., S, E], value [..., S, V]. libtorch's fused operator
            /// computes it where this libtorch has one.
            /// </summary>
            /// <param name="attn_mask">[..., L, S]: true where a query may look, or numbers to add.</param>
            /// <param name="p">The probability with which weights are dropped.</param>
            /// <param name="is_casual">Query i may look at the keys up to i only.</param>
            public static Tensor scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0.0, bool is_casual = false)
            {
                if (p < 0) throw new ArgumentException("Dropout probability must be greater than or equal to zero.", nameof(p));
                if (is_casual && attn_mask is not null) throw new ArgumentException("Casual attention masking cannot pass a mask.", nameof(attn_mask));
                return FusedAttention.Value != 0 ? Fused(query, key, value, attn_mask, p, is_casual) : Composed(query, key, value, attn_mask, p, is_casual);
            }

            /// <summary>The operator's handle, or 0 where this libtorch (before 2.0) has none.</summary>
            private static readonly Lazy<nint> FusedAttention = new(() =>
            {
                try
                {
                    nint slot = 0;
                    return NativeCall.Bind(ref slot, "scaled_dot_product_attention", "", "query,key,value,attn_mask,dropout_p,is_causal");
                }
                catch (ExternalException)
                {
                    return 0;
                }
            });

            private static unsafe Tensor Fused(Tensor query, Tensor key, Tensor value, Tensor? attn_mask, double p, bool is_causal)
            {
                var arguments = stackalloc Value[6];
                arguments[0].Set(query);
                arguments[1].Set(key);
                arguments[2].Set(value);
                arguments[3].SetOptional(attn_mask);
                arguments[4].Set(p);
                arguments[5].Set(is_causal);
                var result = NativeCall.Tensor(FusedAttention.Value, arguments, 6);
                GC.KeepAlive(query);
                GC.KeepAlive(key);
                GC.KeepAlive(value);
                GC.KeepAlive(attn_mask);
                return result;
            }

            private static Tensor Composed(Tensor query, Tensor key, Tensor value, Tensor? attn_mask, double p, bool is_causal)
            {
                using var scope = NewDisposeScope();
                if (is_causal) attn_mask = ones(query.shape[^2], key.shape[^2], dtype: ScalarType.Bool, device: query.device).tril();
                var added = attn_mask is null ? null : attn_mask.dtype == ScalarType.Bool ? Excluding(attn_mask.logical_not(), query.dtype) : attn_mask;
                var (output, _) = Attend(query, key, value, added, p);
                return output.MoveToOuterDisposeScope();
            }

            /// <summary>Attention and its weights; the mask is added.</summary>
            internal static (Tensor Output, Tensor Weights) Attend(Tensor query, Tensor key, Tensor value, Tensor? mask, double p)
            {
                using var scope = NewDisposeScope();
                var scores = query.mul(1 / Math.Sqrt(query.shape[^1])).matmul(key.transpose(-2, -1));
                if (mask is not null) scores = scores.add(mask);
                var weights = scores.softmax(-1);
                if (p > 0) weights = dropout(weights, p);
                return scope.MoveToOuter(weights.matmul(value), weights);
            }

            /// <summary>-∞ where a Boolean mask is true, else 0.</summary>
            internal static Tensor Excluding(Tensor mask, ScalarType dtype)
            {
                using var zero = zeros(mask.shape, dtype: dtype, device: mask.device);
                return zero.masked_fill(mask, double.NegativeInfinity);
            }
        }
    }
}
