using System.Diagnostics;
using Polytask.Notebooks.Documents;

namespace Polytask.Cli.Tests;

/// <summary>What the command printed and returned.</summary>
public sealed record Outcome(int ExitCode, string Output, string Errors);

/// <summary>The real command, in a folder of its own.</summary>
public sealed class CommandLine : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("polytask-cli-").FullName;

    /// <summary>What the command finds in its environment, beyond what this process does.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public string At(string name) => Path.Combine(Folder, name);

    /// <summary>Writes a notebook of code cells.</summary>
    public void Write(string name, params Cell[] cells)
    {
        var notebook = Notebook.Empty();
        foreach (var cell in cells)
            notebook.Add(cell);
        NotebookFile.Write(notebook, At(name));
    }

    public Outcome Run(params string[] arguments) => Finish(Start(arguments));

    /// <summary>Another program, in the same folder with the same environment.</summary>
    public Outcome RunProgram(string program, params string[] arguments) => Finish(StartProgram(program, arguments));

    public Process Start(params string[] arguments) =>
        // A job in the background of a script ignores interrupts, and so would everything that it starts.
        StartProgram("env", ["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "Polytask.Cli.dll"), .. arguments]);

    private static Outcome Finish(Process started)
    {
        using var process = started;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Outcome(process.ExitCode, output, errors.Result);
    }

    public Process StartProgram(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["OMP_NUM_THREADS"] = "1";
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
