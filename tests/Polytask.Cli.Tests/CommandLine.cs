using System.Diagnostics;
using Polytask.Notebooks.Documents;

namespace Polytask.Cli.Tests;

/// <summary>What the command printed and returned.</summary>
public sealed record Outcome(int ExitCode, string Output, string Errors);

/// <summary>The real command, in a folder of its own.</summary>
public sealed class CommandLine : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("polytask-cli-").FullName;

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

    public Outcome Run(params string[] arguments)
    {
        using var process = Start(arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Outcome(process.ExitCode, output, errors.Result);
    }

    public Process Start(params string[] arguments)
    {
        // A job in the background of a script ignores interrupts, and so would everything that it starts.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "Polytask.Cli.dll"), .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["OMP_NUM_THREADS"] = "1";
        return Process.Start(start)!;
    }
}
