using System.Runtime.InteropServices;
using TorchSharp.Loading;

namespace TorchSharp.Interop;

/// <summary>Memory of CUDA devices; the entry points exist only in a shim that was compiled where CUDA's headers are.</summary>
internal static unsafe class CudaMemory
{
    private static readonly nint emptyCache = Find("pt_cuda_empty_cache");
    private static readonly nint synchronize = Find("pt_cuda_synchronize");
    private static readonly nint memory = Find("pt_cuda_memory");

    internal static void EmptyCache()
    {
        if (emptyCache != 0) ((delegate* unmanaged<int>)emptyCache)();
    }

    /// <summary>Waits for everything queued on the device; -1 is the current one.</summary>
    internal static void Synchronize(int device)
    {
        if (synchronize == 0) return;
        var status = ((delegate* unmanaged<int, int>)synchronize)(device);
        if (status != 0) throw new ExternalException($"cudaDeviceSynchronize failed with status {status}");
    }

    /// <summary>"12.3 GiB of 79.1 GiB on cuda:0", or the main memory's figure where there is no device.</summary>
    internal static string DescribeFree()
    {
        if (memory == 0) return $"{Gib(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet)} of main memory";
        var parts = new List<string>();
        var figures = stackalloc long[5];
        for (var device = 0; device < NativeMethods.pt_cuda_devices(); device++)
        {
            if (((delegate* unmanaged<int, long*, int>)memory)(device, figures) == 0)
                parts.Add($"{Gib(figures[3])} of {Gib(figures[4])} on cuda:{device}, {Gib(figures[0])} in tensors");
        }
        return string.Join("; ", parts);
    }

    private static string Gib(long bytes) => $"{bytes / (double)(1L << 30):0.0} GiB";

    private static nint Find(string name) => NativeLibrary.TryGetExport(NativeLoader.Shim, name, out var address) ? address : 0;
}
