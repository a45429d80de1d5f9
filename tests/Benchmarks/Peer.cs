using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Benchmarks;

/// <summary>A script of tests/peers in Debian's Python, which has Debian's torch (another Python on the path may not).</summary>
internal static class Peer
{
    /// <param name="script">A file of tests/peers and, after spaces, its arguments.</param>
    public static Process Start(string script, [CallerFilePath] string here = "")
    {
        var words = script.Split(' ');
        var path = Path.Combine(Path.GetDirectoryName(here)!, "..", "peers", words[0]);
        return Process.Start(
            new ProcessStartInfo("/usr/bin/python3", [path, .. words[1..]]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }
}
