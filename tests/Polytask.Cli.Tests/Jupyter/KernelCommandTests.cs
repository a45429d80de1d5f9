using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Tests.Jupyter;

namespace Polytask.Cli.Tests.Jupyter;

/// <summary><c>polytask kernel</c>: where kernels go, and what stays.</summary>
public sealed class KernelCommandTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly CommandLine _polytask = new();

    public KernelCommandTests()
    {
        _polytask.Variables["JUPYTER_DATA_DIR"] = _polytask.At("data");
        _polytask.Variables["VIRTUAL_ENV"] = _polytask.At("venv");
    }

    public void Dispose() => _polytask.Dispose();

    [Theory]
    [InlineData("data/kernels/polytask-csharp")]
    [InlineData("data/kernels/polytask-csharp", "--user")]
    [InlineData("venv/share/jupyter/kernels/polytask-csharp", "--sys-prefix")]
    [InlineData("p/share/jupyter/kernels/polytask-csharp", "--prefix", "p")]
    [InlineData("data/kernels/mine-csharp", "--name", "mine")]
    public void Kernels_go_where_Jupyter_looks_and_are_removed_again(string folder, params string[] options)
    {
        var installed = _polytask.Run(["kernel", "install", .. options]);
        Assert.True(installed.ExitCode == 0, installed.Errors);
        Assert.Contains(_polytask.At(folder), installed.Output);
        Assert.Equal(["kernel.json", "logo-32x32.png", "logo-64x64.png", "logo-svg.svg"],
            Directory.GetFiles(_polytask.At(folder)).Select(Path.GetFileName).Order());
        var csharp = JsonNode.Parse(File.ReadAllText(Path.Combine(_polytask.At(folder), "kernel.json")))!;
        Assert.Equal("Polytask (C#)", (string?)csharp["display_name"]);
        Assert.Equal("message", (string?)csharp["interrupt_mode"]);
        var arguments = ((JsonArray)csharp["argv"]!).Select(a => (string)a!).ToArray();
        Assert.Equal(["kernel", "serve", "--language", "csharp", "{connection_file}"], arguments[^5..]);
        Assert.All(arguments[..^5], path => Assert.True(Path.IsPathRooted(path) && File.Exists(path), path));
        var fsharp = JsonNode.Parse(File.ReadAllText(Path.Combine(_polytask.At(folder.Replace("csharp", "fsharp")), "kernel.json")))!;
        Assert.Equal(("Polytask (F#)", "F#", "fsharp"),
            ((string?)fsharp["display_name"], (string?)fsharp["language"], (string?)((JsonArray)fsharp["argv"]!)[^2]));

        Assert.Equal(0, _polytask.Run(["kernel", "install", .. options]).ExitCode);
        var removed = _polytask.Run(["kernel", "uninstall", .. options]);
        Assert.True(removed.ExitCode == 0, removed.Errors);
        Assert.Empty(Directory.GetDirectories(Path.GetDirectoryName(_polytask.At(folder))!));
        Assert.Contains("no kernels of that name", _polytask.Run(["kernel", "uninstall", .. options]).Output);
    }

    [Theory]
    [InlineData("""{"argv": ["other"], "display_name": "Other", "language": "c"}""")]
    [InlineData("{")]
    public void A_kernel_of_another_program_stays(string json)
    {
        Directory.CreateDirectory(_polytask.At("data/kernels/polytask-fsharp"));
        File.WriteAllText(_polytask.At("data/kernels/polytask-fsharp/kernel.json"), json);
        foreach (var verb in (string[])["install", "uninstall"])
        {
            var run = _polytask.Run("kernel", verb);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains($"{_polytask.At("data/kernels/polytask-fsharp")} holds a kernel of another program", run.Errors);
        }
        Assert.Equal(json, File.ReadAllText(_polytask.At("data/kernels/polytask-fsharp/kernel.json")));
        Assert.Single(Directory.GetDirectories(_polytask.At("data/kernels")));
    }

    [Theory]
    [InlineData("each name a place", "--user", "--prefix", "p")]
    [InlineData("--name a/b: Jupyter's names are of letters", "--name", "a/b")]
    [InlineData("--name : Jupyter's names", "--name", "")]
    public void Places_and_names_that_cannot_be_are_refused(string message, params string[] options)
    {
        var run = _polytask.Run(["kernel", "install", .. options]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Errors);
        Assert.Empty(Directory.GetFileSystemEntries(_polytask.Folder));
    }

    [Fact]
    public void Without_a_Python_environment_there_is_no_prefix_of_one()
    {
        _polytask.Variables["VIRTUAL_ENV"] = "";
        _polytask.Variables["CONDA_PREFIX"] = "";
        var run = _polytask.Run("kernel", "install", "--sys-prefix");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("no Python environment is active", run.Errors);
    }

    [JupyterTheory]
    [InlineData("none.json", "cannot be read")]
    [InlineData("open.json", "only this machine itself may connect")]
    public void A_connection_file_that_cannot_be_used_is_named(string name, string message)
    {
        File.WriteAllText(_polytask.At("open.json"), """
            {"shell_port": 50001, "iopub_port": 50002, "stdin_port": 50003, "control_port": 50004, "hb_port": 50005, "ip": "0.0.0.0", "key": "k"}
            """);
        var run = _polytask.Run("kernel", "serve", name);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(name, run.Errors);
        Assert.Contains(message, run.Errors);
    }

    [JupyterFact]
    public void A_kernel_ends_with_the_program_that_started_it()
    {
        var ports = Ports.Free(5);
        var fields = new JsonObject { ["ip"] = "127.0.0.1", ["key"] = "k" };
        foreach (var (name, port) in new[] { "shell", "iopub", "stdin", "control", "hb" }.Zip(ports))
            fields[$"{name}_port"] = port;
        File.WriteAllText(_polytask.At("connection.json"), fields.ToJsonString());
        using var parent = _polytask.StartProgram("sh", "-c", "JPY_PARENT_PID=$$ dotnet \"$0\" kernel serve connection.json & echo $!; read line",
            Path.Combine(AppContext.BaseDirectory, "Polytask.Cli.dll"));
        using var kernel = Process.GetProcessById(int.Parse(parent.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture));
        for (var clock = Stopwatch.StartNew(); !ports.All(Ports.IsListenedOn); Thread.Sleep(50))
            Assert.True(clock.Elapsed < Patience, "the kernel does not listen");
        parent.Kill();
        Assert.True(kernel.WaitForExit(Patience));
    }
}
