using System.Runtime.InteropServices;

namespace TorchSharp.Loading;

/// <summary>
/// Debian's libtorch multiplies matrices with whatever library is called libblas.so.3; the reference one is some fifteen times slower
/// than OpenBLAS. Loading OpenBLAS's own files of that name first decides it for the whole process.
/// </summary>
internal static class Blas
{
    // The OpenMP build shares libgomp with libtorch; the pthread build brings a second pool of threads that fights it.
    private static readonly string[] flavours = ["openblas-openmp", "openblas-pthread", "openblas-serial"];

    private static readonly string[] files = ["libopenblas.so.0", "libblas.so.3", "liblapack.so.3"];

    /// <summary>Where OpenBLAS's own libblas.so.3 lies; null when it is not installed.</summary>
    internal static string? OpenBlasFolder => flavours
        .Select(flavour => Path.Combine(SystemFolders.Libraries, flavour))
        .FirstOrDefault(folder => files.All(file => File.Exists(Path.Combine(folder, file))));

    internal static void PreferOpenBlas()
    {
        if (OpenBlasFolder is not { } folder) return;
        OpenBlasCore.Load(Path.Combine(folder, files[0]));
        foreach (var file in files[1..]) NativeLibrary.Load(Path.Combine(folder, file));
    }
}
