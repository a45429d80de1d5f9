using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Kernels;
using Polytask.Notebooks.Kernels.CSharp;

namespace Polytask.Notebooks.Running;

/// <summary>Runs notebooks: owns the file, watches the worker, saves after each cell.</summary>
public sealed class NotebookRunner
{
    private const string ParametersTag = "parameters";
    private const string InjectedTag = "injected-parameters";
    private readonly string _path;
    private readonly RunOptions _options;
    private readonly IRunObserver _observer;
    private readonly CellOutputs _outputs = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private double _cellSeconds;

    private NotebookRunner(string path, RunOptions options, IRunObserver observer) => (_path, _options, _observer) = (path, options, observer);

    /// <summary>Runs the code cells of a notebook in order, in a new worker in the notebook's folder.</summary>
    /// <exception cref="NotebookFormatException">The file cannot be used; nothing was run or written.</exception>
    /// <exception cref="ParameterException">A parameter cannot be set; nothing was run or written.</exception>
    /// <exception cref="IOException">The executed notebook cannot be saved; the source is as it was.</exception>
    public static Task<RunReport> RunAsync(string path, RunOptions options, IRunObserver observer, CancellationToken cancel = default) =>
        new NotebookRunner(path, options, observer).RunAsync(cancel);

    private async Task<RunReport> RunAsync(CancellationToken cancel)
    {
        var files = new RunFiles(_path, _options.Output);

        // Started first: the compiler warms up in the worker while the notebook is read here.
        await using var worker = File.Exists(_path) ? WorkerProcess.Start(_options.Worker, Path.GetFullPath(_path)) : null;
        var notebook = NotebookFile.Read(_path);
        var language = CellLanguage.OfNotebook(notebook, _path);
        notebook.Upgrade();
        Inject(notebook, language);
        CellLanguage.Describe(notebook);

        var status = await RunCellsAsync(notebook, language, worker!, files, cancel).ConfigureAwait(false);
        _options.Finishing?.Invoke(new FinishedRun(notebook, Parameters(notebook), _cellSeconds));
        var saved = files.Finish(notebook, status == RunStatus.Succeeded);
        return new RunReport(status, notebook, saved, Stopwatch.GetElapsedTime(_start).TotalSeconds);
    }

    private async Task<RunStatus> RunCellsAsync(Notebook notebook, string language, WorkerProcess worker, RunFiles files, CancellationToken cancel)
    {
        var cells = notebook.CodeCells.Where(c => !c.HasTag("skip-execution") && c.Source.Trim().Length > 0).ToArray();
        foreach (var cell in notebook.CodeCells.Where(c => !c.HasTag("skip-execution")))
        {
            cell.Outputs.Clear();
            cell.ExecutionCount = null;
        }
        for (var i = 0; i < cells.Length; i++)
        {
            _observer.CellStarted(cells[i], i + 1, cells.Length, Heading(notebook, cells[i]));
            var (status, error) = await RunCellAsync(cells[i], i + 1, CellLanguage.OfCell(cells[i], language), worker, cancel).ConfigureAwait(false);
            if (error is not null)
            {
                var goesOn = status == RunStatus.Failed && error.Name != "WorkerDied" && (_options.AllowErrors || cells[i].HasTag("raises-exception"));
                _outputs.Error(error);
                _observer.Failed(cells[i], error, goesOn);
                if (!goesOn)
                    return status;
            }
            _outputs.End();
            files.Save(notebook);
        }
        return RunStatus.Succeeded;
    }

    /// <summary>Waits until the worker takes cells. What it prints before that belongs to no cell and is only shown.</summary>
    private async Task WaitForWorkerAsync(WorkerProcess worker, CancellationToken cancel)
    {
        var said = "";
        while (true)
        {
            var message = await worker.Events.ReadAsync(cancel).ConfigureAwait(false);
            switch ((string)message["type"]!)
            {
                case "ready":
                    return;
                case "died":
                    throw new InvalidOperationException($"the worker process did not start (exit code {message["exitCode"]}). {said}".TrimEnd());
                case "stream":
                    said += (string)message["text"]!;
                    _observer.Printed((string)message["name"]!, (string)message["text"]!);
                    break;
            }
        }
    }

