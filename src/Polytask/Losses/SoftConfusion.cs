using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A confusion matrix of soft decisions: scalars that have gradients, the weights of the rows summed.</summary>
/// <param name="TruePositives">sum w y d, y the label, d the decision from 0 to 1.</param>
/// <param name="FalsePositives">sum w (1 - y) d.</param>
/// <param name="FalseNegatives">sum w y (1 - d).</param>
/// <param name="TrueNegatives">sum w (1 - y) (1 - d).</param>
public sealed record SoftConfusion(Tensor TruePositives, Tensor FalsePositives, Tensor FalseNegatives, Tensor TrueNegatives)
{
    /// <summary>The weight of all rows.</summary>
    public Tensor Rows => TruePositives + FalsePositives + FalseNegatives + TrueNegatives;

    /// <summary>part / whole, 0 where the whole is 0.</summary>
    public static Tensor Share(Tensor part, Tensor whole) => part / whole.clamp(1e-7);

    internal static SoftConfusion Of(Tensor decisions, Tensor labels, Tensor weights) => new(
        (weights * labels * decisions).sum(),
        (weights * (1 - labels) * decisions).sum(),
        (weights * labels * (1 - decisions)).sum(),
        (weights * (1 - labels) * (1 - decisions)).sum());
}
