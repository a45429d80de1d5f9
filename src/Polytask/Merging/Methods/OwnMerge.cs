using static TorchSharp.torch;

namespace Polytask;

/// <summary>A user's method: theta = theta_0 + update(theta_0, task vectors), per tensor.</summary>
internal sealed record OwnMerge(Func<string, Tensor, IReadOnlyList<Tensor>, Tensor> Update) : TensorMethod
{
    public override Tensor Merge(MergedTensors tensors) => tensors.Base + Update(tensors.Name, tensors.Base, [.. tensors.Taus]);

    public override string ToString() => "own method";
}
