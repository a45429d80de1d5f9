using System.Text.RegularExpressions;

namespace TorchSharp.Loading;

/// <summary>An installed libtorch: its libraries, its headers and its version.</summary>
/// <param name="LibraryFolder">holds libtorch_cpu.so and libc10.so</param>
/// <param name="IncludeFolder">holds ATen/, c10/ and torch/</param>
/// <param name="IsDebian">the distribution's own, which leaves the choice of BLAS to the process</param>
internal sealed record Libtorch(string LibraryFolder, string IncludeFolder, bool IsDebian)
{
    internal const string InstallLine = "apt-get update && apt-get install -y --no-install-recommends g++ libtorch-dev libopenblas0-openmp";

    /// <summary>The folder named by LIBTORCH and no other, else the system's, else the one inside Python's torch.</summary>
    /// <exception cref="DllNotFoundException">with what to do</exception>
    internal static Libtorch Find() => TryFind() ?? throw new DllNotFoundException(
        NamedFolder is { } root
            ? $"LIBTORCH is '{root}', but there is no lib/libtorch_cpu.so with include/ATen in that folder. " +
              "Point LIBTORCH to an unpacked libtorch (or the 'torch' folder of a Python installation), or unset it."
            : "No libtorch on this machine. Install it (as root on Debian or Ubuntu):\n  " + InstallLine +
              "\nor point LIBTORCH to an unpacked libtorch that has lib/ and include/.");

    internal static Libtorch? TryFind() => NamedFolder is { } root ? InFolder(root, isDebian: false) : InSystem() ?? InPython();

    private static string? NamedFolder => Environment.GetEnvironmentVariable("LIBTORCH") is { Length: > 0 } root ? Path.GetFullPath(root) : null;

    /// <summary>The version that the headers declare, for example "1.13.0".</summary>
    internal string Version
    {
        get
        {
            // The numbers moved from one header to the other in the course of libtorch 2.
            string[] headers =
            [
                Path.Combine(IncludeFolder, "torch", "headeronly", "version.h"),
                Path.Combine(IncludeFolder, "torch", "csrc", "api", "include", "torch", "version.h"),
            ];
            var part = new Regex(@"#define TORCH_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)");
            var numbers = headers.Where(File.Exists).Select(h => part.Matches(File.ReadAllText(h))).FirstOrDefault(m => m.Count == 3)
                ?? throw new DllNotFoundException($"libtorch's headers in {IncludeFolder} do not say their version (torch/version.h); reinstall them.");
            return string.Join('.', numbers.Select(m => m.Groups[1].Value));
        }
    }

    /// <summary>Whether it was built with the C++11 ABI; wheels before 2.7 were not. Seen from an error's constructor of the old one.</summary>
    internal bool HasNewAbi => File.ReadAllBytes(Path.Combine(LibraryFolder, "libc10.so")).AsSpan()
        .IndexOf("c105ErrorC1ENS_14SourceLocationESs"u8) < 0;

    internal bool HasCuda => File.Exists(Path.Combine(LibraryFolder, "libtorch_cuda.so"));

    /// <summary>Each is found by its own run path; CUDA's backend registers itself only when it is loaded by name.</summary>
    internal IEnumerable<string> LibrariesInLoadOrder()
    {
        yield return Path.Combine(LibraryFolder, "libc10.so");
        yield return Path.Combine(LibraryFolder, "libtorch_cpu.so");
        if (HasCuda) yield return Path.Combine(LibraryFolder, "libtorch_cuda.so");
    }

    private static Libtorch? InFolder(string root, bool isDebian) => At(Path.Combine(root, "lib"), Path.Combine(root, "include"), isDebian);

    private static Libtorch? At(string libraries, string headers, bool isDebian) =>
        File.Exists(Path.Combine(libraries, "libtorch_cpu.so")) && Directory.Exists(Path.Combine(headers, "ATen"))
            ? new Libtorch(libraries, headers, isDebian)
            : null;

    private static Libtorch? InSystem() =>
        At(SystemFolders.Libraries, "/usr/include", isDebian: true) ?? InFolder("/usr/local/libtorch", isDebian: false);

    /// <summary>Python is not started for this: its search path is looked through where it usually lies.</summary>
    internal static Libtorch? InPython()
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PYTHONPATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
            if (InFolder(Path.Combine(folder, "torch"), isDebian: false) is { } named) return named;
        var prefixes = new List<string>();
        foreach (var variable in new[] { "VIRTUAL_ENV", "CONDA_PREFIX" })
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } prefix) prefixes.Add(prefix);
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Where(p => File.Exists(Path.Combine(p, "python3"))))
        {
            // A virtual environment's python3 is a link to one elsewhere, and its packages are beside the link.
            prefixes.Add(Path.GetDirectoryName(folder.TrimEnd('/')) ?? "/");
            if (Path.GetDirectoryName(RealPath(Path.Combine(folder, "python3"))) is { } bin) prefixes.Add(Path.GetDirectoryName(bin) ?? "/");
        }
        prefixes.AddRange(["/usr/local", "/usr", Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local")]);
        foreach (var prefix in prefixes.Distinct())
            foreach (var lib in new[] { "lib", "local/lib" })
            {
                var folder = Path.Combine(prefix, lib);
                if (!Directory.Exists(folder)) continue;
                foreach (var python in Directory.EnumerateDirectories(folder, "python3*").OrderDescending())
                    foreach (var packages in new[] { "site-packages", "dist-packages" })
                        if (InFolder(Path.Combine(python, packages, "torch"), isDebian: false) is { } found) return found;
            }
        return null;
    }

    private static string RealPath(string file) => new FileInfo(file).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file;
}
