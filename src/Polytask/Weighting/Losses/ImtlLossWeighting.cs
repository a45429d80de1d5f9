using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// L = sum_t [exp(s_t) L_t - s_t], s learned with the model from 0 (IMTL-L: Liu et al., ICLR 2021): at its optimum, s_t = -log L_t, all
/// weighed losses are 1. Leave s out of weight decay: <c>.Group("weighting", weightDecay: 0)</c>.
/// </summary>
internal sealed record ImtlLossWeighting : LossWeighting
{
    public override nn.Module<Tensor, Tensor> Build(IReadOnlyList<TaskSpec> tasks) => new Scales(tasks.Count);

    public override string ToString() => "imtl-l";

    private sealed class Scales : nn.Module<Tensor, Tensor>
    {
        private readonly Parameter scales;

        public Scales(int tasks) : base("imtl_l")
        {
            scales = new Parameter(zeros(tasks));
            RegisterComponents();
        }

        public override Tensor forward(Tensor losses) => (scales.exp() * losses - scales).sum();
    }
}
