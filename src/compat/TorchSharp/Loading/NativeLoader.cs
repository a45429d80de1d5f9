using System.Runtime.InteropServices;

namespace TorchSharp.Loading;

/// <summary>
/// Loads libtorch and the shim, in an order that matters: the environment of libc (OpenMP reads it when it loads), OpenBLAS where
/// libtorch is Debian's (the first library of that soname in the process wins), the shim and with it libtorch, then the versions are compared.
/// </summary>
internal static class NativeLoader
{
    private static readonly Lazy<Libtorch> libtorch = new(Libtorch.Find);
    private static readonly Lazy<nint> shim = new(Load, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>The libtorch that is in use.</summary>
    internal static Libtorch Libtorch => libtorch.Value;

    /// <summary>The shim's library handle; the first use loads everything.</summary>
    internal static nint Shim => shim.Value;

    private static nint Load()
    {
        ProcessEnvironment.Prepare();
        HeapMemory.Keep();
        var libtorch = Libtorch;
        if (libtorch.IsDebian) Blas.PreferOpenBlas();
        var file = new ShimBuild(libtorch).Provide();
        // Debian's libtorch takes its matrix products from outside, and from the shim where it comes with it.
        if (!libtorch.IsDebian || !NativeLibrary.TryLoad(file, out var library))
        {
            foreach (var part in libtorch.LibrariesInLoadOrder()) LoadLibrary(part);
            library = LoadShim(file, libtorch);
        }
        CompareVersions(Text(library, "pt_version"), Text(library, "pt_config"), libtorch.LibraryFolder);
        unsafe
        {
            ((delegate* unmanaged<void>)NativeLibrary.GetExport(library, "pt_start"))();
        }
        return library;
    }

    /// <summary>A part of libtorch that is there and does not load lacks a library of its own, as cuDNN beside a libtorch for CUDA.</summary>
    internal static nint LoadLibrary(string file)
    {
        try
        {
            return NativeLibrary.Load(file);
        }
        catch (Exception problem) when (problem is DllNotFoundException or BadImageFormatException)
        {
            throw new DllNotFoundException(
                $"libtorch is here, but {file} does not load: {problem.Message}\n`ldd {file}` lists what it needs and which of that is missing. Install " +
                "that, name its folder in LD_LIBRARY_PATH, or point LIBTORCH to another libtorch.", problem);
        }
    }

    /// <summary>A whole shim that does not load was compiled with headers that do not go with the library.</summary>
    internal static nint LoadShim(string file, Libtorch libtorch)
    {
        try
        {
            return NativeLibrary.Load(file);
        }
        catch (Exception problem) when (problem is DllNotFoundException or BadImageFormatException)
        {
            throw new DllNotFoundException(
                $"The bridge to libtorch ({file}) was compiled with the headers of version {libtorch.Version} in {libtorch.IncludeFolder}, " +
                $"but does not load with the library in {libtorch.LibraryFolder}: {problem.Message}\n" +
                "Install headers and library of one version, or point LIBTORCH to a folder that holds both (include/ and lib/).", problem);
        }
    }

    /// <summary>A shim of another libtorch reads memory that is laid out otherwise, so it must not get that far.</summary>
    /// <param name="compiled">the version of the headers that the shim was compiled with</param>
    /// <param name="config">what the loaded library says of its build</param>
    /// <param name="folder">where the library came from</param>
    internal static void CompareVersions(string compiled, string config, string folder)
    {
        const string key = "TORCH_VERSION=";
        var at = config.IndexOf(key, StringComparison.Ordinal);
        if (at < 0) return;
        var loaded = new string(config[(at + key.Length)..].TakeWhile(c => char.IsAsciiDigit(c) || c == '.').ToArray());
        if (MajorMinor(loaded) == MajorMinor(compiled)) return;
        throw new DllNotFoundException(
            $"The headers of libtorch are version {compiled}, but the library loaded from {folder} is {loaded}. " +
            "Install headers and library of one version, or point LIBTORCH to a folder that holds both (include/ and lib/).");
    }

    private static unsafe string Text(nint library, string export) =>
        Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)NativeLibrary.GetExport(library, export))()) ?? "";

    private static string MajorMinor(string version) => string.Join('.', version.Split('.').Take(2));
}
