using static TorchSharp.torch;

namespace Polytask;

/// <summary>TorchSharp's tensors have no hooks: all gradients are those of parameters.</summary>
internal static class GradientHooks
{
    /// <summary>Whether there are any: no.</summary>
    public static bool Exist => false;

    /// <exception cref="NotSupportedException">Always.</exception>
    public static void Watch(Tensor tensor, Action<Tensor> seen) => throw new NotSupportedException("TorchSharp's tensors have no hooks for gradients");
}
