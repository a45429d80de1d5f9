using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A rule on the rows of J, block by block: what comes in is checked, and nothing is tracked for a backward pass.</summary>
internal abstract class RowsRule(string name, int tasks) : JacobianRule(name)
{
    /// <summary>T.</summary>
    protected int Tasks { get; } = Refuse.NoTasks(name, tasks);

    public sealed override Tensor[] Combine(TaskGradients gradients, Tensor losses)
    {
        if (gradients.Tasks != Tasks)
            throw new ArgumentException($"{GetName()}: there are gradients of {gradients.Tasks} tasks; the rule was started for {Tasks}");
        Refuse.Shape(GetName(), "the losses", losses, Tasks);
        Refuse.NotFinite(GetName(), "the losses", losses);
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        // A sum in double precision of finite numbers is finite: one for each task finds NaN and infinity.
        Refuse.NotFinite(GetName(), "the gradient", PerTask(gradients.Blocks, block => block));
        Prepare(gradients.Blocks);
        return [.. Direction(gradients.Blocks).Select(block => block.MoveToOuterDisposeScope())];
    }

    /// <summary>The direction, a block [...shape] for each block [T, ...shape].</summary>
    protected abstract IEnumerable<Tensor> Direction(ImmutableArray<Tensor> rows);

    /// <summary>Makes what is remembered for each block, where that is not there yet.</summary>
    protected virtual void Prepare(ImmutableArray<Tensor> rows)
    {
    }

    /// <summary>The sum over all coordinates of f of the blocks, float64 [T].</summary>
    protected Tensor PerTask(IReadOnlyList<Tensor> rows, Func<Tensor, Tensor> f)
    {
        var total = zeros(Tasks, dtype: ScalarType.Float64, device: rows[0].device);
        foreach (var block in rows)
        {
            using var step = NewDisposeScope();
            total.add_(f(block).reshape(Tasks, -1).sum(1, type: ScalarType.Float64));
        }
        return total;
    }

    /// <summary>sum_t w_t g_t, block by block.</summary>
    protected IEnumerable<Tensor> Weighted(IReadOnlyList<Tensor> rows, double[] weights) => rows.Select(block =>
    {
        var w = tensor(weights, device: block.device).to(block.dtype);
        return w.matmul(block.reshape(Tasks, -1)).reshape(block.shape[1..]);
    });
}
