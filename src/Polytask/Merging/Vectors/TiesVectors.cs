using System.Numerics;
using Registers = System.Numerics.Vector;

namespace Polytask;

/// <summary>
/// The task vectors of AdaMerging++ (Yang et al., ICLR 2024, section 3.3): TIES without its last step. Each tau_t is trimmed to the fraction k of
/// largest magnitude, over all merged tensors; gamma = sign(sum_t tau_t), and where the sum is 0 the sign of the sum of all elected signs; entries
/// of another sign than gamma become 0. The vectors stay apart, so that coefficients can weigh them. Two passes and a sample
/// before the first tensor.
/// </summary>
/// <param name="Keep">k, 0.2 in the paper.</param>
internal sealed record TiesVectors(double Keep) : TaskVectorRule
{
    internal override RunningVectors Start<T>(OpenModels models)
    {
        var passes = new BlockPasses<T>(models);
        var least = OrderStatistic.LeastKept(passes, Keep);
        var majority = Majority(passes, least);
        var tasks = passes.Tasks;
        return new BlockVectors<T>(passes.After((in Block<T> block) =>
        {
            var gamma = block.Scratch(0);
            TrimAndElect(block, least, tasks, gamma);
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
            var agrees = Registers.GreaterThan(Signs(x[i]) * Signs(elected), Vector<T>.Zero);
            x[i] = Registers.ConditionalSelect(agrees, x[i], Vector<T>.Zero);
        }
        for (var i = x.Length * Vector<T>.Count; i < tau.Length; i++)
        {
            var elected = T.Sign(gamma[i]) == 0 ? T.Sign(majority) : T.Sign(gamma[i]);
            if (T.Sign(tau[i]) != elected) tau[i] = T.Zero;
        }
    }

    // The sign of the sum of all elected signs.
    private static T Majority<T>(BlockPasses<T> passes, T[] least) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (tasks, votes) = (passes.Tasks, new long[passes.Workers]);
        passes.Run((in Block<T> block) =>
        {
            var sum = block.Scratch(0);
            TrimAndElect(block, least, tasks, sum);
            var signs = SpanArithmetic.Vectors(sum);
            var counts = Vector<T>.Zero;
            // Counted, so that no order matters; at most 4096 in a block: exact in Float32.
            foreach (var s in signs) counts += Signs(s);
            var vote = (long)double.CreateChecked(Registers.Sum(counts));
            foreach (var s in sum[(signs.Length * Vector<T>.Count)..]) vote += T.Sign(s);
            votes[block.Worker] += vote;
        });
        return votes.Sum() < 0 ? -T.One : T.One;
    }

    // Sets to 0 what is not kept, and sums what is.
    private static void TrimAndElect<T>(in Block<T> block, T[] least, int tasks, Span<T> sum) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        sum.Clear();
        var s = SpanArithmetic.Vectors(sum);
        for (var task = 0; task < tasks; task++)
        {
            var tau = block.Tau(task);
            var limit = least[task];
            var limits = new Vector<T>(least[task]);
            var x = SpanArithmetic.Vectors(tau);
            for (var i = 0; i < x.Length; i++)
            {
                var kept = Registers.ConditionalSelect(Registers.GreaterThanOrEqual(Registers.Abs(x[i]), limits), x[i], Vector<T>.Zero);
                x[i] = kept;
                s[i] += kept;
            }
            for (var i = x.Length * Vector<T>.Count; i < tau.Length; i++)
            {
                if (!(T.Abs(tau[i]) >= limit)) tau[i] = T.Zero;
                sum[i] += tau[i];
            }
        }
    }

    private static Vector<T> Signs<T>(Vector<T> x) where T : unmanaged =>
        Registers.ConditionalSelect(Registers.GreaterThan(x, Vector<T>.Zero), Vector<T>.One, Vector<T>.Zero)
        - Registers.ConditionalSelect(Registers.LessThan(x, Vector<T>.Zero), Vector<T>.One, Vector<T>.Zero);
}
