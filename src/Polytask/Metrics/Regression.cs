using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Metrics of real-valued predictions, computed in double precision; see <see cref="Metric"/>.</summary>
internal static class Regression
{
    public static double MeanSquaredError(Tensor output, Tensor target)
    {
        using var scope = NewDisposeScope();
        return SquaredErrors(output, target).mean().item<double>();
    }

    public static double CoefficientOfDetermination(Tensor output, Tensor target)
    {
        using var scope = NewDisposeScope();
        var values = target.to(ScalarType.Float64);
        var total = (values - values.mean([0], keepdim: true)).square().sum(dim: 0);
        // A constant target has no variance to explain.
        if (total.eq(0).any().item<bool>()) return double.NaN;
        return (1 - SquaredErrors(output, target).sum(dim: 0) / total).mean().item<double>();
    }

    private static Tensor SquaredErrors(Tensor output, Tensor target) => (output.to(ScalarType.Float64) - target.to(ScalarType.Float64)).square();
}
