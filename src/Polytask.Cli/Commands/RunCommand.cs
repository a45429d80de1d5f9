using System.CommandLine;
using Polytask.Cli.Terminal;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Kernels.CSharp;
using Polytask.Notebooks.Running;

namespace Polytask.Cli.Commands;

/// <summary>The hidden command with which the runner starts its workers.</summary>
internal static class WorkerCommandName
{
    public const string Value = "worker";
}

/// <summary><c>polytask run nb.ipynb</c>.</summary>
internal static class RunCommand
{
    /// <summary>Four weeks, in seconds.</summary>
    private const double LongestLimit = 28 * 24 * 3600;

    public static Command Create()
    {
        var notebooks = new Argument<string[]>("notebooks") { Description = "The .ipynb files to run, one after the other.", Arity = ArgumentArity.OneOrMore };
        var parameters = new Option<string[]>("-p", "--parameter")
        {
            Description = "Sets a variable of the cell tagged 'parameters': -p name=value. May be repeated.",
            HelpName = "name=value",
        };
        var output = new Option<string?>("-o", "--output")
        {
            Description = "Writes the executed notebook there, after each cell. Without it: over the source if all cells succeed, else to NAME.failed.ipynb.",
        };
        var timeout = new Option<double?>("--timeout") { Description = "The time for a whole notebook, in seconds.", HelpName = "seconds" };
        var cellTimeout = new Option<double?>("--cell-timeout") { Description = "The time for each cell, in seconds.", HelpName = "seconds" };
        var allowErrors = new Option<bool>("--allow-errors") { Description = "Goes on after a cell that failed, and ends with exit code 0." };
        var verbose = new Option<bool>("--verbose") { Description = "Shows stack traces." };
        notebooks.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(t => t.Value.StartsWith('-')))
                result.AddError($"there is no option {token.Value}");
        });
        timeout.Validators.Add(result => CheckLimit(result, timeout));
        cellTimeout.Validators.Add(result => CheckLimit(result, cellTimeout));

        var command = new Command("run", "Runs notebooks with live output and saves the results in them. Exit codes: 0 fine, 1 a cell failed, 2 bad input, 3 timed out.")
        {
            notebooks, parameters, output, timeout, cellTimeout, allowErrors, verbose,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var paths = parsed.GetValue(notebooks)!;
            if (paths.Length > 1 && parsed.GetValue(output) is not null)
                return Complain("-o takes the result of one notebook, not of several");
            var pairs = new List<KeyValuePair<string, string>>();
            foreach (var text in parsed.GetValue(parameters) ?? [])
            {
                if (text.IndexOf('=') is var equals && equals <= 0)
                    return Complain($"-p {text}: name=value is expected");
                pairs.Add(new(text[..equals], text[(equals + 1)..]));
            }
            var options = new RunOptions
            {
                Worker = WorkerCommand.ThisProgram(WorkerCommandName.Value),
                Output = parsed.GetValue(output),
                Parameters = pairs,
                TotalLimit = Seconds(parsed.GetValue(timeout)),
                CellLimit = Seconds(parsed.GetValue(cellTimeout)),
                AllowErrors = parsed.GetValue(allowErrors),
                Finishing = NotebookHost.Stamp,
            };
            var worst = ExitCode.Success;
            foreach (var path in paths)
            {
                worst = Math.Max(worst, await RunAsync(path, options, parsed.GetValue(verbose), cancel));
                if (cancel.IsCancellationRequested)
                    break;
            }
            return worst;
        });
        return command;
    }

    private static async Task<int> RunAsync(string path, RunOptions options, bool verbose, CancellationToken cancel)
    {
        var view = new RunView(path, verbose);
        try
        {
            var report = await NotebookRunner.RunAsync(path, options, view, cancel);
            view.Finish(report);
            return report.Status switch
            {
                RunStatus.Succeeded => ExitCode.Success,
                RunStatus.TimedOut => ExitCode.TimedOut,
                RunStatus.Interrupted => ExitCode.Interrupted,
                _ => ExitCode.CellFailed,
            };
        }
        catch (Exception error) when (error is NotebookFormatException or ParameterException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            view.Abandon();
            return Complain(verbose ? error.ToString() : error.Message);
        }
    }

    private static int Complain(string message)
    {
        Console.Error.WriteLine($"polytask: {message}");
        return ExitCode.BadInput;
    }

    private static TimeSpan? Seconds(double? value) => value is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static void CheckLimit(System.CommandLine.Parsing.OptionResult result, Option<double?> option)
    {
        if (result.GetValueOrDefault<double?>() is not (> 0 and <= LongestLimit))
            result.AddError(System.FormattableString.Invariant($"{option.Name} takes a number of seconds above 0, at most {LongestLimit}"));
    }
}
