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
/// entries with sign gamma, tau; theta = theta_0 + lambda tau. Two passes and a sample, in the first of them without a result; a third where a sum
/// of what is kept is 0 and most elected signs are -, for the sign of a sum of 0 is taken to be + until all are known.
/// </summary>
internal sealed record TiesMerge(double Keep, double Scale, TiesReduction Reduction) : BlockMethod
{
    public override BlockRule<T> Prepare<T>(BlockPasses<T> passes)
    {
        var least = OrderStatistic.LeastKept(passes, Keep);
        var ballots = Enumerable.Range(0, passes.Workers).Select(_ => new Ballot()).ToArray();
        passes.Revise(() => ballots.Any(ballot => ballot.HasTie) && ballots.Sum(ballot => ballot.Votes) < 0 ? Rule(-T.One) : null);
        return Rule(T.One);

        BlockRule<T> Rule(T majority) => Reduction == TiesReduction.Mean
            ? (in Block<T> block) => Merge(block, least, majority, isMean: true, T.CreateChecked(Scale), ballots[block.Worker])
            : (in Block<T> block) => Merge(block, least, majority, isMean: false, T.CreateChecked(Scale), ballots[block.Worker]);
    }

    public override string ToString() => FormattableString.Invariant($"TIES keep {Keep}, scale {Scale}, {Reduction}");

    // Sums what is kept, and what is positive and negative of it: the sum's sign chooses between the two.
    private static unsafe void Merge<T>(in Block<T> block, T[] least, T majority, bool isMean, T scale, Ballot ballot)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var minuends = block.Minuends;
        var subtrahend = block.Subtrahend;
        var start = block.Base;
        var result = block.Result;
        var zero = Vector<T>.Zero;
        var (votes, ties) = (zero, Vector<T>.Zero);
        var isPlus = majority > T.Zero;
        var i = 0;
        for (; i <= result.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            var theta0 = Registers.Load(subtrahend + i);
            var (sum, plus, minus, pluses, minuses) = (zero, zero, zero, zero, zero);
            for (var task = 0; task < minuends.Length; task++)
            {
                var tau = Registers.Load((T*)minuends[task] + i) - theta0;
                var kept = Registers.BitwiseAnd(tau, Registers.GreaterThanOrEqual(Registers.Abs(tau), new Vector<T>(least[task])));
                sum += kept;
                var (isPositive, isNegative) = (Registers.GreaterThan(kept, zero), Registers.LessThan(kept, zero));
                plus += Registers.BitwiseAnd(kept, isPositive);
                minus += Registers.BitwiseAnd(kept, isNegative);
                if (!isMean) continue;
                pluses += Registers.BitwiseAnd(Vector<T>.One, isPositive);
                minuses += Registers.BitwiseAnd(Vector<T>.One, isNegative);
            }
            if (isMean)
            {
                plus /= Registers.Max(pluses, Vector<T>.One);
                minus /= Registers.Max(minuses, Vector<T>.One);
            }
            var (elected, rejected, tied) = (Registers.GreaterThan(sum, zero), Registers.LessThan(sum, zero), Registers.Equals(sum, zero));
            votes += Registers.BitwiseAnd(Vector<T>.One, elected) - Registers.BitwiseAnd(Vector<T>.One, rejected);
            ties |= Registers.BitwiseAnd(plus, tied);
            var merged = Registers.BitwiseAnd(plus, isPlus ? elected | tied : elected)
                + Registers.BitwiseAnd(minus, isPlus ? rejected : rejected | tied);
            (Registers.LoadUnsafe(in start[i]) + scale * merged).StoreUnsafe(ref result[i]);
        }
        // At most 4096 in a block: exact in Float32.
        ballot.Votes += (long)double.CreateChecked(Registers.Sum(votes));
        ballot.HasTie |= ties != zero;
        for (; i < result.Length; i++)
        {
            var (sum, plus, minus, pluses, minuses) = (T.Zero, T.Zero, T.Zero, T.Zero, T.Zero);
            for (var task = 0; task < minuends.Length; task++)
            {
                var tau = ((T*)minuends[task])[i] - subtrahend[i];
                if (!(T.Abs(tau) >= least[task])) continue;
                sum += tau;
                if (tau > T.Zero) (plus, pluses) = (plus + tau, pluses + T.One);
                if (tau < T.Zero) (minus, minuses) = (minus + tau, minuses + T.One);
            }
            if (isMean) (plus, minus) = (plus / T.Max(pluses, T.One), minus / T.Max(minuses, T.One));
            ballot.Votes += sum > T.Zero ? 1 : sum < T.Zero ? -1 : 0;
            ballot.HasTie |= sum == T.Zero && plus != T.Zero;
            var merged = sum > T.Zero || sum == T.Zero && isPlus ? plus : sum < T.Zero || sum == T.Zero ? minus : T.Zero;
            result[i] = start[i] + scale * merged;
        }
    }

    // What a thread saw: elected signs, counted so that no order matters, and whether anything depends on the sign of most.
    private sealed class Ballot
    {
        public long Votes { get; set; }

        public bool HasTie { get; set; }
    }
}
