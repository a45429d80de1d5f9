using System.Runtime.InteropServices;

namespace TorchSharp.Loading;

/// <summary>Where Debian and Ubuntu keep libraries of this processor, and where we keep what we compile.</summary>
internal static class SystemFolders
{
    internal static string Libraries { get; } =
        "/usr/lib/" + (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64-linux-gnu" : "x86_64-linux-gnu");

    /// <summary><c>$XDG_CACHE_HOME/polytask</c>, else <c>~/.cache/polytask</c>.</summary>
    internal static string Cache
    {
        get
        {
            var root = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            if (string.IsNullOrEmpty(root)) root = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
            return Path.Combine(root, "polytask");
        }
    }
}
