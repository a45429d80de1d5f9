using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Homoscedastic uncertainty (Kendall et al., CVPR 2018): s_t = log sigma_t^2 is learned with the model, from 0.
/// L = sum_t c_t exp(-s_t) L_t + s_t / 2, with c_t = 1/2 for regression (equation 7) and 1 for classification (equation 10).
/// </summary>
internal sealed record UncertaintyWeighting : LossWeighting
{
    public override nn.Module<Tensor, Tensor> Build(IReadOnlyList<TaskSpec> tasks) =>
        new LearnedVariances([.. tasks.Select(task => task.Head is RegressHead ? 0.5f : 1f)]);

    public override string ToString() => "uncertainty";

    private sealed class LearnedVariances : nn.Module<Tensor, Tensor>
    {
        private readonly Parameter logVariances;

        public LearnedVariances(float[] factors) : base("uncertainty")
        {
            logVariances = new Parameter(zeros(factors.Length));
            RegisterComponents();
            register_buffer("factors", tensor(factors));
        }

        public override Tensor forward(Tensor losses) => (get_buffer("factors")! * logVariances.neg().exp() * losses + 0.5 * logVariances).sum();
    }
}
