using static TorchSharp.torch;

namespace Polytask;

/// <summary>The softmax w of a bilevel rule's variable.</summary>
internal static class Softmax
{
    /// <summary>Its derivative diag(w) - w wᵀ, [T, T].</summary>
    public static Tensor Slope(Tensor w) => diag(w) - w.unsqueeze(1) * w;
}
