using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Gradient vaccine (Wang et al., ICLR 2021, equations 2 and 3): as PCGrad, but cosines are lifted to targets rho_ij that follow what they were,
/// from 0 on. With phi = cos(g_i', g_j) for the g_i' corrected so far: where phi &lt; rho add k g_j, k = |g_i'| (rho sqrt(1 - phi²) - phi sqrt(1
/// - rho²)) / (n_j sqrt(1 - rho²)); then rho ← (1 - beta) rho + beta phi, phi from before the correction. w sums over tasks. Pairs with a zero
/// gradient are passed over, and sqrt(1 - rho²) is at least 1e-8. Memory: rho, [T, T]. O(T³); not differentiated.
/// </summary>
internal sealed record GradVacWeighting(double Beta) : GradientWeighting
{
    public override GramianRule Start(int tasks) => new Rule(Beta, tasks);

    public override string ToString() => "GradVac";

    private sealed class Rule : DenseRule
    {
        private readonly double beta;

        public Rule(double beta, int tasks) : base("GradVac", tasks)
        {
            this.beta = beta;
            register_buffer("targets", zeros(tasks, tasks, dtype: ScalarType.Float64));
        }

        protected override double[] Weights(double[,] gramian, double[] losses)
        {
            var (w, targets, norms, zero) = (new double[Tasks], Recall("targets"), Dense.Norms(gramian), Dense.ZeroRows(gramian));
            var orders = RandomOrder.OfOthers(Tasks);
            for (var i = 0; i < Tasks; i++)
            {
                var (c, products) = (new double[Tasks], new double[Tasks]);
                c[i] = 1;
                for (var k = 0; k < Tasks; k++) products[k] = gramian[k, i];
                foreach (var j in orders[i])
                {
                    var length = Math.Sqrt(Math.Max(0, Cholesky.Dot(c, products)));
                    if (zero[j] || length <= 1e-15 * norms[i]) continue;
                    ref var rho = ref targets[i * Tasks + j];
                    var phi = Math.Clamp(products[j] / (length * norms[j]), -1, 1);
                    if (phi < rho)
                    {
                        var sine = Math.Max(1e-8, Math.Sqrt(1 - rho * rho));
                        var share = length * (rho * Math.Sqrt(1 - phi * phi) - phi * sine) / (norms[j] * sine);
                        c[j] += share;
                        for (var k = 0; k < Tasks; k++) products[k] += share * gramian[k, j];
                    }
                    rho = (1 - beta) * rho + beta * phi;
                }
                for (var k = 0; k < Tasks; k++) w[k] += c[k];
            }
            Keep("targets", targets);
            return w;
        }
    }
}
