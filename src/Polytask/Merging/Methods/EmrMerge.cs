using System.Numerics;

namespace Polytask;

/// <summary>
/// The model of one task by EMR-Merging (Huang et al., NeurIPS 2024, algorithm 1). Elect: with gamma = sign(sum_t tau_t), the unified vector
/// tau_uni has per element the sign gamma and the largest |tau_t| among the tasks with that sign. Mask: M_t = [tau_t tau_uni > 0]. Rescale:
/// lambda_t = sum |tau_t| / sum |M_t tau_uni|, over all merged tensors. theta of task t = theta_0 + lambda_t M_t tau_uni: the tasks share tau_uni
/// and differ in one bit an element and one number. Two passes.
/// </summary>
/// <param name="Task">t, from 0 on.</param>
internal sealed record EmrMerge(int Task) : BlockMethod
{
    internal override void Check(int tasks, IReadOnlyList<StoredTensor> merged)
    {
        if (Task >= tasks)
            throw new DeclarationException($"EMR gives a model for each of the {tasks} tuned models, from 0 on, but was asked for {Task}");
    }

    public override BlockRule<T> Prepare<T>(BlockPasses<T> passes)
    {
        var (tasks, own) = (passes.Tasks, Task);
        var sums = passes.Sums(2, (in Block<T> block, Span<double> found) =>
        {
            var masked = Masked(block, tasks, own);
            var tau = block.Tau(own);
            for (var i = 0; i < tau.Length; i++)
            {
                found[0] += double.CreateChecked(T.Abs(tau[i]));
                found[1] += double.CreateChecked(T.Abs(masked[i]));
            }
        });
        // A task that is the base everywhere has nothing to rescale.
        var rescaler = sums[1] == 0 ? T.Zero : T.CreateChecked(sums[0] / sums[1]);
        return (in Block<T> block) => SpanArithmetic.Move(block.Base, rescaler, Masked(block, tasks, own), block.Result);
    }

    public override string ToString() => $"EMR, task {Task}";

    // M_t tau_uni.
    private static ReadOnlySpan<T> Masked<T>(in Block<T> block, int tasks, int own) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sum = block.Scratch(0);
        var unified = block.Scratch(1);
        sum.Clear();
        unified.Clear();
        for (var task = 0; task < tasks; task++) SpanArithmetic.Add<T>(block.Tau(task), sum);
        for (var task = 0; task < tasks; task++)
        {
            var tau = block.Tau(task);
            for (var i = 0; i < tau.Length; i++)
                if (T.Sign(tau[i]) == T.Sign(sum[i]) && T.Abs(tau[i]) > T.Abs(unified[i])) unified[i] = tau[i];
        }
        var ownTau = block.Tau(own);
        for (var i = 0; i < unified.Length; i++)
            if (T.Sign(ownTau[i]) != T.Sign(unified[i])) unified[i] = T.Zero;
        return unified;
    }
}
