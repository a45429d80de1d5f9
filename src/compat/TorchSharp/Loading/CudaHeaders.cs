namespace TorchSharp.Loading;

/// <summary>Where the headers of CUDA's runtime may lie beside a libtorch.</summary>
internal sealed class CudaHeaders(Libtorch libtorch)
{
    /// <summary>The folder that holds them; null where there are none, or where this libtorch has no CUDA to use them with.</summary>
    internal string? Folder => libtorch.HasCuda ? Candidates().FirstOrDefault(IsComplete) : null;

    /// <summary>In order: the folder that CUDA_HOME names, libtorch's own, the toolkit's, those of Python's packages.</summary>
    internal IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("CUDA_HOME") is { Length: > 0 } home) yield return Path.Combine(home, "include");
        yield return libtorch.IncludeFolder;
        yield return "/usr/local/cuda/include";
        // site-packages/torch/lib -> site-packages/nvidia/<package>/include
        var packages = Path.Combine(libtorch.LibraryFolder, "..", "..", "nvidia");
        if (!Directory.Exists(packages)) yield break;
        foreach (var package in Directory.EnumerateDirectories(Path.GetFullPath(packages)).OrderDescending()) yield return Path.Combine(package, "include");
    }

    // Python's packages may hold the first header without the compiler's own ones that it includes.
    private static bool IsComplete(string folder) =>
        File.Exists(Path.Combine(folder, "cuda_runtime_api.h")) && File.Exists(Path.Combine(folder, "crt", "host_defines.h"));
}
