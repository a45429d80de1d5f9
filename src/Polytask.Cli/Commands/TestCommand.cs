using System.CommandLine;
using System.Globalization;
using Polytask.Cli.Terminal;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Kernels.CSharp;
using Polytask.Notebooks.Running;
using Polytask.Notebooks.Running.Comparing;

namespace Polytask.Cli.Commands;

/// <summary><c>polytask test nb.ipynb</c>: runs notebooks and compares the outputs with those that they hold.</summary>
internal static class TestCommand
{
    public const string Name = "test";

    public static Command Create()
    {
        var notebooks = new Argument<string[]>("notebooks") { Description = "The notebooks to run and compare.", Arity = ArgumentArity.OneOrMore };
        var tolerance = new Option<double>("--tolerance")
        {
            Description = "How far numbers may be apart, relative to the larger. A cell's metadata may give its own: {\"polytask\": "
                + "{\"tolerance\": 0.05}}.",
            DefaultValueFactory = _ => ComparisonOptions.UsualTolerance,
        };
        var images = new Option<bool>("--images") { Description = "Compares the bytes of images too." };
        var update = new Option<bool>("--update") { Description = "Writes the new outputs into the notebooks that differ, and ends with exit code 0." };
        var timeout = Refusal.Limit("--timeout", "The time for a whole notebook, in seconds.");
        var verbose = new Option<bool>("--verbose") { Description = "Shows the runs as they go." };
        Refusal.NoOptionsAmong(notebooks);
        tolerance.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0 and < 1))
                result.AddError("--tolerance takes a number from 0 up to 1, such as 1e-4");
        });
        var command = new Command(Name, "Runs notebooks and compares their outputs with those that they hold: numbers to a tolerance; times, "
            + "identifiers and addresses do not count, nor do "
                                          + "cells tagged ignore-output. Exit codes: 0 the same, 1 different or a cell failed, 2 bad input, 3 "
                                              + "timed out.")
        {
            notebooks, tolerance, images, update, timeout, verbose,
        };
        command.SetAction(async (parsed, _) =>
        {
            using var interrupts = new KeyboardInterrupts();
            var comparison = new ComparisonOptions(parsed.GetValue(tolerance), parsed.GetValue(images));
            var limit = parsed.GetValue(timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
            var worst = ExitCode.Success;
            foreach (var path in parsed.GetValue(notebooks)!)
            {
                worst = Math.Max(worst, await TestAsync(path, comparison, limit, parsed.GetValue(update), parsed.GetValue(verbose), interrupts));
                if (interrupts.First.IsCancellationRequested)
                    break;
            }
            return worst;
        });
        return command;
    }

    private static async Task<int> TestAsync(string path, ComparisonOptions comparison, TimeSpan? limit, bool update, bool verbose,
        KeyboardInterrupts interrupts)
    {
        var folder = Directory.CreateTempSubdirectory("polytask-test-");
        try
        {
            var before = NotebookFile.Read(path);
            before.Upgrade();
            var options = new RunOptions
            {
                Worker = WorkerCommand.ThisProgram(WorkerCommandName.Value),
                Output = Path.Combine(folder.FullName, Path.GetFileName(path)),
                TotalLimit = limit,
                EndAtOnce = interrupts.Second,
                Finishing = NotebookHost.Stamp,
            };
            IRunObserver view = verbose ? RunView.OfTerminal(path, verbose) : new FailureView(path);
            var report = await NotebookRunner.RunAsync(path, options, view, interrupts.First);
            if (report.Status != RunStatus.Succeeded)
                return report.Status switch
                {
                    RunStatus.TimedOut => ExitCode.TimedOut,
                    RunStatus.Interrupted => ExitCode.Interrupted,
                    _ => ExitCode.CellFailed
                };
            return Judge(path, before, report, comparison, update);
        }
        catch (Exception error) when (error is NotebookFormatException or ParameterException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return Refusal.Say(error.Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int Judge(string path, Notebook before, RunReport report, ComparisonOptions comparison, bool update)
    {
        var differences = OutputComparison.Differences(before, report, comparison);
        var ran = report.Cells.Count(c => c.State is CellState.Passed or CellState.FailedAsAllowed);
        if (differences.Count == 0)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{path}: the outputs of {ran} cells are the same ({report.Seconds:0.0} s)"));
            return ExitCode.Success;
        }
        foreach (var (cell, lines) in differences)
        {
            Console.WriteLine($"{path}, {cell.Title}");
            foreach (var line in lines)
                Console.WriteLine("  " + line);
        }
        Console.WriteLine($"{path}: {differences.Count} of {ran} cells differ (- before, + now)");
        if (!update)
            return ExitCode.CellFailed;
        NotebookFile.Write(report.Notebook, path);
        Console.WriteLine($"{path}: the new outputs are written");
        return ExitCode.Success;
    }

    /// <summary>Shows of a run only why it failed.</summary>
    private sealed class FailureView(string path) : IRunObserver
    {
        private int _number;

        public void Resumed(string how)
        {
        }

        public void CellStarted(Cell cell, int number, int count, string? heading) => _number = number;

        public void Printed(string stream, string text)
        {
        }

        public void Displayed(System.Text.Json.Nodes.JsonObject data, string? displayId)
        {
        }

        public void Resulted(System.Text.Json.Nodes.JsonObject data)
        {
        }

        public void Failed(Cell cell, Polytask.Notebooks.Kernels.CellError error, bool expected)
        {
            if (!expected)
                Console.WriteLine($"{path}: cell {_number} failed: {error.Name}: {error.Message}");
        }

        public void CellEnded(double seconds)
        {
        }
    }
}
