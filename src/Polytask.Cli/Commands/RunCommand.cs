using System.CommandLine;
using Polytask.Notebooks.Running;
using Polytask.Notebooks.Running.Reports;

namespace Polytask.Cli.Commands;

/// <summary>The hidden command with which the runner starts its workers.</summary>
internal static class WorkerCommandName
{
    public const string Value = "worker";
}

/// <summary><c>polytask run nb.ipynb</c>.</summary>
internal static class RunCommand
{
    public const string Name = "run";

    private const int MostJobs = 256;

    public static Command Create()
    {
        var notebooks = new Argument<string[]>("notebooks")
        {
            Description = "The notebooks to run, one after the other unless -j says otherwise.",
            Arity = ArgumentArity.OneOrMore
        };
        var parameters = ParameterOption.Create();
        var output = new Option<string?>("-o", "--output")
        {
            Description = "Writes the executed notebook there, after each cell. Without it: over the source if all cells succeed, else to "
                + "NAME.failed.ipynb.",
        };
        var timeout = Refusal.Limit("--timeout", "The time for a whole notebook, in seconds.");
        var cellTimeout = Refusal.Limit("--cell-timeout", "The time for each cell, in seconds.");
        var allowErrors = new Option<bool>("--allow-errors") { Description = "Goes on after a cell that failed, and ends with exit code 0." };
        var from = new Option<string?>("--from")
        {
            Description = "The first cell that runs: its identifier, or its number as the headings of a "
            + "run show it.",
            HelpName = "cell"
        };
        var until = new Option<string?>("--until") { Description = "The last cell that runs.", HelpName = "cell" };
        var only = new Option<string[]>("--only")
        {
            Description = "The only cells that run, with commas between them. The cells of the parameters "
            + "always run.",
            HelpName = "cell,cell"
        };
        var resume = new Option<bool>("--resume")
        {
            Description = "Continues a run that was killed or failed: cells whose inputs are unchanged do "
            + "not run again where their values could be saved."
        };
        var jobs = new Option<int>("-j", "--jobs")
        {
            Description = "How many notebooks run at once.",
            HelpName = "number",
            DefaultValueFactory = _ => 1
        };
        var junit = new Option<string?>("--junit") { Description = "Writes what became of the cells as JUnit's XML: a suite a notebook, a case a cell.", HelpName = "file" };
        var json = new Option<string?>("--json")
        {
            Description = "Writes what became of the cells as JSON, with times, memory and errors.",
            HelpName = "file"
        };
        var verbose = new Option<bool>("--verbose") { Description = "Shows stack traces." };
        Refusal.NoOptionsAmong(notebooks);
        jobs.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var count) && count is >= 1 and <= MostJobs))
                result.AddError($"-j takes a number of notebooks from 1 to {MostJobs}, not '{token.Value}'");
        });

        var command = new Command(Name, "Runs notebooks with live output and saves the results in them. Exit codes: 0 fine, 1 a cell failed, 2 "
            + "bad input, 3 timed out.")
        {
            notebooks, parameters, output, timeout, cellTimeout, allowErrors, from, until, only, resume, jobs, junit, json, verbose,
        };
        command.SetAction(async (parsed, _) =>
        {
            var paths = parsed.GetValue(notebooks)!;
            if (paths.Length > 1 && parsed.GetValue(output) is not null)
                return Refusal.Say("-o takes the result of one notebook, not of several");
            var selection = new CellSelection(parsed.GetValue(from), parsed.GetValue(until),
                [.. (parsed.GetValue(only) ?? []).SelectMany(o => o.Split(',', StringSplitOptions.TrimEntries))]);
            if (parsed.GetValue(resume) && !selection.IsEverything)
                return Refusal.Say("--resume continues a whole run; it does not go with --from, --until and --only");
            if ((Refusal.OfOutputFile("--junit", parsed.GetValue(junit)) ?? Refusal.OfOutputFile("--json", parsed.GetValue(json))) is { } refusal)
                return Refusal.Say(refusal);

            using var interrupts = new KeyboardInterrupts();
            var options = new RunOptions
            {
                Worker = WorkerCommand.ThisProgram(WorkerCommandName.Value),
                Output = parsed.GetValue(output),
                Parameters = ParameterOption.Pairs(parsed.GetValue(parameters)),
                TotalLimit = Seconds(parsed.GetValue(timeout)),
                CellLimit = Seconds(parsed.GetValue(cellTimeout)),
                AllowErrors = parsed.GetValue(allowErrors),
                Selection = selection,
                Resume = parsed.GetValue(resume),
                EndAtOnce = interrupts.Second,
                Finishing = NotebookHost.Stamp,
            };
            var outcomes = await NotebookRuns.RunAsync(paths, options, parsed.GetValue(jobs), parsed.GetValue(verbose), interrupts.First);
            var worst = outcomes.Select(o => o.ExitCode).DefaultIfEmpty(ExitCode.Interrupted).Max();
            try
            {
                if (parsed.GetValue(junit) is { } junitPath)
                    JUnitReport.Write(junitPath, outcomes);
                if (parsed.GetValue(json) is { } jsonPath)
                    JsonReport.Write(jsonPath, outcomes);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return Math.Max(worst, Refusal.Say(error.Message));
            }
            return worst;
        });
        return command;
    }

    private static TimeSpan? Seconds(double? value) => value is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
}
