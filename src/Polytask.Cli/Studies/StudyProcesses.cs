using Polytask.Cli.Commands;
using Polytask.Cli.Terminal;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Kernels.CSharp;
using Polytask.Notebooks.Running;

namespace Polytask.Cli.Studies;

/// <summary>
/// Runs a script or notebook in several processes that share the cells of its studies. The first one is shown and saved as by <c>polytask run</c>;
/// the others compute, and what they print is kept only where they fail.
/// </summary>
/// <param name="folder">Where they meet.</param>
/// <param name="count">How many.</param>
internal sealed class StudyProcesses(StudyFolder folder, int count)
{
    /// <returns>The exit code of the first process.</returns>
    public async Task<int> RunAsync(string path, RunOptions options, bool verbose, CancellationToken cancel)
    {
        using var first = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var start = DateTimeOffset.UtcNow;
        var others = Enumerable.Range(1, count - 1)
            .Select(index => HelpAsync(path, index, options with { Environment = Variables(index, start) }, first.Token)).ToArray();
        var outcomes = await NotebookRuns.RunAsync([path], options with { Environment = Variables(0, start) }, 1, verbose, cancel);
        // What they still do, nobody waits for.
        await first.CancelAsync();
        var troubles = await Task.WhenAll(others);
        var code = outcomes.Select(outcome => outcome.ExitCode).DefaultIfEmpty(ExitCode.Interrupted).Single();
        // What fails in the first one fails in each, and is said already.
        if (code == ExitCode.Success)
            foreach (var trouble in troubles.OfType<string>()) Console.Error.WriteLine($"polytask: {trouble}");
        return code;
    }

    // Null where all went well.
    private async Task<string?> HelpAsync(string path, int index, RunOptions options, CancellationToken cancel)
    {
        var output = folder.NotebookOf($"process-{index}");
        try
        {
            var report = await NotebookRunner.RunAsync(path, options with { Output = output, Finishing = null }, new SilentView(), cancel);
            var error = report.Cells.Select(cell => cell.Error).FirstOrDefault(error => error is not null);
            if (report.Status == RunStatus.Failed && error is not null)
                return $"process {index} of {count} failed, and the others did its work: {error.Message} (what it wrote is in {output})";
            File.Delete(output);
            return null;
        }
        catch (Exception error) when (error is NotebookFormatException or ParameterException or IOException or InvalidOperationException)
        {
            return $"process {index} of {count} could not run, and the others did its work: {error.Message}";
        }
    }

    private Dictionary<string, string> Variables(int index, DateTimeOffset start)
    {
        var role = count == 1 ? StudyRole.Alone : new StudyRole(StudyPart.Share, index, count, start);
        var variables = folder.Environment(role, tells: index == 0);
        // Each has its part of the cores; a user who says otherwise knows why.
        if (count > 1 && Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is null or "")
            variables["OMP_NUM_THREADS"] = $"{Math.Max(1, Environment.ProcessorCount / count)}";
        return variables;
    }
}
