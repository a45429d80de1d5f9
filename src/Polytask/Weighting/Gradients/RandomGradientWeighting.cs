using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Random gradient weighting (Lin et al., TMLR 2022, algorithm 2): w = softmax(z), z_t ~ N(0, 1) anew in each step, from torch's generator; the
/// weights sum to 1. O(T); w does not depend on G.
/// </summary>
internal sealed record RandomGradientWeighting : GradientWeighting
{
    public override GramianRule Start(int tasks) => new Rule(tasks);

    public override string ToString() => "random gradients";

    private sealed class Rule(int tasks) : DenseRule("random gradients", tasks)
    {
        protected override double[] Weights(double[,] gramian, double[] losses)
        {
            using var weights = randn(Tasks, dtype: ScalarType.Float64).softmax(0);
            return weights.data<double>().ToArray();
        }
    }
}
