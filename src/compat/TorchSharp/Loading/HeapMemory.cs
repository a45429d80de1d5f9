using System.Runtime.InteropServices;

namespace TorchSharp.Loading;

/// <summary>
/// What glibc does with memory that tensors gave back. By default it returns much of it to the kernel at the end of every training step and fetches
/// it again, page by page and zeroed, in the next one: up to a fifth of a step.
/// </summary>
internal static class HeapMemory
{
    private const int TrimThreshold = -1, MapThreshold = -3;

    /// <summary>Free memory at the heap's end that is kept for the next step.</summary>
    private const int Kept = 1 << 30;

    /// <summary>Blocks from this size on are mapped one by one; glibc takes no larger value.</summary>
    private const int Mapped = 32 << 20;

    internal static void Keep()
    {
        // Who sets glibc's own variables knows better, and other libraries of C have no such call.
        if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable("MALLOC_TRIM_THRESHOLD_") is not null) return;
        if (!NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "mallopt", out _)) return;
        mallopt(MapThreshold, Mapped);
        mallopt(TrimThreshold, Kept);
    }

    [DllImport("libc")]
    private static extern int mallopt(int parameter, int value);
}
