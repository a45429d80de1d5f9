using System.Numerics;
using Registers = System.Numerics.Vector;

namespace Polytask;

/// <summary>
/// The task vectors of AdaMerging++ (Yang et al., ICLR 2024, section 3.3): TIES without its last step. Each tau_t is trimmed to the fraction k of
/// largest magnitude, over all merged tensors; gamma = sign(sum_t tau_t), and where the sum is 0 the sign of the sum of all elected signs; entries
/// of another sign than gamma become 0. The vectors stay apart, so that coefficients can weigh them. Passes as <see cref="TiesMerge"/>.
/// </summary>
/// <param name="Keep">k, 0.2 in the paper.</param>
internal sealed record TiesVectors(double Keep) : TaskVectorRule
{
    internal override RunningVectors Start<T>(OpenModels models)
    {
        var passes = new BlockPasses<T>(models);
        var least = OrderStatistic.LeastKept(passes, Keep);
        var majority = TiesMerge.Majority(passes, least);
        var tasks = passes.Tasks;
        return new BlockVectors<T>(passes.After((in Block<T> block) =>
        {
            var gamma = block.Scratch(0);
            TiesMerge.TrimAndElect(block, least, tasks, gamma);
            for (var task = 0; task < tasks; task++) KeepAgreeing(block.Tau(task), gamma, majority);
        }));
    }

    public override string ToString() => FormattableString.Invariant($"TIES vectors, keep {Keep}");

    private static void KeepAgreeing<T>(Span<T> tau, ReadOnlySpan<T> gamma, T majority) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var x = SpanArithmetic.Vectors(tau);
        var g = SpanArithmetic.Vectors(gamma);
        var majorities = new Vector<T>(majority);
        for (var i = 0; i < x.Length; i++)
        {
            var elected = Registers.ConditionalSelect(Registers.Equals(g[i], Vector<T>.Zero), majorities, g[i]);
            var agrees = Registers.GreaterThan(TiesMerge.Signs(x[i]) * TiesMerge.Signs(elected), Vector<T>.Zero);
            x[i] = Registers.ConditionalSelect(agrees, x[i], Vector<T>.Zero);
        }
        for (var i = x.Length * Vector<T>.Count; i < tau.Length; i++)
        {
            var elected = T.Sign(gamma[i]) == 0 ? T.Sign(majority) : T.Sign(gamma[i]);
            if (T.Sign(tau[i]) != elected) tau[i] = T.Zero;
        }
    }
}
