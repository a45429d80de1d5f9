using static TorchSharp.torch;

namespace Polytask;

/// <summary>A weighting's module that looks at a batch again after the step that was made on it.</summary>
public interface IStepEnd
{
    /// <summary>Called after each step in which every task ran.</summary>
    /// <param name="losses">The losses of the same rows with the changed weights, float [tasks], without a gradient.</param>
    void EndStep(Tensor losses);
}
