using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>How the gradients of several tasks are computed.</summary>
public enum TaskGradientMode
{
    /// <summary>A backward pass for each task.</summary>
    Loop,

    /// <summary>One backward pass over all tasks at once, which pays on a device that one task does not fill.</summary>
    Batched,

    /// <summary>
    /// The Gramian column by column, G[:, s] = J g_s, with no more than one task's gradient in memory; about twice the passes of one for each. Only for
    /// weightings that read the Gramian alone, and operators that can be differentiated twice.
    /// </summary>
    Columns,
}

/// <summary>
/// The gradients of T losses with respect to parameters, or to a representation that the tasks share: the Jacobian J of T rows, kept as a block for
/// each tensor. A tensor that a loss does not depend on has zeros there.
/// </summary>
public sealed class TaskGradients : IDisposable
{
    private TaskGradients(ImmutableArray<Tensor> blocks, int tasks) => (Blocks, Tasks) = (blocks, tasks);

    /// <summary>For each tensor its gradients, [T, ...shape].</summary>
    public ImmutableArray<Tensor> Blocks { get; }

    /// <summary>The number of losses.</summary>
    public int Tasks { get; }

    /// <summary>Computes the gradients. Nothing is added to <c>grad</c>.</summary>
    /// <param name="losses">A loss for each task, of one element.</param>
    /// <param name="tensors">What to differentiate with respect to: parameters, or tensors inside the graph.</param>
    /// <param name="mode">One pass for each task, or one for all.</param>
    /// <param name="retainGraph">Keep the graph for a further backward pass.</param>
    /// <exception cref="ArgumentException">
    /// No losses, no tensors, a loss of several elements, or one that depends on nothing that is trained.
    /// </exception>
    public static TaskGradients Of(
        IReadOnlyList<Tensor> losses, IEnumerable<Tensor> tensors, TaskGradientMode mode = TaskGradientMode.Loop, bool retainGraph = false)
    {
        Tensor[] targets = [.. tensors];
        Check(losses, targets);
        using var scope = NewDisposeScope();
        if (mode == TaskGradientMode.Columns)
            throw new ArgumentException("column by column there is a Gramian and no gradient of each task; use TaskGradientMode.Loop", nameof(mode));
        var blocks = mode == TaskGradientMode.Loop ? Looped(losses, targets, retainGraph) : Batched(losses, targets, retainGraph);
        foreach (var block in blocks) block.MoveToOuterDisposeScope();
        return new([.. blocks], losses.Count);
    }

    internal static TaskGradients OfBlocks(IEnumerable<Tensor> blocks, int tasks) => new([.. blocks], tasks);

    /// <summary>The whole Jacobian, [T, elements of all tensors]. Most methods need only its <see cref="Gramian"/>.</summary>
    public Tensor Rows() => WrappedTensorDisposeScope(() => cat([.. Blocks.Select(block => block.reshape(Tasks, -1))], 1));

    /// <summary>
    /// The Gramian G = J Jᵀ, [T, T]: the dot products of the tasks' gradients. Summed tensor by tensor, so that the rows are never put together.
    /// </summary>
    /// <param name="accumulation">The type to multiply and sum in, as Float64 where gradients nearly cancel; null for the gradients' own.</param>
    public Tensor Gramian(ScalarType? accumulation = null) => Products(this, accumulation);

    /// <summary>The combination Jᵀ w, for each tensor [...shape].</summary>
    /// <param name="weights">w, [T], of any floating type.</param>
    public Tensor[] Combined(Tensor weights)
    {
        using var scope = NewDisposeScope();
        return [.. Blocks.Select(block => weights.to(block.device).to(block.dtype).unsqueeze(0).matmul(block.reshape(Tasks, -1))
            .reshape(block.shape[1..]).MoveToOuterDisposeScope())];
    }

    /// <summary>The dot products J Kᵀ with the gradients of the same losses elsewhere (another batch), [T, T].</summary>
    /// <param name="other">K, over the same tensors.</param>
    /// <param name="accumulation">The type to multiply and sum in; null for the gradients' own.</param>
    public Tensor Products(TaskGradients other, ScalarType? accumulation = null) => WrappedTensorDisposeScope(() =>
    {
        var type = accumulation ?? Blocks[0].dtype;
        var products = zeros(Tasks, other.Tasks, dtype: type, device: Blocks[0].device);
        foreach (var (block, its) in Blocks.Zip(other.Blocks))
        {
            using var step = NewDisposeScope();
            var (rows, others) = (block.reshape(Tasks, -1), its.reshape(other.Tasks, -1));
            products.add_(type == ScalarType.Float64 ? DotProducts.Of(rows, others).to(block.device) : rows.to(type).matmul(others.to(type).t()));
        }
        return products;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var block in Blocks) block.Dispose();
    }

    internal static void Check(IReadOnlyList<Tensor> losses, Tensor[] targets)
    {
        if (losses.Count == 0) throw new ArgumentException("there are no losses", nameof(losses));
        if (targets.Length == 0) throw new ArgumentException("there are no tensors to differentiate with respect to", nameof(targets));
        for (var task = 0; task < losses.Count; task++)
        {
            if (losses[task].NumberOfElements != 1)
                throw new ArgumentException($"loss {task} has shape [{string.Join(", ", losses[task].shape)}]; expected one number: "
                    + $"take its mean or sum", nameof(losses));
            if (!losses[task].requires_grad)
                throw new ArgumentException($"loss {task} depends on nothing that requires a gradient; was it computed under no_grad, "
                    + "or detached?", nameof(losses));
        }
        for (var i = 0; i < targets.Length; i++)
            if (!targets[i].requires_grad)
                throw new ArgumentException($"tensor {i} does not require a gradient; leave frozen parameters out", nameof(targets));
    }

    private static Tensor[] Looped(IReadOnlyList<Tensor> losses, Tensor[] targets, bool retainGraph)
    {
        var blocks = Array.ConvertAll(targets, target => zeros([losses.Count, .. target.shape], dtype: target.dtype, device: target.device));
        for (var task = 0; task < losses.Count; task++)
        {
            using var step = NewDisposeScope();
            var gradients = autograd.grad([losses[task]], targets, retain_graph: retainGraph || task < losses.Count - 1, allow_unused: true);
            for (var i = 0; i < targets.Length; i++)
                if (IsThere(gradients[i])) blocks[i][task].copy_(gradients[i]);
        }
        return blocks;
    }

    private static Tensor[] Batched(IReadOnlyList<Tensor> losses, Tensor[] targets, bool retainGraph)
    {
        var together = stack([.. losses.Select(loss => loss.reshape([]))]);
        var gradients = BatchedGradients.Of(together, targets, retainGraph);
        return [.. targets.Select((target, i) => IsThere(gradients[i])
            ? gradients[i]
            : zeros([losses.Count, .. target.shape], dtype: target.dtype, device: target.device))];
    }

    // TorchSharp gives an empty handle, the stand-in null.
    private static bool IsThere(Tensor? gradient) => gradient is { IsInvalid: false };
}
