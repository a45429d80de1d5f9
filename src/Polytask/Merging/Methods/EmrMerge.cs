using System.Numerics;
using Registers = System.Numerics.Vector;

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
            found[0] = SpanArithmetic.SumOfMagnitudes<T>(block.Tau(own));
            found[1] = SpanArithmetic.SumOfMagnitudes(Masked(block, tasks, own));
        });
        // A task that is the base everywhere has nothing to rescale.
        var rescaler = sums[1] == 0 ? T.Zero : T.CreateChecked(sums[0] / sums[1]);
        return (in Block<T> block) => SpanArithmetic.Move(block.Base, rescaler, Masked(block, tasks, own), block.Result);
    }

    public override string ToString() => $"EMR, task {Task}";

    // M_t tau_uni.
    private static ReadOnlySpan<T> Masked<T>(in Block<T> block, int tasks, int own) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sum = block.Registers(block.Scratch(0));
        var unified = block.Registers(block.Scratch(1));
        sum.Clear();
        unified.Clear();
        for (var task = 0; task < tasks; task++)
        {
            var tau = block.Registers(block.Tau(task));
            for (var i = 0; i < sum.Length; i++) sum[i] += tau[i];
        }
        for (var task = 0; task < tasks; task++)
        {
            var tau = block.Registers(block.Tau(task));
            for (var i = 0; i < unified.Length; i++)
            {
                var isLarger = Registers.GreaterThan(Registers.Abs(tau[i]), Registers.Abs(unified[i]));
                unified[i] = Registers.ConditionalSelect(Agree(tau[i], sum[i]) & isLarger, tau[i], unified[i]);
            }
        }
        var ownTau = block.Registers(block.Tau(own));
        for (var i = 0; i < unified.Length; i++) unified[i] = Registers.BitwiseAnd(unified[i], Agree(ownTau[i], unified[i]));
        return block.Scratch(1);

        static Vector<T> Agree(Vector<T> x, Vector<T> y) => (Registers.GreaterThan(x, Vector<T>.Zero) & Registers.GreaterThan(y, Vector<T>.Zero))
            | (Registers.LessThan(x, Vector<T>.Zero) & Registers.LessThan(y, Vector<T>.Zero));
    }
}
