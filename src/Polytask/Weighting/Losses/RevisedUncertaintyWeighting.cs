using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// L = sum_t [exp(-s_t) L_t / 2 + log(1 + exp(s_t))], s_t = log sigma_t^2 learned with the model from 0: Kendall's weighting with a regulariser that
/// never becomes negative (Liebel and Körner, 2018).
/// </summary>
internal sealed record RevisedUncertaintyWeighting : LossWeighting
{
    public override nn.Module<Tensor, Tensor> Build(IReadOnlyList<TaskSpec> tasks) => new LearnedVariances(tasks.Count);

    public override string ToString() => "revised uncertainty";

    private sealed class LearnedVariances : nn.Module<Tensor, Tensor>
    {
        private readonly Parameter logVariances;

        public LearnedVariances(int tasks) : base("revised_uncertainty")
        {
            logVariances = new Parameter(zeros(tasks));
            RegisterComponents();
        }

        public override Tensor forward(Tensor losses) =>
            (logVariances.neg().exp() * losses / 2 + nn.functional.softplus(logVariances)).sum();
    }
}
