using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// L = (prod_t L_t)^(1/T), the geometric mean (GLS: Chennupati et al., CVPR workshops 2019), as exp(mean_t log L_t): no scale of a loss
/// matters. The weight of a task is L / (T L_t). Losses above 0.
/// </summary>
internal sealed record GeometricMeanWeighting : LossWeighting
{
    public override nn.Module<Tensor, Tensor> Build(IReadOnlyList<TaskSpec> tasks) => new Mean();

    public override string ToString() => "geometric mean";

    private sealed class Mean() : nn.Module<Tensor, Tensor>("geometric_mean")
    {
        public override Tensor forward(Tensor losses) => Positive.Log("geometric mean", losses).mean().exp();
    }
}
