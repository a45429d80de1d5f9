using static TorchSharp.torch;

namespace Polytask;

/// <summary>For weightings that take logarithms.</summary>
internal static class Positive
{
    /// <summary>log L of losses that are above 0.</summary>
    /// <exception cref="TrainingException">One is not.</exception>
    public static Tensor Log(string weighting, Tensor losses)
    {
        // A loss that is no number is reported by the training, with its task and step.
        if (losses.detach().le(0).any().item<bool>())
            throw new TrainingException($"weighting '{weighting}' takes logarithms of losses, which must be above 0, but they are "
                + $"{string.Join(", ", losses.detach().cpu().to(ScalarType.Float64).data<double>().ToArray())}; choose losses that stay positive, or another weighting");
        return losses.log();
    }
}
