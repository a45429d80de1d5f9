using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// The Gramian in memory that does not grow with the number of tasks: v(u) = Jᵀ u is differentiated by u, along one task's gradient after the other,
/// d (vᵀ g_s) / d u = J g_s = G[:, s]. Then the update is one backward pass of the weighed losses. About twice the passes of keeping J.
/// </summary>
internal sealed class GramianColumns : ITaskGradients
{
    private readonly Tensor losses;
    private readonly Tensor[] shared;
    private readonly Tensor gramian;

    /// <param name="losses">A loss for each task, of one element; one that depends on nothing has zeros everywhere.</param>
    /// <param name="shared">What to differentiate by. Every operator between must be differentiable twice.</param>
    /// <param name="own">For each task what it alone depends on.</param>
    public GramianColumns(IReadOnlyList<Tensor> losses, Tensor[] shared, Parameter[][] own)
    {
        (this.losses, this.shared) = (stack([.. losses]), shared);
        var u = ones_like(this.losses.detach()).requires_grad_();
        var combined = SharedGradients.There(autograd.grad([(this.losses * u).sum()], shared, create_graph: true, allow_unused: true));
        gramian = zeros(losses.Count, losses.Count, dtype: ScalarType.Float64);
        Own = new Tensor?[losses.Count][];
        for (var task = 0; task < losses.Count; task++)
        {
            Own[task] = new Tensor?[own[task].Length];
            if (!losses[task].requires_grad) continue;
            using var step = NewDisposeScope();
            var gradients = SharedGradients.There(autograd.grad([losses[task]], [.. shared, .. own[task]], retain_graph: true, allow_unused: true));
            for (var i = 0; i < own[task].Length; i++) Own[task][i] = gradients[shared.Length + i]?.MoveToOuterDisposeScope();
            var both = Enumerable.Range(0, shared.Length).Where(i => gradients[i] is not null && combined[i] is { requires_grad: true }).ToArray();
            if (both.Length == 0) continue;
            var column = autograd.grad([.. both.Select(i => combined[i]!)], [u], [.. both.Select(i => gradients[i]!)], retain_graph: true)[0];
            gramian.select(1, task).copy_(column);
        }
    }

    /// <inheritdoc/>
    public Tensor?[][] Own { get; }

    /// <inheritdoc/>
    public Tensor Gramian() => (gramian + gramian.t()) / 2;

    /// <inheritdoc/>
    public Tensor[] Combined(Tensor weights)
    {
        var weighed = (losses * weights.to(losses.dtype).to(losses.device)).sum();
        var gradients = SharedGradients.There(autograd.grad([weighed], shared, retain_graph: true, allow_unused: true));
        return [.. gradients.Zip(shared, (gradient, target) => gradient ?? zeros_like(target))];
    }
}
