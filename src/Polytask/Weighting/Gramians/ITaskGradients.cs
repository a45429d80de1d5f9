using static TorchSharp.torch;

namespace Polytask;

/// <summary>The gradients of T losses at what the tasks share, J, as far as weightings of the Gramian need them.</summary>
internal interface ITaskGradients
{
    /// <summary>For each task the gradients of its own parameters, null where its loss does not depend on one.</summary>
    Tensor?[][] Own { get; }

    /// <summary>G = J Jᵀ, float64 [T, T] on the CPU.</summary>
    Tensor Gramian();

    /// <summary>Jᵀ w, for each shared tensor [...shape].</summary>
    /// <param name="weights">w, [T], of any floating type.</param>
    Tensor[] Combined(Tensor weights);
}
