using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// The gradients of all tasks in one backward pass. The one call of this library that TorchSharp does not have: built against it,
/// BatchedGradients.Upstream.cs stands in its place.
/// </summary>
internal static class BatchedGradients
{
    /// <summary>Whether this thread computes the gradients of several tasks at once: a tensor is then one of each task, and has no memory of its own.</summary>
    [field: ThreadStatic]
    public static bool AreComputed { get; private set; }

    /// <param name="losses">[T].</param>
    /// <param name="targets">What to differentiate with respect to.</param>
    /// <param name="retainGraph">Keep the graph.</param>
    /// <returns>For each target [T, ...shape], or null where no loss depends on it.</returns>
    public static IList<Tensor> Of(Tensor losses, Tensor[] targets, bool retainGraph)
    {
        // A row of the unit matrix picks one task.
        var picks = eye(losses.shape[0], dtype: losses.dtype, device: losses.device);
        AreComputed = true;
        try
        {
            return autograd.grad([losses], targets, [picks], retain_graph: retainGraph, allow_unused: true, is_grads_batched: true);
        }
        finally
        {
            AreComputed = false;
        }
    }
}
