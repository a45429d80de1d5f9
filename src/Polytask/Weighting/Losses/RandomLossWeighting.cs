using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// L = sum_t w_t L_t, w = softmax of T standard normal numbers drawn anew in each step (RLW: Lin et al., TMLR 2022, with the normal distribution);
/// E w_t = 1/T.
/// </summary>
internal sealed record RandomLossWeighting : LossWeighting
{
    public override nn.Module<Tensor, Tensor> Build(IReadOnlyList<TaskSpec> tasks) => new Drawn();

    public override string ToString() => "random loss weights";

    private sealed class Drawn() : nn.Module<Tensor, Tensor>("random")
    {
        // Drawn on the CPU, whose generator a checkpoint knows.
        public override Tensor forward(Tensor losses) => losses.dot(randn(losses.shape[0]).softmax(0).to(losses.dtype).to(losses.device));
    }
}