    private async Task<(RunStatus Status, CellError? Error)> RunCellAsync(Cell cell, int number, string language, WorkerProcess worker, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        var place = $"cell-{number}";
        _outputs.Begin(cell, number);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var allowed = TotalLeft();
        try
        {
            if (number == 1)
            {
                // The worker's start counts for the notebook's time, not for the cell's.
                Limit(limit, allowed);
                await WaitForWorkerAsync(worker, limit.Token).ConfigureAwait(false);
                started = Stopwatch.GetTimestamp();
            }
            allowed = Min(_options.CellLimit, TotalLeft());
            Limit(limit, allowed);
            worker.Run(cell.Source, language, place);
            while (true)
            {
                var message = await worker.Events.ReadAsync(limit.Token).ConfigureAwait(false);
                switch ((string)message["type"]!)
                {
                    case "done":
                        await worker.SettleAsync().ConfigureAwait(false);

                        // A death after the cell is the next one's to tell of.
                        while (worker.Events.TryPeek(out var late) && (string)late["type"]! != "died" && worker.Events.TryRead(out late))
                            Show(late);
                        var seconds = (double)message["seconds"]!;
                        Record(cell, seconds);
                        _observer.CellEnded(seconds);
                        return message["error"] is JsonObject error ? (RunStatus.Failed, ErrorMessage.Read(error)) : (RunStatus.Succeeded, null);
                    case "died":
                        Record(cell, Stopwatch.GetElapsedTime(started).TotalSeconds);
                        return (RunStatus.Failed, Simple("WorkerDied", $"{place}: {DeathOf((int)(long)message["exitCode"]!)} The cells after it did not run."));
                    default:
                        Show(message);
                        break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            await worker.StopAsync().ConfigureAwait(false);
            Record(cell, Stopwatch.GetElapsedTime(started).TotalSeconds);
            if (cancel.IsCancellationRequested)
                return (RunStatus.Interrupted, Simple("Interrupted", $"{place} was interrupted."));
            var which = allowed == _options.CellLimit
                ? $"its limit of {Seconds(_options.CellLimit!.Value)}"
                : $"the notebook's limit of {Seconds(_options.TotalLimit!.Value)}";
            return (RunStatus.TimedOut, Simple("TimeLimit", $"{place} ran past {which} and was stopped."));
        }
    }

    private TimeSpan? TotalLeft() => _options.TotalLimit - Stopwatch.GetElapsedTime(_start);

    private static void Limit(CancellationTokenSource source, TimeSpan? time)
    {
        if (time is { } given)
            source.CancelAfter(given > TimeSpan.Zero ? given : TimeSpan.Zero);
    }

    private void Show(JsonObject message)
    {
        switch ((string)message["type"]!)
        {
            case "stream":
                var (name, text) = ((string)message["name"]!, (string)message["text"]!);
                _outputs.Stream(name, text);
                _observer.Printed(name, text);
                break;
            case "display":
                _observer.Displayed((JsonObject)message["data"]!, (string?)message["id"]);
                _outputs.Display((JsonObject)message["data"]!, (JsonObject)message["metadata"]!, (string?)message["id"]);
                break;
            case "update":
                _observer.Displayed((JsonObject)message["data"]!, (string)message["id"]!);
                _outputs.Update((JsonObject)message["data"]!, (JsonObject)message["metadata"]!, (string)message["id"]!);
                break;
            case "result":
                _observer.Resulted((JsonObject)message["data"]!);
                _outputs.Result((JsonObject)message["data"]!, (JsonObject)message["metadata"]!);
                break;
        }
    }

    /// <summary>Puts the cell that sets the parameters after the one that declares them, in the place of one that an earlier run put there.</summary>
    private void Inject(Notebook notebook, string language)
    {
        if (_options.Parameters.Count == 0)
            return;
        if (notebook.CodeCells.FirstOrDefault(c => c.HasTag(ParametersTag)) is not { } declaring)
            throw new ParameterException($"{_path} has no cell tagged '{ParametersTag}', so there is nothing to set with -p");
        var injected = ParameterCell.Assign(declaring, language, _options.Parameters, InjectedTag);
        if (notebook.CodeCells.FirstOrDefault(c => c.HasTag(InjectedTag)) is { } earlier)
            notebook.Remove(earlier);
        notebook.Insert(notebook.Cells.ToList().IndexOf(declaring) + 1, injected);
    }

    private static string? Heading(Notebook notebook, Cell cell) => notebook.Cells
        .TakeWhile(c => c != cell)
        .Where(c => c.Kind == CellKind.Markdown)
        .SelectMany(c => c.Source.Split('\n'))
        .LastOrDefault(l => l.StartsWith('#'))?.TrimStart('#').Trim();

    private Dictionary<string, string> Parameters(Notebook notebook)
    {
        var values = new Dictionary<string, string>();
        if (notebook.CodeCells.FirstOrDefault(c => c.HasTag(ParametersTag)) is { } declaring)
            foreach (var (name, value) in ParameterCell.Defaults(declaring, CellLanguage.OfNotebook(notebook, _path)).Concat(_options.Parameters))
                values[name] = value;
        return values;
    }

    private void Record(Cell cell, double seconds)
    {
        _cellSeconds += seconds;
        if (cell.Metadata["polytask"] is not JsonObject own)
            cell.Metadata["polytask"] = own = [];
        own["seconds"] = Math.Round(seconds, 3);
    }

    private static CellError Simple(string name, string message) => new(name, message, [message]);

    private static string DeathOf(int exitCode) => exitCode switch
    {
        137 => "the worker process was killed (signal 9); if nobody did that, the machine was out of memory.",
        134 => "the worker process aborted (signal 6); what it printed last says why.",
        139 => "the worker process crashed in native code (signal 11).",
        > 128 and < 160 => $"the worker process was ended by signal {exitCode - 128}.",
        _ => $"the worker process ended with exit code {exitCode}, as by Environment.Exit({exitCode}).",
    };

    private static TimeSpan? Min(TimeSpan? a, TimeSpan? b) => a is null ? b : b is null || a <= b ? a : b;

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");
}
