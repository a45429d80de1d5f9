using System.Runtime.InteropServices;
using TorchSharp.Loading;

namespace TorchSharp.Interop;

/// <summary>Whether CUDA is there, and what to say where it is not.</summary>
internal static class CudaSupport
{
    private static readonly Lazy<bool> isCompiled = new(() => NativeLibrary.TryGetExport(NativeLoader.Shim, "pt_cuda_memory", out _));

    /// <summary>Whether there is a device, and the shim has the functions of shim_cuda.cpp.</summary>
    internal static bool IsComplete => HasDevice && isCompiled.Value;

    private static bool HasDevice => NativeMethods.pt_cuda_devices() > 0;

    /// <summary>For what libtorch itself does: it needs a device, but not our functions.</summary>
    /// <param name="member">who asks, for the message</param>
    /// <exception cref="InvalidOperationException">that says what is missing and what to do about it</exception>
    internal static void RequireDevice(string member)
    {
        if (!HasDevice) throw new InvalidOperationException(NoDevice(member, NativeLoader.Libtorch));
    }

    /// <summary>Before a call of <see cref="CudaMethods"/>.</summary>
    /// <inheritdoc cref="RequireDevice"/>
    internal static void Require(string member)
    {
        RequireDevice(member);
        if (!isCompiled.Value) throw new InvalidOperationException(NoHeaders(member, NativeLoader.Libtorch));
    }

    internal static string NoDevice(string member, Libtorch libtorch) => libtorch.HasCuda
        ? $"{member} needs a CUDA device. The libtorch in {libtorch.LibraryFolder} has CUDA, but sees no device: see whether `nvidia-smi` " +
          $"lists one, and what CUDA_VISIBLE_DEVICES says (now: {Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES") ?? "not set"})."
        : $"{member} needs CUDA, and the libtorch {libtorch.Version} in {libtorch.LibraryFolder} has none. Point LIBTORCH to one that has: " +
          "the 'torch' folder of a Python installation, or an unpacked libtorch for CUDA.";

    internal static string NoHeaders(string member, Libtorch libtorch) =>
        $"{member} is not there: the libtorch in {libtorch.LibraryFolder} has CUDA, but the bridge to it was compiled without CUDA's headers " +
        $"(cuda_runtime_api.h and crt/host_defines.h), which were in none of {string.Join(", ", new CudaHeaders(libtorch).Candidates())}. " +
        "Tensors and modules work on the device; streams, graphs, memory figures and synchronize do not. Install the CUDA toolkit, or Python's " +
        "nvidia-cuda-runtime and nvidia-cuda-crt, or point CUDA_HOME to a toolkit: the bridge is then compiled again by itself.";
}
