using System.ComponentModel;
using System.Diagnostics;
using Polytask.Notebooks.Running;

namespace Polytask.Cli.Studies;

/// <summary>
/// A study as jobs of Slurm: an array whose tasks share its cells, and a job after it that gathers them. Both are scripts in the study's folder, which
/// can be read, changed and submitted again by hand.
/// </summary>
/// <param name="folder">The study's folder, which all nodes see.</param>
/// <param name="file">The script or notebook.</param>
/// <param name="parameters">Arguments for its parameters: -p name=value ...</param>
internal sealed class SlurmJobs(StudyFolder folder, string file, IReadOnlyList<string> parameters)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string name = Path.GetFileNameWithoutExtension(file);

    private string ArrayScript => Path.Combine(folder.Root, "array.sh");

    private string GatherScript => Path.Combine(folder.Root, "gather.sh");

    /// <summary>Writes both scripts.</summary>
    /// <param name="tasks">The tasks of the array.</param>
    /// <param name="limits">Options of sbatch for the array: "--time=1:00:00".</param>
    /// <param name="output">Where the gathered notebook goes; null for where <c>polytask run</c> would save it.</param>
    public void Write(int tasks, IReadOnlyList<string> limits, string? output)
    {
        string[] saved = output is null ? [] : ["-o", Path.GetFullPath(output)];
        File.WriteAllText(ArrayScript, $"""
            #!/bin/bash
            #SBATCH --job-name={Word(name)}
            #SBATCH --array=0-{tasks - 1}
            #SBATCH --output="{folder.Processes}/task-%a.txt"
            {string.Concat(limits.Select(limit => $"#SBATCH {limit}\n"))}
            # As many threads as a task has cores, unless something else was asked for.
            export OMP_NUM_THREADS="${"{OMP_NUM_THREADS:-${SLURM_CPUS_PER_TASK:-1}}"}"
            export {StudyRole.FolderVariable}={Quoted(folder.Cells)}
            export {StudyRole.Variable}="share $SLURM_ARRAY_TASK_ID/{tasks} {DateTimeOffset.UtcNow:O}"
            exec {Command("run", file)} -o {Quoted(folder.Processes)}/"task-$SLURM_ARRAY_TASK_ID.ipynb"

            """);
        File.WriteAllText(GatherScript, $"""
            #!/bin/bash
            #SBATCH --job-name={Word(name)}-gather
            #SBATCH --output="{folder.Root}/gather.txt"
            exec {Command(["study", file, "--gather", "--folder", folder.Root, .. saved])}

            """);
    }

    /// <summary>Hands both to Slurm.</summary>
    /// <returns>The numbers of the array and of the job after it.</returns>
    /// <exception cref="InvalidOperationException">There is no Slurm, or it refuses.</exception>
    public (string Array, string Gather) Submit()
    {
        var array = Submit(ArrayScript);
        return (array, Submit($"--dependency=afterany:{array}", GatherScript));
    }

    private static string Submit(params string[] arguments)
    {
        var start = new ProcessStartInfo("sbatch", ["--parsable", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var sbatch = Process.Start(start)!;
            var errors = sbatch.StandardError.ReadToEndAsync();
            var said = sbatch.StandardOutput.ReadToEndAsync();
            if (!sbatch.WaitForExit(Patience))
            {
                sbatch.Kill();
                throw new InvalidOperationException($"sbatch did not answer within {Patience.TotalSeconds} s; does 'sinfo' answer?");
            }
            // With several clusters "number;cluster".
            return sbatch.ExitCode == 0 ? said.Result.Trim().Split(';')[0]
                : throw new InvalidOperationException($"sbatch refused the job: {errors.Result.Trim()}");
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException("sbatch was not found: run this where Slurm is installed (Debian: slurm-wlm), or without --slurm");
        }
    }

    private string Command(params string[] arguments)
    {
        var program = WorkerCommand.ThisProgram(arguments);
        return string.Join(' ', new[] { program.FileName }.Concat(program.Arguments).Concat(parameters).Select(Quoted));
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Word(string text) => string.Concat(text.Select(letter => char.IsLetterOrDigit(letter) ? letter : '-'));
}
