using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>See <see cref="Metric.Accuracy"/>.</summary>
internal static class Accuracy
{
    public static double Of(Tensor output, Tensor target)
    {
        using var scope = NewDisposeScope();
        var right = output.ndim == 1 ? output.gt(0).eq(target.gt(0.5)) : output.argmax(1).eq(target);
        return right.to(ScalarType.Float64).mean().item<double>();
    }
}
