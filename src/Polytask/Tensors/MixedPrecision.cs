using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>Computing in a smaller type where that does no harm (PyTorch's autocast).</summary>
internal static class MixedPrecision
{
    /// <summary>
    /// Matrix products and convolutions compute in <paramref name="type"/> on this thread until it is disposed; null for no change.
    /// </summary>
    public static IDisposable? On(DeviceType device, ScalarType? type) => type is { } chosen ? autocast(device, chosen) : null;

    /// <summary>Refuses a type in which that device does not compute.</summary>
    public static void Check(DeviceType device, ScalarType? type)
    {
        try
        {
            On(device, type)?.Dispose();
        }
        catch (ArgumentException error)
        {
            throw new DeclarationException($"the plan's .MixedPrecision({type}) is not possible here: {error.Message}");
        }
    }
}
