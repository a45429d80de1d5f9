using System.CommandLine;
using Polytask.Cli.Studies;
using Polytask.Notebooks.Running;

namespace Polytask.Cli.Commands;

/// <summary><c>polytask study sweep.fsx -j 4</c>, <c>polytask study sweep.ipynb -j 64 --slurm</c>.</summary>
internal static class StudyCommand
{
    public const string Name = "study";

    private const int MostProcesses = 10_000;

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A notebook or a script (.csx, .fsx) that runs studies." };
        var jobs = new Option<int?>("-j", "--jobs")
        {
            Description = "How many processes share the cells: without it one per core. With --slurm the tasks of the array, which have to be said.",
            HelpName = "number",
        };
        var parameters = ParameterOption.Create();
        var output = new Option<string?>("-o", "--output") { Description = "Writes the executed notebook there, as polytask run does." };
        var folder = new Option<string?>("--folder")
        {
            Description = "Where cells are kept, and results as CSV and JSON. Without it: NAME.study beside the file.",
            HelpName = "folder",
        };
        var gather = new Option<bool>("--gather") { Description = "Trains nothing: shows what is computed so far." };
        var slurm = new Option<bool>("--slurm")
        {
            Description = "Writes a Slurm job array over the cells and a job that gathers the results after it, and submits both.",
        };
        var limits = new Option<string?>("--sbatch")
        {
            Description = "Options of sbatch for each task of the array: --sbatch \"--time=1:00:00 --cpus-per-task=4\".",
            HelpName = "options",
        };
        var verbose = new Option<bool>("--verbose") { Description = "Shows stack traces." };
        jobs.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var count) && count is >= 1 and <= MostProcesses))
                result.AddError($"-j takes a number of processes from 1 to {MostProcesses}, not '{token.Value}'");
        });
        var command = new Command(Name, "Runs a script or notebook in several processes that share the cells of its studies, here or under Slurm. What "
            + "is computed stays: run it again to continue. Exit codes: 0 fine, 1 a cell of the notebook failed, 2 bad input.")
        {
            file, jobs, parameters, output, folder, gather, slurm, limits, verbose,
        };
        command.SetAction(async (parsed, _) =>
        {
            var path = parsed.GetValue(file)!;
            if (!File.Exists(path)) return Refusal.Say($"{path} does not exist");
            if (parsed.GetValue(gather) && (parsed.GetValue(slurm) || parsed.GetValue(jobs) is not null))
                return Refusal.Say("--gather trains nothing: it goes with neither --slurm nor -j");
            if (parsed.GetValue(limits) is not null && !parsed.GetValue(slurm)) return Refusal.Say("--sbatch goes with --slurm");
            if (Refusal.OfOutputFile("-o", parsed.GetValue(output)) is { } refusal) return Refusal.Say(refusal);
            var given = ParameterOption.Pairs(parsed.GetValue(parameters));
            try
            {
                var meeting = new StudyFolder(path, parsed.GetValue(folder));
                if (parsed.GetValue(slurm))
                    return Submit(meeting, path, given, parsed.GetValue(jobs), parsed.GetValue(limits), parsed.GetValue(output));
                using var interrupts = new KeyboardInterrupts();
                var options = new RunOptions
                {
                    Worker = WorkerCommand.ThisProgram(WorkerCommandName.Value),
                    Output = parsed.GetValue(output),
                    Parameters = given,
                    EndAtOnce = interrupts.Second,
                    Finishing = NotebookHost.Stamp,
                };
                if (!parsed.GetValue(gather))
                    return await new StudyProcesses(meeting, parsed.GetValue(jobs) ?? Environment.ProcessorCount)
                        .RunAsync(path, options, parsed.GetValue(verbose), interrupts.First);
                options = options with { Environment = meeting.Environment(new StudyRole(StudyPart.Gather), tells: true) };
                var outcomes = await NotebookRuns.RunAsync([path], options, 1, parsed.GetValue(verbose), interrupts.First);
                return outcomes.Select(outcome => outcome.ExitCode).DefaultIfEmpty(ExitCode.Interrupted).Single();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidOperationException)
            {
                return Refusal.Say(error.Message);
            }
        });
        return command;
    }

    private static int Submit(
        StudyFolder folder, string path, IReadOnlyList<KeyValuePair<string, string>> parameters, int? tasks, string? limits, string? output)
    {
        if (tasks is not { } count) return Refusal.Say("--slurm needs the number of tasks of the array: -j 16");
        var jobs = new SlurmJobs(folder, Path.GetFullPath(path), [.. parameters.SelectMany(pair => new[] { "-p", $"{pair.Key}={pair.Value}" })]);
        jobs.Write(count, (limits ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries), output);
        var (array, gather) = jobs.Submit();
        Console.WriteLine($"{path}: job {array} computes the cells with {count} tasks, job {gather} gathers them into {folder.Results}");
        Console.WriteLine($"squeue -j {array},{gather} shows them; polytask study {path} --gather shows what is computed so far");
        return ExitCode.Success;
    }
}
