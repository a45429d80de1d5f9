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
    private const string Compiler = "g++";
    private const string ForCuda = "shim_cuda.cpp";

    private static readonly string[] sources =
    [
        .. typeof(ShimBuild).Assembly.GetManifestResourceNames()
            .Where(name => Path.GetExtension(name) is ".cpp" or ".h").Order(StringComparer.Ordinal),
    ];

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
            foreach (var command in Commands("in", "out")) hash.AppendData(Encoding.UTF8.GetBytes(string.Join(' ', command)));
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
            // The parts at once, the last command joins them.
            var commands = Commands(work, unfinished);
            Compile(commands[..^1]);
            Compile(commands[^1..]);
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

    /// <summary>The compiler's arguments for each part, then those that join the parts.</summary>
    private List<List<string>> Commands(string work, string output)
    {
        // The headers of 2.14 are C++20, those of 1.13 are not; those of 2.6 can be read as both.
        var isTwentyStandard = Version.Parse(libtorch.Version) >= new Version(2, 6);
        var cuda = new CudaHeaders(libtorch).Folder;
        var parts = sources.Where(name => name.EndsWith(".cpp", StringComparison.Ordinal) && (name != ForCuda || cuda is not null)).ToList();
        List<string> compile =
        [
            isTwentyStandard ? "-std=c++20" : "-std=c++17", "-O2", "-fPIC", "-w", "-c",
            "-D_GLIBCXX_USE_CXX11_ABI=" + (libtorch.HasNewAbi ? "1" : "0"),
            "-I" + libtorch.IncludeFolder, "-I" + Path.Combine(libtorch.IncludeFolder, "torch", "csrc", "api", "include"),
        ];
        if (cuda is not null) compile.Add("-I" + cuda);
        static string ObjectOf(string source) => Path.ChangeExtension(source, ".o");
        List<string> link =
        [
            "-shared", .. parts.Select(part => ObjectOf(Path.Combine(work, part))), "-o", output,
            "-L" + libtorch.LibraryFolder, "-Wl,-rpath," + libtorch.LibraryFolder, "-Wl,--no-as-needed", "-ltorch_cpu", "-lc10",
        ];
        // libtorch keeps pointers to what the shim registers: it stays, whoever closes it.
        link.Add("-Wl,-z,nodelete");
        // CUDA's run-time functions come with libtorch_cuda, which loads its own copy of that library.
        if (cuda is not null) link.AddRange(["-ltorch_cuda", "-lc10_cuda"]);
        return
        [
            .. parts.Select(part => (List<string>)[.. compile, Path.Combine(work, part), "-o", ObjectOf(Path.Combine(work, part))]),
            link,
        ];
    }

    /// <summary>Runs the compiler once for each list of arguments, all at the same time.</summary>
    private static void Compile(List<List<string>> commands)
    {
        var processes = new List<(Process Process, List<string> Arguments, Task<string> Output)>();
        try
        {
            foreach (var arguments in commands)
            {
                var process = Start(arguments);
                processes.Add((process, arguments, Both(process)));
            }
            foreach (var (process, arguments, output) in processes)
            {
                process.WaitForExit();
                if (process.ExitCode == 0) continue;
                var lines = output.Result.Split('\n').Where(l => l.Contains("error", StringComparison.OrdinalIgnoreCase)).Take(8);
                throw new DllNotFoundException(
                    $"The bridge to libtorch did not compile ({Compiler} ended with {process.ExitCode}):\n{string.Join('\n', lines)}\nThe command was:\n  " +
                    $"{Compiler} {string.Join(' ', arguments)}");
            }
        }
        finally
        {
            foreach (var (process, _, output) in processes)
            {
                // What still runs would write into a folder that is about to go.
                output.Wait();
                process.WaitForExit();
                process.Dispose();
            }
        }
    }

    private static async Task<string> Both(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        return await process.StandardError.ReadToEndAsync() + await output;
    }

    private static Process Start(List<string> arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(Compiler, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new DllNotFoundException(
                "libtorch is here, but g++ is not, and it is needed once to compile the bridge to it. Install it (as root on Debian or Ubuntu):\n  " +
                Libtorch.InstallLine);
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
