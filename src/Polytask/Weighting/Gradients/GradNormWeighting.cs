using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// GradNorm (Chen et al., ICML 2018, algorithm 1): with n_t = w_t ||g_t|| and the relative pace r_t = (L_t / L_t(0)) / mean_k (L_k / L_k(0)), w descends
/// on sum_t | n_t - mean_k n_k r_t^alpha |, the target held fixed, and is scaled to sum T. Norms are over all shared parameters, where the paper takes
/// the last shared layer. O(T).
/// </summary>
/// <param name="Alpha">How strongly slow tasks are helped; 1.5 in the paper, 0: equal norms.</param>
/// <param name="LearningRate">Of w.</param>
internal sealed record GradNormWeighting(double Alpha, double LearningRate) : GradientWeighting
{
    public override bool WeighsHeads => true;

    public override GramianRule Start(int tasks) => new Rule(tasks, this);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"gradnorm, alpha {Alpha}, learning rate {LearningRate}");

    private sealed class Rule : GramianRule
    {
        private const double Smallest = 1e-3;

        private readonly GradNormWeighting spec;

        public Rule(int tasks, GradNormWeighting spec) : base("gradnorm")
        {
            this.spec = spec;
            register_buffer("weights", ones(tasks, ScalarType.Float64));
            register_buffer("first", zeros(tasks, ScalarType.Float64)); // 0: no step yet
        }

        public override Tensor forward(Tensor gramian, Tensor losses)
        {
            var (weights, first) = (get_buffer("weights")!, get_buffer("first")!);
            var used = weights.clone();
            using var scope = NewDisposeScope();
            if (first.eq(0).all().item<bool>()) first.copy_(losses);
            var norms = gramian.diagonal().clamp(min: 0).sqrt();
            var pace = losses / first.clamp(min: 1e-12);
            var target = (weights * norms).mean() * (pace / pace.mean()).pow(spec.Alpha);
            weights.sub_(spec.LearningRate * (weights * norms - target).sign() * norms).clamp_(min: Smallest);
            weights.mul_(weights.shape[0] / weights.sum());
            return used;
        }
    }
}
