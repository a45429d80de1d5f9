using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Benchmarks;

/// <summary>The whole of `polytask run` on a notebook without cells, process start included; build the solution first.</summary>
internal static class EmptyNotebook
{
    private const string Empty = """{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""";

    public static void Run() => Run(5);

    private static void Run(int rounds, [CallerFilePath] string here = "")
    {
        var cli = Path.Combine(AppContext.BaseDirectory.Replace(Path.Combine("tests", "Benchmarks"), Path.Combine("src", "Polytask.Cli")), "Polytask.Cli.dll");
        if (!File.Exists(cli)) throw new FileNotFoundException($"build the solution first (dotnet build Notebooks.sln): there is no {Path.GetRelativePath(Path.GetDirectoryName(here)!, cli)}");
        var folder = Directory.CreateTempSubdirectory("polytask-benchmark-");
        var seconds = new List<double>();
        try
        {
            var notebook = Path.Combine(folder.FullName, "empty.ipynb");
            File.WriteAllText(notebook, Empty);
            for (var round = 0; round < rounds; round++)
            {
                var clock = Stopwatch.StartNew();
                using var run = Process.Start(new ProcessStartInfo("dotnet", [cli, "run", notebook]) { RedirectStandardOutput = true })!;
                run.StandardOutput.ReadToEnd();
                run.WaitForExit();
                if (run.ExitCode != 0) throw new InvalidOperationException($"polytask run ended with {run.ExitCode}");
                seconds.Add(clock.Elapsed.TotalSeconds);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"run of an empty notebook: {seconds.Order().ElementAt(rounds / 2):0.00} s (median of {rounds}, at most {seconds.Max():0.00} s)"));
    }
}
