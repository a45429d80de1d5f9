using System.Collections.Immutable;

namespace Polytask;

/// <summary>
/// UPGrad (Quinton and Rey, 2024, equation 5): every gradient is projected on the dual cone of all of them by itself, and the projections are added:
/// w = sum_t argmin of vᵀ G v over v >= p_t e_t, with p = 1/T (a mean) unless given. Non-conflicting and linear under scaling, which for no other
/// rule holds together. G is first divided by its trace and given a ridge, as for DualProj. T problems of O(T³); not differentiated.
/// </summary>
internal sealed record UPGradWeighting(double Ridge, ImmutableArray<double> Preference) : GradientWeighting
{
    public override GramianRule Start(int tasks) => new Rule(
        Ridge, Refuse.Unfit("UPGrad", "the preference", Preference, tasks, 1.0 / tasks));

    public override string ToString() => "UPGrad";

    private sealed class Rule(double ridge, double[] p) : DenseRule("UPGrad", p.Length)
    {
        protected override double[] Weights(double[,] gramian, double[] losses)
        {
            var (w, cone) = (new double[Tasks], DualCone.Ridged(gramian, ridge));
            for (var t = 0; t < Tasks; t++)
            {
                var u = new double[Tasks];
                u[t] = p[t];
                var v = cone.Project(u);
                for (var i = 0; i < Tasks; i++) w[i] += v[i];
            }
            return w;
        }
    }
}
