using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>What a <see cref="JacobianWeighting"/> does in each step, with what it remembers in buffers, so that a checkpoint knows it.</summary>
/// <param name="name">The rule's name.</param>
public abstract class JacobianRule(string name) : nn.Module(name)
{
    /// <summary>The direction of a step, to be subtracted like a gradient.</summary>
    /// <param name="gradients">J, a block [T, ...shape] for each parameter.</param>
    /// <param name="losses">L, float64 [T].</param>
    /// <returns>For each block a new tensor [...shape].</returns>
    public abstract Tensor[] Combine(TaskGradients gradients, Tensor losses);

    /// <summary>
    /// Makes the buffers of a rule that remembers something for each parameter, so that a checkpoint can fill them before the first step, which
    /// makes them otherwise.
    /// </summary>
    /// <param name="parameters">What <see cref="Combine"/> will get gradients of, in the same order.</param>
    public virtual void Reserve(IReadOnlyList<Tensor> parameters)
    {
    }
}
