using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Benchmarks;

/// <summary>A script of tests/peers in Debian's Python, which has Debian's torch (another Python on the path may not).</summary>
internal static class Peer
{
    /// <param name="script">A file of tests/peers and, after spaces, its arguments.</param>
    public static Process Start(string script, [CallerFilePath] string here = "")
    {
        var words = script.Split(' ');
        var path = Path.Combine(Path.GetDirectoryName(here)!, "..", "peers", words[0]);
        var start = new ProcessStartInfo("/usr/bin/python3", [path, .. words[1..]]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // Where OpenBLAS does not know the processor the engine told it, and tells the peer: the comparison is not about that.
        if (Marshal.PtrToStringUTF8(getenv(CoreType)) is { Length: > 0 } core) start.Environment[CoreType] = core;
        return Process.Start(start)!;
    }

    private const string CoreType = "OPENBLAS_CORETYPE";

    [DllImport("libc", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern nint getenv(string name);
}
