using static TorchSharp.torch;

namespace Polytask;

/// <summary>TorchSharp's <c>autograd.grad</c> takes one gradient of the outputs at a time.</summary>
internal static class BatchedGradients
{
    /// <summary>Whether this thread computes the gradients of several tasks at once: never.</summary>
    public static bool AreComputed => false;

    /// <exception cref="NotSupportedException">Always.</exception>
    public static IList<Tensor> Of(Tensor losses, Tensor[] targets, bool retainGraph) =>
        throw new NotSupportedException("gradients of several tasks in one pass need is_grads_batched, "
            + "which TorchSharp's autograd.grad has not; use TaskGradientMode.Loop");
}
