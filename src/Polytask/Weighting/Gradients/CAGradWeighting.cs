using System.Collections.Immutable;

namespace Polytask;

/// <summary>What CAGrad divides its direction by, whose length grows with c.</summary>
public enum CAGradRescale
{
    /// <summary>Nothing, as in the paper.</summary>
    None,

    /// <summary>1 + c.</summary>
    ByOnePlusC,

    /// <summary>1 + c², as in the authors' code.</summary>
    ByOnePlusCSquared,
}

/// <summary>
/// Conflict-averse gradient descent (Liu et al., NeurIPS 2021, equation 4 and algorithm 1): with g0 = Jᵀ p, p = 1/T unless given, and g_w = Jᵀ w,
/// w = argmin over the simplex of g_wᵀ g0 + c |g0| |g_w|, and d = g0 + c |g0| g_w / |g_w|: the direction at most c |g0| from g0 whose worst
/// product with a task gradient is greatest. Weights: p + c |g0| w / |g_w|.
/// <para>
/// At the minimum w is also the point of least norm in the hull of g_t + tau g0 for the tau with |g_w| = tau c |g0|, a single number that is
/// found by false position on log |g_w| / tau, which falls. Where it is found at no tau the tasks are Pareto stationary and the ball reaches the
/// dual cone: d is then the projection of g0 on that cone, the limit of tau → 0. Tolerance 1e-10 for |d - g0| / |g0| = c. About ten times O(T³);
/// not differentiated.
/// </para>
/// </summary>
internal sealed record CAGradWeighting(double C, CAGradRescale Rescale, ImmutableArray<double> Preference) : GradientWeighting
{
    public override GramianRule Start(int tasks) => new Rule(
        C, Rescale, Refuse.Unfit("CAGrad", "the preference", Preference, tasks, 1.0 / tasks));

    public override string ToString() => FormattableString.Invariant($"CAGrad {C}");

    private sealed class Rule(double c, CAGradRescale rescale, double[] p) : DenseRule("CAGrad", p.Length)
    {
        protected override double[] Weights(double[,] gramian, double[] losses)
        {
            var divisor = rescale switch
            {
                CAGradRescale.ByOnePlusC => 1 + c,
                CAGradRescale.ByOnePlusCSquared => 1 + c * c,
                _ => 1,
            };
            return Dense.Times(Direction(gramian), 1 / divisor);
        }

        private double[] Direction(double[,] gramian)
        {
            var (longest, radius) = (Dense.Norms(gramian).Max(), c * Dense.Length(gramian, p));
            if (radius <= 1e-15 * c * longest) return p;

            // log |g_w| - log(tau radius) falls with log tau, and is not positive at the upper end, as |g_w| is at most the longest gradient.
            var (high, low) = (Math.Log(longest / radius), Math.Log(1e-6 * longest / radius));
            var (_, atHigh) = Excess(gramian, radius, high);
            var (w, atLow) = Excess(gramian, radius, low);
            if (atLow <= 1e-6) return new DualCone(gramian).Project(p);
            for (var (round, kept, excess) = (0, 0, atLow); round < 200 && Math.Abs(excess) > 1e-11 && high - low > 1e-13; round++)
            {
                // Illinois: an end that stays twice counts half.
                var middle = (low * atHigh - high * atLow) / (atHigh - atLow);
                (w, excess) = Excess(gramian, radius, middle);
                if (excess > 0)
                {
                    (low, atLow, atHigh) = (middle, excess, kept > 0 ? atHigh / 2 : atHigh);
                    kept = 1;
                }
                else
                {
                    (high, atHigh, atLow) = (middle, excess, kept < 0 ? atLow / 2 : atLow);
                    kept = -1;
                }
            }
            var length = Dense.Length(gramian, w);
            return [.. p.Zip(w, (mean, weight) => mean + radius * weight / length)];
        }

        private (double[] W, double Excess) Excess(double[,] gramian, double radius, double logTau)
        {
            var (tau, along) = (Math.Exp(logTau), Dense.Product(gramian, p));
            var squared = Cholesky.Dot(p, along);
            var shift = tau * Math.Sqrt(squared);
            var shifted = new double[Tasks, Tasks];
            for (var i = 0; i < Tasks; i++)
                for (var j = 0; j < Tasks; j++) shifted[i, j] = gramian[i, j] + tau * (along[i] + along[j] + tau * squared);
            // Where a row and its shift cancel, their products keep only the rounding of what was added.
            for (var i = 0; i < Tasks; i++) shifted[i, i] += 1e-12 * Math.Pow(Math.Sqrt(Math.Max(0, gramian[i, i])) + shift, 2);
            var w = SimplexQuadratic.Minimum(shifted);
            return (w, Math.Log(Math.Max(double.Epsilon, Dense.Length(gramian, w))) - logTau - Math.Log(radius));
        }
    }
}
