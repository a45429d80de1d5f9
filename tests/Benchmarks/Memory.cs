using System.Globalization;

namespace Benchmarks;

/// <summary>What a process holds, in MB, as the kernel counts it.</summary>
internal static class Memory
{
    /// <summary>Resident now.</summary>
    public static double Resident() => Read("self", "VmRSS:");

    /// <summary>The most that was resident so far.</summary>
    /// <param name="process">A process's number; by default this one.</param>
    public static double Peak(int? process = null) => Read(process?.ToString(CultureInfo.InvariantCulture) ?? "self", "VmHWM:");

    /// <summary>Lets the peak start anew.</summary>
    public static void Forget() => File.WriteAllText("/proc/self/clear_refs", "5");

    private static double Read(string process, string field)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
