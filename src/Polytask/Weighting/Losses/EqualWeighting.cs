using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>L = sum_t L_t.</summary>
internal sealed record EqualWeighting : LossWeighting
{
    public override nn.Module<Tensor, Tensor> Build(IReadOnlyList<TaskSpec> tasks) => new Sum();

    public override string ToString() => "equal";

    private sealed class Sum() : nn.Module<Tensor, Tensor>("equal")
    {
        public override Tensor forward(Tensor losses) => losses.sum();
    }
}
