using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>The Gumbel-softmax estimator (Jang et al., ICLR 2017, equation 2, and its straight-through form).</summary>
internal static class GumbelSoftmax
{
    /// <summary>softmax((logits + Gumbel noise) / temperature) over the last dimension.</summary>
    public static Tensor Soft(Tensor logits, double temperature)
    {
        // -log E with E exponential of rate 1 is Gumbel noise; the bound keeps log(0) out.
        var noise = rand_like(logits).clamp(1e-20, 1).log().neg().clamp(1e-20).log().neg();
        return ((logits + noise) / temperature).softmax(-1);
    }

    /// <summary>One-hot in the forward pass, the gradient of the soft form in the backward pass.</summary>
    public static Tensor Hard(Tensor logits, double temperature)
    {
        var soft = Soft(logits, temperature);
        var hard = zeros_like(soft).scatter_(-1, soft.argmax(-1, true), 1);
        return hard - soft.detach() + soft;
    }
}
