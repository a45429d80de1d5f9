using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A weighting that reads nothing but the values of the task losses: losses → one scalar, whose gradient is the update.</summary>
public abstract record LossWeighting : Weighting
{
    /// <summary>A module with this weighting's state (its learned parameters, if any): float [tasks] → a scalar.</summary>
    public abstract nn.Module<Tensor, Tensor> Build(IReadOnlyList<TaskSpec> tasks);
}
