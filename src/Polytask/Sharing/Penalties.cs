using static TorchSharp.torch;

namespace Polytask;

/// <summary>What several parts add to the losses.</summary>
internal static class Penalties
{
    /// <summary>Their sum, or null where no part adds anything.</summary>
    public static Tensor? Sum(IEnumerable<Tensor?> parts) =>
        parts.Aggregate((Tensor?)null, (sum, part) => sum is null ? part : part is null ? sum : sum + part);
}
