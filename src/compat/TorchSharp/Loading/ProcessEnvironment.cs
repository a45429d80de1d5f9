using System.Runtime.InteropServices;

namespace TorchSharp.Loading;

/// <summary>Variables that native libraries read through libc, which does not see what .NET sets.</summary>
internal static class ProcessEnvironment
{
    private static readonly string[] passedOn = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OPENBLAS_CORETYPE", "MKL_NUM_THREADS", "KMP_BLOCKTIME"];

    internal static void Prepare()
    {
        if (!OperatingSystem.IsLinux()) return;
        // libgomp's idle threads spin by default, and a step of half a millisecond then takes up to a hundred when the machine is busy.
        Set("OMP_WAIT_POLICY", Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") ?? "passive");
        foreach (var name in passedOn)
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value) Set(name, value);
    }

    /// <summary>Sets a variable for libraries that load later.</summary>
    internal static void Set(string name, string value) => setenv(name, value, 1);

    [DllImport("libc", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int setenv(string name, string value, int overwrite);
}
