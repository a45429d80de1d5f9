using System.Diagnostics;
using TorchSharp.Loading;

// One argument: the file that notes which shim was provided. Always ends with 0: a build needs no libtorch, only a run does, and
// the engine says then what is missing.
var note = args[0];
try
{
    Directory.CreateDirectory(SystemFolders.Cache);
    // Parallel builds wait here for each other; the later ones find everything done.
    using var turn = WaitForTurn(Path.Combine(SystemFolders.Cache, "provision.lock"));
    var missing = Missing();
    if (missing.Count > 0 && !Install(missing))
    {
        Console.WriteLine(
            $"TorchSharp: not installed: {string.Join(", ", missing)}. Nothing can be trained before this is run, as root:\n  {Libtorch.InstallLine}");
        return;
    }
    var shim = new ShimBuild(Libtorch.Find()).Provide();
    Directory.CreateDirectory(Path.GetDirectoryName(note)!);
    File.WriteAllText(note, shim);
}
catch (DllNotFoundException problem)
{
    Console.WriteLine("TorchSharp: " + problem.Message);
}
catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
{
    Console.WriteLine(
        $"TorchSharp: the cache {SystemFolders.Cache} cannot be used ({problem.Message}). Point XDG_CACHE_HOME to a folder that may be written.");
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
    Console.WriteLine($"TorchSharp: installing {string.Join(" ", packages)} (once on this machine; -p:Provision=false builds without it)");
    return Apt("update") && Apt(["install", "-y", "--no-install-recommends", .. packages]);
}

static bool Apt(params string[] arguments)
{
    var start = new ProcessStartInfo("/usr/bin/apt-get", ["-q", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
    start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
    using var process = Process.Start(start)!;
    var output = process.StandardOutput.ReadToEndAsync();
    var errors = process.StandardError.ReadToEnd();
    process.WaitForExit();
    _ = output.Result;
    if (process.ExitCode == 0) return true;
    Console.WriteLine($"TorchSharp: apt-get {arguments[0]} ended with {process.ExitCode}:\n{errors.Trim()}");
    return false;
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
