using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The entry points of shim_precision.cpp; <c>cuda</c> is 1 for CUDA and 0 for the CPU.</summary>
internal static unsafe partial class NativeMethods
{
    [DllImport(Library)] internal static extern int pt_autocast_enabled(int cuda);
    [DllImport(Library)] internal static extern void pt_autocast_set_enabled(int cuda, int on);
    [DllImport(Library)] internal static extern int pt_autocast_dtype(int cuda);
    [DllImport(Library)] internal static extern void pt_autocast_set_dtype(int cuda, int type);
    [DllImport(Library)] internal static extern int pt_autocast_cache_enabled();
    [DllImport(Library)] internal static extern void pt_autocast_set_cache_enabled(int on);
    [DllImport(Library)] internal static extern void pt_autocast_enter();
    [DllImport(Library)] internal static extern void pt_autocast_leave();

    [DllImport(Library)] internal static extern int pt_backend_set(BackendSetting setting, int on);
    [DllImport(Library)] internal static extern int pt_backend_get(BackendSetting setting, int* on);
    [DllImport(Library)] internal static extern int pt_has_cudnn();
}

/// <summary>The switches of <c>torch.backends</c>; the numbers are the shim's.</summary>
internal enum BackendSetting
{
    MatmulTf32,
    MatmulHalfReduction,
    CudnnTf32,
    CudnnBenchmark,
    CudnnDeterministic,
    CudnnEnabled,
    FlashAttention,
    MathAttention,
}
