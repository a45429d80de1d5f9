using static TorchSharp.torch;

namespace Polytask;

/// <summary>The cosine of the angle between two tensors, seen as vectors.</summary>
internal static class Cosine
{
    /// <summary>In [-1, 1], summed in Float64; null where one of them is 0.</summary>
    public static double? Of(Tensor left, Tensor right)
    {
        using var scope = NewDisposeScope();
        var (x, y) = (left.reshape(-1).to(ScalarType.Float64), right.reshape(-1).to(ScalarType.Float64));
        var norms = x.norm().item<double>() * y.norm().item<double>();
        return norms == 0 ? null : Math.Clamp(x.dot(y).item<double>() / norms, -1, 1);
    }
}
