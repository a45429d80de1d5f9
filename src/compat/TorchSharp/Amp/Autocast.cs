using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>Autocast of one kind of device on this thread, until it is disposed there.</summary>
internal sealed class AutocastMode : ThreadMode
{
    private readonly int cuda;
    private readonly bool wasEnabled, wasCaching;
    private readonly int formerType;

    internal AutocastMode(DeviceType device, torch.ScalarType type, bool enabled, bool caching)
    {
        cuda = Autocast.IsCuda(device);
        wasEnabled = NativeMethods.pt_autocast_enabled(cuda) != 0;
        formerType = NativeMethods.pt_autocast_dtype(cuda);
        wasCaching = NativeMethods.pt_autocast_cache_enabled() != 0;
        NativeMethods.pt_autocast_enter();
        NativeMethods.pt_autocast_set_enabled(cuda, enabled ? 1 : 0);
        NativeMethods.pt_autocast_set_dtype(cuda, (int)type);
        NativeMethods.pt_autocast_set_cache_enabled(caching ? 1 : 0);
    }

    protected override void Restore()
    {
        NativeMethods.pt_autocast_leave();
        NativeMethods.pt_autocast_set_enabled(cuda, wasEnabled ? 1 : 0);
        NativeMethods.pt_autocast_set_dtype(cuda, formerType);
        NativeMethods.pt_autocast_set_cache_enabled(wasCaching ? 1 : 0);
    }
}

/// <summary>What autocast can be asked for.</summary>
internal static class Autocast
{
    /// <summary>1 for CUDA, 0 for the CPU: the shim's way of naming the two.</summary>
    /// <exception cref="ArgumentException">for another kind of device</exception>
    internal static int IsCuda(DeviceType device) => device switch
    {
        DeviceType.CUDA => 1,
        DeviceType.CPU => 0,
        _ => throw new ArgumentException($"autocast knows the devices CPU and CUDA, not {device}", nameof(device)),
    };

    /// <exception cref="ArgumentException">for a type in which that device does not compute</exception>
    internal static void CheckType(DeviceType device, torch.ScalarType type)
    {
        // Half precision on the CPU came with libtorch 2.1.
        var halfOnCpu = !torch.__version__.StartsWith("1.", StringComparison.Ordinal) && !torch.__version__.StartsWith("2.0", StringComparison.Ordinal);
        var known = type == torch.ScalarType.BFloat16 || (type == torch.ScalarType.Float16 && (device == DeviceType.CUDA || halfOnCpu));
        if (known) return;
        var choices = device == DeviceType.CUDA || halfOnCpu ? "bfloat16 and float16" : "bfloat16";
        throw new ArgumentException(
            $"autocast on {device} computes in {choices} with libtorch {torch.__version__}, not in {type}", nameof(type));
    }
}

public static partial class torch
{
    /// <summary>
    /// Matrix products and convolutions of that kind of device compute in <paramref name="dtype"/>, operators that need it (losses,
    /// softmax, norms) in float32, until the result is disposed. Parameters stay float32, and so do their gradients. Enclose the
    /// forward pass and the loss, not the backward pass, which computes each gradient in the type of its forward operator. It holds
    /// on this thread, nests, and must end on the thread that it began on: no await in between. TorchSharp has no such member.
    /// </summary>
    /// <param name="device_type">CPU or CUDA</param>
    /// <param name="dtype">what to compute in: by default bfloat16 on the CPU and float16 on CUDA</param>
    /// <param name="enabled">false switches autocast off inside an outer block</param>
    /// <param name="cache_enabled">whether a parameter that is cast once is kept until the outermost block ends</param>
    /// <exception cref="ArgumentException">for another kind of device, or a type in which it does not compute</exception>
    /// <exception cref="InvalidOperationException">when it is to be on for CUDA and there is none</exception>
    public static IDisposable autocast(DeviceType device_type, ScalarType? dtype = null, bool enabled = true, bool cache_enabled = true)
    {
        var type = dtype ?? get_autocast_dtype(device_type);
        if (enabled)
        {
            Autocast.CheckType(device_type, type);
            if (device_type == DeviceType.CUDA) CudaSupport.RequireDevice("torch.autocast(DeviceType.CUDA)");
        }
        return new AutocastMode(device_type, type, enabled, cache_enabled);
    }

    /// <summary>Whether autocast is on for that kind of device on this thread. TorchSharp has no such member.</summary>
    public static bool is_autocast_enabled(DeviceType device_type) => NativeMethods.pt_autocast_enabled(Autocast.IsCuda(device_type)) != 0;

    /// <summary>What autocast computes in on that kind of device, unless it is told. TorchSharp has no such member.</summary>
    public static ScalarType get_autocast_dtype(DeviceType device_type) =>
        (ScalarType)NativeMethods.pt_autocast_dtype(Autocast.IsCuda(device_type));

    /// <summary>Whether autocast keeps the parameters that it has cast. TorchSharp has no such member.</summary>
    public static bool is_autocast_cache_enabled() => NativeMethods.pt_autocast_cache_enabled() != 0;
}
