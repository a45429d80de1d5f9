namespace Polytask;

/// <summary>
/// Projecting conflicting gradients (Yu et al., NeurIPS 2020, algorithm 1). For each task i, in the coordinates c of g_i = Jᵀ c: start from c = e_i,
/// visit the others in a random order, and where (G c)_j &lt; 0 take off the part along g_j, c_j -= (G c)_j / G_jj. w = sum_i c: a sum, T times a
/// mean. Orders come from torch's generator. O(T³) here, O(T² P) with vectors; the steps are piecewise smooth, not differentiated through.
/// </summary>
internal sealed record PCGradWeighting : GradientWeighting
{
    public override GramianRule Start(int tasks) => new Rule(tasks);

    public override string ToString() => "PCGrad";

    private sealed class Rule(int tasks) : DenseRule("PCGrad", tasks)
    {
        protected override double[] Weights(double[,] gramian, double[] losses)
        {
            var (w, orders) = (new double[Tasks], RandomOrder.OfOthers(Tasks));
            for (var i = 0; i < Tasks; i++)
            {
                var c = new double[Tasks];
                c[i] = 1;
                foreach (var j in orders[i])
                {
                    var product = 0.0;
                    for (var k = 0; k < Tasks; k++) product += gramian[j, k] * c[k];
                    if (product < 0 && gramian[j, j] > 0) c[j] -= product / gramian[j, j];
                }
                for (var k = 0; k < Tasks; k++) w[k] += c[k];
            }
            return w;
        }
    }
}
