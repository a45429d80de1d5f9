namespace TorchSharp.Interop;

/// <summary>What an operator that ran out of memory needs to know of CUDA, where there is any.</summary>
internal static unsafe class CudaMemory
{
    internal static void EmptyCache()
    {
        if (CudaSupport.IsComplete) NativeCall.Check(CudaMethods.pt_cuda_empty_cache());
    }

    /// <summary>"12.3 GiB of 79.1 GiB on cuda:0", or the main memory's figure where there is no device.</summary>
    internal static string DescribeFree()
    {
        if (!CudaSupport.IsComplete) return $"{Gib(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet)} of main memory";
        var parts = new List<string>();
        var figures = stackalloc long[4];
        for (var device = 0; device < NativeMethods.pt_cuda_devices(); device++)
        {
            long free, total;
            if (CudaMethods.pt_cuda_device_memory(device, &free, &total) == 0 && CudaMethods.pt_cuda_memory(device, figures) == 0)
                parts.Add($"{Gib(free)} of {Gib(total)} on cuda:{device}, {Gib(figures[0])} in tensors");
        }
        return string.Join("; ", parts);
    }

    private static string Gib(long bytes) => $"{bytes / (double)(1L << 30):0.0} GiB";
}
