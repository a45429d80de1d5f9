using System.Collections.Immutable;

namespace Polytask;

/// <summary>
/// d = sum_t w_t g_t with weights that do not change: ones (the sum), 1/T (the mean) or the user's own. O(T); w does not depend on G.
/// </summary>
internal sealed record FixedGradientWeighting(string Name, ImmutableArray<double> Given, bool IsMean = false) : GradientWeighting
{
    public override GramianRule Start(int tasks) => new Rule(Name, Refuse.Unfit(Name, "the weights", Given, tasks, IsMean ? 1.0 / tasks : 1));

    public override string ToString() => Name;

    private sealed class Rule(string name, double[] weights) : DenseRule(name, weights.Length)
    {
        protected override double[] Weights(double[,] gramian, double[] losses) => weights;
    }
}
