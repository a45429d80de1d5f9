using TorchSharp;

namespace Polytask.Cli;

/// <summary>Which libtorch and which BLAS this process really uses, read from what is mapped into it rather than from what was asked for.</summary>
internal static class Engine
{
    /// <summary>Loads the engine; name and value a line.</summary>
    public static IEnumerable<(string Name, string Value)> Describe()
    {
        string version;
        try
        {
            version = torch.__version__;
        }
        catch (Exception error) when (error is DllNotFoundException or TypeInitializationException)
        {
            return [("engine", (error.InnerException ?? error).Message)];
        }
        return
        [
            ("engine", $"libtorch {version}, {Mapped("libtorch_cpu.so") ?? "linked into another library"}"),
            ("blas", Mapped("openblas", "libblas", "libmkl") ?? "inside libtorch"),
            ("threads", $"{torch.get_num_threads()}"),
            ("cuda", torch.cuda.is_available() ? $"{torch.cuda.device_count()} device(s)" : "not available in this libtorch"),
        ];
    }

    private static string? Mapped(params string[] names) => names
        .Select(name => File.ReadLines("/proc/self/maps").Select(line => line[(line.LastIndexOf(' ') + 1)..]).FirstOrDefault(path => Path.GetFileName(path).Contains(name)))
        .FirstOrDefault(path => path is not null);
}
