using System.Diagnostics;

namespace Polytask.Cli;

/// <summary>The native libraries that this process has loaded.</summary>
internal static class LoadedLibraries
{
    private static bool _hasLibtorch;

    /// <summary>Whether libtorch is there. Asking does not load it, as its own functions would.</summary>
    public static bool HasLibtorch => _hasLibtorch = _hasLibtorch || (File.Exists("/proc/self/maps")
        ? PathOf("libtorch_cpu") is not null
        : Process.GetCurrentProcess().Modules.Cast<ProcessModule>().Any(m => m.ModuleName.Contains("torch_cpu", StringComparison.Ordinal)));

    /// <summary>The file of a library, by the beginning of its name; null where it is not loaded or the system does not say.</summary>
    public static string? PathOf(string name) => File.Exists("/proc/self/maps")
        ? File.ReadLines("/proc/self/maps").Select(l => l[(l.LastIndexOf(' ') + 1)..])
            .FirstOrDefault(p => Path.GetFileName(p).StartsWith(name, StringComparison.Ordinal))
        : null;
}
