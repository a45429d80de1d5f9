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

    internal static void PreferOpenBlas()
    {
        foreach (var flavour in flavours)
        {
            var folder = Path.Combine(SystemFolders.Libraries, flavour);
            string[] files = [Path.Combine(folder, "libopenblas.so.0"), Path.Combine(folder, "libblas.so.3"), Path.Combine(folder, "liblapack.so.3")];
            if (!files.All(File.Exists)) continue;
            foreach (var file in files) NativeLibrary.Load(file);
            return;
        }
    }
}
