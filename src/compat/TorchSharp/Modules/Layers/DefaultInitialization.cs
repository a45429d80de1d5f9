using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>
/// PyTorch's initial values of linear and convolutional layers: the weight first, then the bias, so that one seed gives the same model in both.
/// </summary>
internal static class DefaultInitialization
{
    /// <summary>Weight and bias uniform in ±1/√fan_in: He's uniform values with a = √5 come to that bound.</summary>
    public static void Uniform(Parameter weight, Parameter? bias)
    {
        init.kaiming_uniform_(weight, Math.Sqrt(5));
        if (bias is null) return;
        var (fanIn, _) = init.CalculateFanInAndFanOut(weight);
        var bound = fanIn > 0 ? 1 / Math.Sqrt(fanIn) : 0;
        init.uniform_(bias, -bound, bound);
    }
}
