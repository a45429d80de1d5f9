using static TorchSharp.torch;

namespace Polytask.Tests.Data;

internal static class TensorEquality
{
    /// <summary>The same shape, and every value the same bit for bit (NaN equals nothing).</summary>
    public static bool Same(this Tensor left, Tensor right) => left.shape.SequenceEqual(right.shape) && left.eq(right).all().item<bool>();
}
