using System.Collections.Immutable;
using System.Numerics;
using Registers = System.Numerics.Vector;

namespace Polytask;

/// <summary>
/// Consensus task arithmetic (Wang et al., "Localizing task information for improved model merging and compression", ICML 2024, equations 4 and
/// 6): with G = sum_t tau_t, task t needs an element where |tau_t| > l_t |G - tau_t| (its TALL mask); elements that at least k tasks need are
/// kept: theta = theta_0 + lambda G there, theta_0 elsewhere. One pass.
/// </summary>
/// <param name="Thresholds">l for all, or l_t for each; 0.2 to 0.6 in the paper.</param>
/// <param name="Agreement">k: 0 keeps all, T + 1 none.</param>
/// <param name="Scale">lambda.</param>
internal sealed record ConsensusMerge(ImmutableArray<double> Thresholds, int Agreement, double Scale) : BlockMethod
{
    internal override void Check(int tasks, IReadOnlyList<StoredTensor> merged)
    {
        if (Thresholds.Length > 1) TaskArithmeticMerge.CheckCount("consensus", "threshold", Thresholds.Length, tasks);
    }

    public override BlockRule<T> Prepare<T>(BlockPasses<T> passes)
    {
        var tasks = passes.Tasks;
        var (agreement, scale) = (Agreement, T.CreateChecked(Scale));
        T[] thresholds = [.. Enumerable.Range(0, tasks).Select(task => T.CreateChecked(Thresholds[Thresholds.Length == 1 ? 0 : task]))];
        return (in Block<T> block) =>
        {
            var sum = block.Registers(block.Scratch(0));
            var votes = block.Registers(block.Scratch(1));
            sum.Clear();
            votes.Clear();
            for (var task = 0; task < tasks; task++)
            {
                var tau = block.Registers(block.Tau(task));
                for (var i = 0; i < sum.Length; i++) sum[i] += tau[i];
            }
            for (var task = 0; task < tasks; task++)
            {
                var tau = block.Registers(block.Tau(task));
                for (var i = 0; i < votes.Length; i++)
                {
                    var needs = Registers.GreaterThan(Registers.Abs(tau[i]), thresholds[task] * Registers.Abs(sum[i] - tau[i]));
                    votes[i] += Registers.BitwiseAnd(Vector<T>.One, needs);
                }
            }
            var least = new Vector<T>(T.CreateChecked(agreement));
            for (var i = 0; i < sum.Length; i++) sum[i] = Registers.BitwiseAnd(sum[i], Registers.GreaterThanOrEqual(votes[i], least));
            SpanArithmetic.Move(block.Base, scale, block.Scratch(0), block.Result);
        };
    }

    public override string ToString() => FormattableString.Invariant(
        $"consensus of {Agreement} at {TaskArithmeticMerge.Listed(Thresholds)}, scale {Scale}");
}
