using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace TorchSharp.Loading;

/// <summary>
/// The shim for one libtorch: taken from the cache, else compiled into it. A file's name holds libtorch's version and a hash of
/// the sources, the command and the library itself, so a change of any of them makes another file and never a wrong one. Its last
/// bytes are a checksum of the rest: loading a file that a full disk or a dead machine cut short would end the process.
/// </summary>
internal sealed class ShimBuild(Libtorch libtorch)
{
    private static readonly string[] sources = ["shim.cpp", "shim_cuda.cpp"];

    /// <summary>The path of a shim that fits; compiles it when there is none, which takes some seconds once.</summary>
    internal string Provide()
    {
        var file = FilePath;
        if (!IsWhole(file)) Compile(file);
        return file;
    }

    /// <summary>Where this shim belongs in the cache.</summary>
    internal string FilePath
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var name in sources) hash.AppendData(Encoding.UTF8.GetBytes(Source(name)));
            hash.AppendData(Encoding.UTF8.GetBytes(string.Join(' ', Arguments("in", "out"))));
            var library = new FileInfo(Path.Combine(libtorch.LibraryFolder, "libtorch_cpu.so"));
            library = library.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? library;
            hash.AppendData(Encoding.UTF8.GetBytes($"{library.FullName} {library.Length}"));
            var key = Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
            return Path.Combine(SystemFolders.Cache, $"torch-{libtorch.Version}-{key}.so");
        }
    }

    /// <summary>Whether the file is there and ends with the checksum of what is before it.</summary>
    internal static bool IsWhole(string file)
    {
        if (!File.Exists(file)) return false;
        var bytes = File.ReadAllBytes(file).AsSpan();
        return bytes.Length > SHA256.HashSizeInBytes &&
            SHA256.HashData(bytes[..^SHA256.HashSizeInBytes]).AsSpan().SequenceEqual(bytes[^SHA256.HashSizeInBytes..]);
    }

    /// <summary>CUDA's headers, when this libtorch has the CUDA backend and they are installed.</summary>
    private string? CudaHeaders
    {
        get
        {
            if (!libtorch.HasCuda) return null;
            var packages = Path.GetDirectoryName(Path.GetDirectoryName(libtorch.LibraryFolder)) ?? "/";
            string[] candidates =
            [
                Path.Combine(libtorch.IncludeFolder),
                Path.Combine(Environment.GetEnvironmentVariable("CUDA_HOME") ?? "/usr/local/cuda", "include"),
                "/usr/local/cuda/include",
                .. Directory.Exists(Path.Combine(packages, "nvidia"))
                    ? Directory.EnumerateDirectories(Path.Combine(packages, "nvidia")).Order().Select(d => Path.Combine(d, "include"))
                    : [],
            ];
            // Python's packages may hold the first header without the compiler's own ones that it includes.
            return candidates.FirstOrDefault(folder =>
                File.Exists(Path.Combine(folder, "cuda_runtime_api.h")) && File.Exists(Path.Combine(folder, "crt", "host_defines.h")));
        }
    }

    private void Compile(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        // Under a name of its own, then renamed: whoever looks meanwhile sees no file or a whole one.
        var unfinished = Path.Combine(folder, $".{Path.GetFileName(file)}.{Environment.ProcessId}.{Guid.NewGuid():N}");
        string? work = null;
        try
        {
            work = Directory.CreateTempSubdirectory("polytask-shim-").FullName;
            foreach (var name in sources) File.WriteAllText(Path.Combine(work, name), Source(name));
            Directory.CreateDirectory(folder);
            Run("g++", Arguments(work, unfinished));
            var checksum = SHA256.HashData(File.ReadAllBytes(unfinished));
            using (var output = new FileStream(unfinished, FileMode.Append)) output.Write(checksum);
            File.Move(unfinished, file, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new DllNotFoundException(
                $"The bridge to libtorch cannot be kept in {folder}: {problem.Message} Make room, or point XDG_CACHE_HOME to a folder that may be written.",
                problem);
        }
        finally
        {
            if (File.Exists(unfinished)) File.Delete(unfinished);
            if (work is not null) Directory.Delete(work, recursive: true);
        }
    }

    private List<string> Arguments(string work, string output)
    {
        var version = libtorch.Version.Split('.').Select(int.Parse).ToArray();
        var isTwentyStandard = version[0] > 2 || (version[0] == 2 && version[1] >= 12);
        List<string> arguments =
        [
            isTwentyStandard ? "-std=c++20" : "-std=c++17", "-O2", "-shared", "-fPIC", "-w",
            "-D_GLIBCXX_USE_CXX11_ABI=" + (libtorch.HasNewAbi ? "1" : "0"),
            "-I" + libtorch.IncludeFolder, "-I" + Path.Combine(libtorch.IncludeFolder, "torch", "csrc", "api", "include"),
            Path.Combine(work, "shim.cpp"),
        ];
        var cuda = CudaHeaders;
        if (cuda is not null) arguments.AddRange(["-I" + cuda, Path.Combine(work, "shim_cuda.cpp")]);
        arguments.AddRange(["-o", output, "-L" + libtorch.LibraryFolder, "-Wl,-rpath," + libtorch.LibraryFolder]);
        arguments.AddRange(["-Wl,--no-as-needed", "-ltorch_cpu", "-lc10"]);
        // CUDA's run-time functions come with libtorch_cuda, which loads its own copy of that library.
        if (cuda is not null) arguments.AddRange(["-ltorch_cuda", "-lc10_cuda"]);
        return arguments;
    }

    private static void Run(string program, List<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new DllNotFoundException(
                "libtorch is here, but g++ is not, and it is needed once to compile the bridge to it. Install it (as root on Debian or Ubuntu):\n  " +
                Libtorch.InstallLine);
        }
        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0) return;
            var lines = (errors + output.Result).Split('\n').Where(l => l.Contains("error", StringComparison.OrdinalIgnoreCase)).Take(8);
            throw new DllNotFoundException(
                $"The bridge to libtorch did not compile ({program} ended with {process.ExitCode}):\n{string.Join('\n', lines)}\nThe command was:\n  " +
                $"{program} {string.Join(' ', arguments)}");
        }
    }

    private static string Source(string name)
    {
        using var stream = typeof(ShimBuild).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the assembly does not carry {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
