using Polytask.Cli.Terminal;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Kernels.CSharp;
using Polytask.Notebooks.Running;
using Polytask.Notebooks.Running.Reports;

namespace Polytask.Cli.Commands;

/// <summary>Runs several notebooks, one after the other or a few at a time, and shows them.</summary>
internal static class NotebookRuns
{
    /// <param name="paths">The notebooks.</param>
    /// <param name="options">How to run each.</param>
    /// <param name="jobs">How many run at once; with more than one each line is preceded by the notebook's path.</param>
    /// <param name="verbose">Show stack traces.</param>
    /// <param name="cancel">Stops them all.</param>
    /// <returns>One outcome a notebook that was begun, in the order of the paths.</returns>
    public static async Task<IReadOnlyList<NotebookOutcome>> RunAsync(
        IReadOnlyList<string> paths, RunOptions options, int jobs, bool verbose, CancellationToken cancel)
    {
        var outcomes = new NotebookOutcome?[paths.Count];
        var shared = jobs > 1 && paths.Count > 1;
        var width = paths.Max(p => p.Length);
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(jobs, paths.Count)).Select(_ => Task.Run(async () =>
        {
            while (!cancel.IsCancellationRequested && Interlocked.Increment(ref next) is var i && i < paths.Count)
            {
                var view = shared ? RunView.Prefixed(paths[i], paths[i].PadRight(width), verbose) : RunView.OfTerminal(paths[i], verbose);
                outcomes[i] = await RunAsync(paths[i], options, view, verbose, cancel);
            }
        }, CancellationToken.None)));
        return [.. outcomes.OfType<NotebookOutcome>()];
    }

    private static async Task<NotebookOutcome> RunAsync(string path, RunOptions options, RunView view, bool verbose, CancellationToken cancel)
    {
        try
        {
            var report = await NotebookRunner.RunAsync(path, options, view, cancel);
            view.Finish(report);
            var code = report.Status switch
            {
                RunStatus.Succeeded => ExitCode.Success,
                RunStatus.TimedOut => ExitCode.TimedOut,
                RunStatus.Interrupted => ExitCode.Interrupted,
                _ => ExitCode.CellFailed,
            };
            return new NotebookOutcome(path, code, report, null);
        }
        catch (Exception error) when (error is NotebookFormatException or ParameterException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            view.Abandon();
            return new NotebookOutcome(path, Refusal.Say(verbose ? error.ToString() : error.Message), null, error.Message);
        }
    }
}
