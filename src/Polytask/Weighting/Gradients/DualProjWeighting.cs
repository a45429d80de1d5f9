using System.Collections.Immutable;

namespace Polytask;

/// <summary>
/// DualProj (Lopez-Paz and Ranzato, NeurIPS 2017, as an aggregation in Quinton and Rey, 2024): the projection of Jᵀ p on the dual cone of the
/// task gradients, w = argmin of vᵀ G v over v >= p, with p = 1/T (a mean) unless given. G is first divided by its trace and given a ridge, as in
/// the code of Quinton and Rey: without it the weights of dependent rows are not determined. O(T³) and a few iterations; not differentiated.
/// </summary>
internal sealed record DualProjWeighting(double Ridge, ImmutableArray<double> Preference) : GradientWeighting
{
    public override GramianRule Start(int tasks) => new Rule(
        Ridge, Refuse.Unfit("DualProj", "the preference", Preference, tasks, 1.0 / tasks));

    public override string ToString() => "DualProj";

    private sealed class Rule(double ridge, double[] p) : DenseRule("DualProj", p.Length)
    {
        protected override double[] Weights(double[,] gramian, double[] losses) => DualCone.Ridged(gramian, ridge).Project(p);
    }
}
