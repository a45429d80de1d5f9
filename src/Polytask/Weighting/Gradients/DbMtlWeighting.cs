using System.Collections.Immutable;
using TorchSharp;

namespace Polytask;

/// <summary>
/// The gradient half of DB-MTL (Lin et al., 2023, equation 3): moving averages of the gradients, y_t ← beta_k y_t + (1 - beta_k) g_t with
/// beta_k = beta / k^sigma, are all given the length of the longest and summed: d = sum_t (max_k |y_k| / |y_t|) y_t. The method's other half, that
/// g_t is the gradient of log L_t, is <see cref="Weighting.OfLogs"/>; here
/// gradients are taken as they come. A y_t of zeros stays zero.
/// Memory: y, T P numbers. O(T P); not differentiated.
/// </summary>
internal sealed record DbMtlWeighting(double Beta, double Sigma) : JacobianWeighting
{
    public override JacobianRule Start(int tasks) => new Rule(Beta, Sigma, tasks);

    public override string ToString() => "DB-MTL";

    private sealed class Rule(double beta, double sigma, int tasks) : MemoryRule("DB-MTL", tasks)
    {
        protected override IEnumerable<torch.Tensor> Direction(ImmutableArray<torch.Tensor> rows)
        {
            var kept = beta * Math.Pow(NextStep(), -sigma);
            var memory = Memory;
            foreach (var (y, g) in memory.Zip(rows)) y.lerp_(g, 1 - kept);
            var norms = PerTask(memory, y => y * y).sqrt().cpu().data<double>().ToArray();
            var longest = norms.Max();
            return Weighted(memory, Array.ConvertAll(norms, norm => norm > 0 ? longest / norm : 0));
        }
    }
}
