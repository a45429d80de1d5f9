using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>
/// PyTorch's initial values, drawn in PyTorch's order, so that one seed gives the same model in both.
/// </summary>
internal static class DefaultInitialization
{
    /// <summary>The weight first, then the bias, uniform in ±1/√fan_in: He's uniform values with a = √5 come to that bound.</summary>
    public static void Uniform(Parameter weight, Parameter? bias)
    {
        init.kaiming_uniform_(weight, Math.Sqrt(5));
        if (bias is null) return;
        var (fanIn, _) = init.CalculateFanInAndFanOut(weight);
        var bound = fanIn > 0 ? 1 / Math.Sqrt(fanIn) : 0;
        init.uniform_(bias, -bound, bound);
    }

    /// <summary>Standard normal rows of an embedding's table, and zeros in the padding row.</summary>
    public static void Table(Parameter weight, long? paddingIndex)
    {
        init.normal_(weight);
        if (paddingIndex is not { } index) return;
        using var _ = no_grad();
        using var row = weight.select(0, index);
        row.zero_();
    }
}
