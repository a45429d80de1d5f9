using static TorchSharp.torch;

namespace Polytask;

/// <summary>TorchSharp has no autocast yet.</summary>
internal static class MixedPrecision
{
    public static IDisposable? On(TorchSharp.DeviceType device, ScalarType? type) => null;

    public static void Check(TorchSharp.DeviceType device, ScalarType? type)
    {
        if (type is not null) throw new DeclarationException("the plan's .MixedPrecision needs autocast, which the TorchSharp package does not have");
    }
}
