using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// MoCo (Fernando et al., ICLR 2023, algorithm 1): y_t ← y_t - beta_k (y_t - g_t) follows the gradients without the bias of a batch, and w ←
/// projection on the simplex of w - gamma_k (Y Yᵀ + rho I) w, from 1/T, follows MGDA's weights; d = Yᵀ w, whose weights sum to 1. beta_k = beta /
/// k^sigma, gamma_k = gamma / k^sigma. LibMTL, and the code that it is based on, first gives each g_t the length L_t and takes a softmax in place
/// of the projection, which keeps the weights near uniform; here it is as in the paper. Memory: y, T P numbers. O(T² P); not differentiated.
/// </summary>
internal sealed record MoCoWeighting(double Beta, double Gamma, double Sigma, double Rho) : JacobianWeighting
{
    public override JacobianRule Start(int tasks) => new Rule(this, tasks);

    public override string ToString() => "MoCo";

    private sealed class Rule : MemoryRule
    {
        private readonly MoCoWeighting spec;

        public Rule(MoCoWeighting spec, int tasks) : base("MoCo", tasks)
        {
            this.spec = spec;
            register_buffer("weights", full(tasks, 1.0 / tasks, dtype: ScalarType.Float64));
        }

        protected override IEnumerable<Tensor> Direction(ImmutableArray<Tensor> rows)
        {
            var decay = Math.Pow(NextStep(), -spec.Sigma);
            var (memory, w) = (Memory, get_buffer("weights")!);
            var gramian = zeros(Tasks, Tasks, dtype: ScalarType.Float64);
            foreach (var (y, g) in memory.Zip(rows))
            {
                y.lerp_(g, spec.Beta * decay);
                gramian.add_(DotProducts.Of(y.reshape(Tasks, -1), y.reshape(Tasks, -1)));
            }
            var last = w.cpu();
            var moved = last - spec.Gamma * decay * (gramian.matmul(last) + spec.Rho * last);
            var weights = SimplexProjection.Of(moved.data<double>().ToArray());
            w.copy_(tensor(weights));
            return Weighted(memory, weights);
        }
    }
}
