using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// What a <see cref="GradientWeighting"/> does in each step, with what it remembers in buffers, so that a checkpoint knows it. All is computed in
/// double precision on the CPU; nothing is differentiated through.
/// </summary>
/// <param name="name">The rule's name.</param>
public abstract class GramianRule(string name) : nn.Module<Tensor, Tensor, Tensor>(name)
{
    /// <summary>The weights of a step.</summary>
    /// <param name="gramian">G, float64 [T, T]: the dot products of the task gradients.</param>
    /// <param name="losses">L, float64 [T].</param>
    /// <returns>w, float64 [T].</returns>
    public abstract override Tensor forward(Tensor gramian, Tensor losses);
}
