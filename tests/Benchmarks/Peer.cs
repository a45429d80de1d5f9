using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Benchmarks;

/// <summary>A script of tests/peers in Debian's Python, which has Debian's torch (another Python on the path may not).</summary>
internal static class Peer
{
    public static Process Start(string script, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, "..", "peers", script);
        return Process.Start(new ProcessStartInfo("/usr/bin/python3", [path]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }
}
