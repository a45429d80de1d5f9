using System.Globalization;

namespace Polytask.Notebooks.Running;

/// <summary>
/// The most memory that this process had resident since the last restart. Linux counts it and can start anew (proc(5), clear_refs);
/// elsewhere, and where the kernel refuses to start anew, it is the most since the process began.
/// </summary>
internal static class PeakMemory
{
    private const string Restart = "5";
    private const string Line = "VmHWM:";

    /// <summary>Starts to count anew, where that can be done.</summary>
    public static void Reset()
    {
        try
        {
            if (OperatingSystem.IsLinux())
                File.WriteAllText("/proc/self/clear_refs", Restart);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A kernel without it: the figure is then that of the whole process.
        }
    }

    /// <summary>In bytes.</summary>
    public static long Read()
    {
        if (OperatingSystem.IsLinux() && File.ReadLines("/proc/self/status").FirstOrDefault(l =>
            l.StartsWith(Line, StringComparison.Ordinal)) is { } line)
            return 1024 * long.Parse(line[Line.Length..^"kB".Length].Trim(), CultureInfo.InvariantCulture);
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
