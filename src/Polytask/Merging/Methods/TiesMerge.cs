using System.Numerics;
using Registers = System.Numerics.Vector;

namespace Polytask;

/// <summary>How the entries that agree in their sign become one.</summary>
public enum TiesReduction
{
    /// <summary>The mean of those that are not zero, as in the paper.</summary>
    Mean,

    /// <summary>Their sum, as in the configurations of AdaMerging and FusionBench.</summary>
    Sum,
}

/// <summary>
/// TIES (Yadav et al., NeurIPS 2023, algorithm 1), flat: over all merged tensors of a model. Trim: of each tau_t the fraction k of largest
/// magnitude is kept, the nearest whole number to k d, and with it what equals the last one kept; the rest is 0. Elect: gamma = sign(sum_t
/// tau_t); where the sum is 0, the sign of the sum of all elected signs (+ where that is 0 too). Merge: per element the mean or the sum of the
/// entries with sign gamma, tau; theta = theta_0 + lambda tau. Four passes (Float64: six), all but the last without a result.
/// </summary>
internal sealed record TiesMerge(double Keep, double Scale, TiesReduction Reduction) : BlockMethod
{
    public override BlockRule<T> Prepare<T>(BlockPasses<T> passes)
    {
        var least = OrderStatistic.LeastKept(passes, Keep);
        var majority = Majority(passes, least);
        var (tasks, scale, isMean) = (passes.Tasks, T.CreateChecked(Scale), Reduction == TiesReduction.Mean);
        return (in Block<T> block) =>
        {
            var gamma = block.Scratch(0);
            TrimAndElect(block, least, tasks, gamma);
            var sum = block.Scratch(1);
            var agreeing = block.Scratch(2);
            sum.Clear();
            agreeing.Clear();
            for (var task = 0; task < tasks; task++) AddAgreeing(block.Tau(task), gamma, majority, sum, agreeing);
            if (isMean) Divide(sum, agreeing);
            SpanArithmetic.Move(block.Base, scale, sum, block.Result);
        };
    }

    public override string ToString() => FormattableString.Invariant($"TIES keep {Keep}, scale {Scale}, {Reduction}");

    /// <summary>The sign of the sum of all elected signs.</summary>
    internal static T Majority<T>(BlockPasses<T> passes, T[] least) where T : unmanaged, IBinaryFloatingPointIeee754<T>
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

    /// <summary>Sets to 0 what is not kept, and sums what is.</summary>
    internal static void TrimAndElect<T>(in Block<T> block, T[] least, int tasks, Span<T> sum) where T : unmanaged, IBinaryFloatingPointIeee754<T>
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

    private static void AddAgreeing<T>(ReadOnlySpan<T> tau, ReadOnlySpan<T> gamma, T majority, Span<T> sum, Span<T> agreeing)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var x = SpanArithmetic.Vectors(tau);
        var g = SpanArithmetic.Vectors(gamma);
        var s = SpanArithmetic.Vectors(sum);
        var n = SpanArithmetic.Vectors(agreeing);
        var majorities = new Vector<T>(majority);
        for (var i = 0; i < x.Length; i++)
        {
            var elected = Registers.ConditionalSelect(Registers.Equals(g[i], Vector<T>.Zero), majorities, g[i]);
            // Of one sign: signs multiplied, because a product of small numbers may vanish.
            var agrees = Registers.GreaterThan(Signs(x[i]) * Signs(elected), Vector<T>.Zero);
            s[i] += Registers.ConditionalSelect(agrees, x[i], Vector<T>.Zero);
            n[i] += Registers.ConditionalSelect(agrees, Vector<T>.One, Vector<T>.Zero);
        }
        for (var i = x.Length * Vector<T>.Count; i < tau.Length; i++)
        {
            var elected = T.Sign(gamma[i]) == 0 ? T.Sign(majority) : T.Sign(gamma[i]);
            if (T.Sign(tau[i]) != elected) continue;
            sum[i] += tau[i];
            agreeing[i] += T.One;
        }
    }

    internal static Vector<T> Signs<T>(Vector<T> x) where T : unmanaged =>
        Registers.ConditionalSelect(Registers.GreaterThan(x, Vector<T>.Zero), Vector<T>.One, Vector<T>.Zero)
        - Registers.ConditionalSelect(Registers.LessThan(x, Vector<T>.Zero), Vector<T>.One, Vector<T>.Zero);

    private static void Divide<T>(Span<T> sum, ReadOnlySpan<T> agreeing) where T : unmanaged, INumber<T>
    {
        var s = SpanArithmetic.Vectors(sum);
        var n = SpanArithmetic.Vectors(agreeing);
        for (var i = 0; i < s.Length; i++) s[i] /= Registers.Max(n[i], Vector<T>.One);
        for (var i = s.Length * Vector<T>.Count; i < sum.Length; i++) sum[i] /= T.Max(agreeing[i], T.One);
    }
}
