using System.Globalization;
using System.Runtime.InteropServices;

namespace Benchmarks;

/// <summary>What a process holds, in MB, as the kernel counts it.</summary>
internal static class Memory
{
    /// <summary>Resident now.</summary>
    public static double Resident() => Read("self", "VmRSS:");

    /// <summary>The most that was resident so far.</summary>
    /// <param name="process">A process's number; by default this one.</param>
    public static double Peak(int? process = null) => Read(process?.ToString(CultureInfo.InvariantCulture) ?? "self", "VmHWM:");

    /// <summary>From now on what is freed leaves the process, and the peak starts anew.</summary>
    public static void Forget()
    {
        mallopt(MapThreshold, 1 << 16);
        malloc_trim(0);
        File.WriteAllText("/proc/self/clear_refs", "5");
    }

    private const int MapThreshold = -3;

    [DllImport("libc")]
    private static extern int mallopt(int parameter, int value);

    [DllImport("libc")]
    private static extern int malloc_trim(nuint kept);

    private static double Read(string process, string field)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
