using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A look at gradients inside a backward pass. TorchSharp's tensors have no hooks: built against it, GradientHooks.Upstream.cs stands in this place.
/// </summary>
internal static class GradientHooks
{
    /// <summary>Whether there are any.</summary>
    public static bool Exist => true;

    /// <summary>Tells the gradient of a tensor, as it is now, in every backward pass that computes it; later changes in place do not matter.</summary>
    public static void Watch(Tensor tensor, Action<Tensor> seen) => tensor.register_hook(gradient =>
    {
        seen(gradient);
        return null;
    });
}
