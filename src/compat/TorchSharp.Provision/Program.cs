using System.Diagnostics;
using TorchSharp.Loading;

// One argument: the file that notes which shim was provided. Always ends with 0: a build needs no libtorch, only a run does, and
// the engine says then what is missing. What it has to say are warnings of one line in MSBuild's own form: `dotnet run` builds quietly
// and shows nothing else, and a machine must not be changed, or stay without an engine, in silence.
var note = args[0];
try
{
    Directory.CreateDirectory(SystemFolders.Cache);
    // Parallel builds wait here for each other; the later ones find everything done.
    using var turn = WaitForTurn(Path.Combine(SystemFolders.Cache, "provision.lock"));
    var missing = Missing();
    if (missing.Count > 0 && !Install(missing))
    {
        Warn(Diagnostic.Missing, $"not installed: {string.Join(", ", missing)}. Nothing can be trained until this is run as root: {Libtorch.InstallLine}");
        return;
    }
    var shim = new ShimBuild(Libtorch.Find()).Provide();
    Directory.CreateDirectory(Path.GetDirectoryName(note)!);
    File.WriteAllText(note, shim);
}
catch (DllNotFoundException problem)
{
    Warn(Diagnostic.Missing, problem.Message);
}
catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
{
    Warn(Diagnostic.Missing, $"the cache {SystemFolders.Cache} cannot be used ({problem.Message}). Point XDG_CACHE_HOME to a folder that may be written.");
}

static List<string> Missing()
{
    var libtorch = Libtorch.TryFind();
    var named = Environment.GetEnvironmentVariable("LIBTORCH") is { Length: > 0 };
    var packages = new List<string>();
    if (!HasCompiler()) packages.Add("g++");
    if (libtorch is null && !named) packages.Add("libtorch-dev");
    if (libtorch is null ? !named : libtorch.IsDebian && Blas.OpenBlasFolder is null) packages.Add("libopenblas0-openmp");
    return packages;
}

static bool HasCompiler() =>
    (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "g++")));

static bool Install(List<string> packages)
{
    if (!File.Exists("/usr/bin/apt-get") || Environment.UserName != "root") return false;
    Warn(Diagnostic.Installing,
        $"installing {string.Join(", ", packages)} with apt-get, once on this machine, in a minute or two (-p:Provision=false builds without)");
    return Apt("update") && Apt(["install", "-y", "--no-install-recommends", .. packages]);
}

static bool Apt(params string[] arguments)
{
    // Another package manager may be at work, as on a machine that has just started: the timeout is how long to wait for it.
    var start = new ProcessStartInfo("/usr/bin/apt-get", ["-q", "-o", "DPkg::Lock::Timeout=300", .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
    start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
    using var process = Process.Start(start)!;
    var output = process.StandardOutput.ReadToEndAsync();
    var errors = process.StandardError.ReadToEnd();
    process.WaitForExit();
    _ = output.Result;
    if (process.ExitCode == 0) return true;
    Warn(Diagnostic.Missing, $"apt-get {arguments[0]} ended with {process.ExitCode}: {errors.Trim()}");
    return false;
}

static void Warn(string code, string text)
{
    var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    Console.WriteLine($"TorchSharp : warning {code}: {string.Join(' ', lines)}");
}

static FileStream WaitForTurn(string file)
{
    var patience = Stopwatch.StartNew();
    while (true)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (patience.Elapsed < TimeSpan.FromMinutes(10))
        {
            Thread.Sleep(200);
        }
    }
}

/// <summary>The codes that TorchSharp.csproj keeps from becoming errors.</summary>
internal static class Diagnostic
{
    internal const string Installing = "ENGINE001";
    internal const string Missing = "ENGINE002";
}
