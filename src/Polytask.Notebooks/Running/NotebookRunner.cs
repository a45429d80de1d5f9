using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Kernels;
using Polytask.Notebooks.Kernels.CSharp;
using Polytask.Notebooks.Running.Resuming;

namespace Polytask.Notebooks.Running;

/// <summary>Runs notebooks: owns the file, watches the worker, saves after each cell.</summary>
public sealed class NotebookRunner
{
    /// <summary>How long a cell that is interrupted may take to stop by itself.</summary>
    private static readonly TimeSpan InterruptGrace = TimeSpan.FromSeconds(2);

    private readonly string _path;
    private readonly RunOptions _options;
    private readonly IRunObserver _observer;
    private readonly CellOutputs _outputs = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly string _run = Guid.NewGuid().ToString("N");
    private readonly List<string> _completed = [];
    private Notebook _notebook = null!;
    private string _language = "";
    private RunFiles _files = null!;
    private WorkerProcess? _worker;
    private bool _workerReady;
    private string? _obstacle;
    private string? _unsavable;
    private string? _resumed;

    private NotebookRunner(string path, RunOptions options, IRunObserver observer) => (_path, _options, _observer) = (path, options, observer);

    /// <summary>Runs the code cells of a notebook in order, in a new worker in the notebook's folder.</summary>
    /// <exception cref="NotebookFormatException">The file cannot be used; nothing was run or written.</exception>
    /// <exception cref="ParameterException">A parameter cannot be set; nothing was run or written.</exception>
    /// <exception cref="IOException">The executed notebook cannot be saved; the source is as it was.</exception>
    public static Task<RunReport> RunAsync(string path, RunOptions options, IRunObserver observer, CancellationToken cancel = default) =>
        new NotebookRunner(path, options, observer).RunAsync(cancel);

    private async Task<RunReport> RunAsync(CancellationToken cancel)
    {
        if (_options.Resume && !_options.Selection.IsEverything)
            throw new NotebookFormatException("a run of some cells only cannot be resumed; resume without a selection");
        _files = new RunFiles(_path, _options.Output);

        // Started first: the compiler warms up in the worker while the notebook is read here.
        if (File.Exists(_path))
            StartWorker();
        try
        {
            _notebook = NotebookFile.Read(_path);
            var sources = RunFiles.Sources(_notebook);
            _language = CellLanguage.OfNotebook(_notebook, _path);
            _notebook.Upgrade();
            Inject();
            CellLanguage.Describe(_notebook);
            RunProgress.Remove(_notebook);

            var results = await RunCellsAsync(cancel).ConfigureAwait(false);
            var status = results.Select(r => r.State).FirstOrDefault(s => s is CellState.Failed or CellState.TimedOut or CellState.Interrupted) switch
            {
                CellState.Failed => RunStatus.Failed,
                CellState.TimedOut => RunStatus.TimedOut,
                CellState.Interrupted => RunStatus.Interrupted,
                _ => RunStatus.Succeeded,
            };
            _options.Finishing?.Invoke(new FinishedRun(_notebook, Parameters(), results.Sum(r => r.Seconds)));
            if (status == RunStatus.Succeeded)
                RunProgress.Remove(_notebook);
            var (saved, edited) = _files.Finish(_notebook, status == RunStatus.Succeeded, sources);
            if (status == RunStatus.Succeeded)
                SavedState.Delete(_options.StateFolder, _files.Target);
            return new RunReport(status, _notebook, saved, Stopwatch.GetElapsedTime(_start).TotalSeconds, results, _resumed, edited);
        }
        finally
        {
            if (_worker is not null)
                await _worker.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void StartWorker()
    {
        var path = Path.GetFullPath(_path);
        _worker = WorkerProcess.Start(_options.Worker, Path.GetDirectoryName(path)!, path, _options.Environment);
        _workerReady = false;
    }

    private static bool CanRun(Cell cell) => !cell.HasTag("skip-execution") && cell.Source.Trim().Length > 0;

    private async Task<IReadOnlyList<CellResult>> RunCellsAsync(CancellationToken cancel)
    {
        var cells = _notebook.CodeCells.Where(CanRun).ToArray();
        var chosen = _options.Selection.Choose(cells, c => c.HasTag(ParameterCell.DeclaringTag) || c.HasTag(ParameterCell.InjectedTag), _path);
        var results = _notebook.CodeCells.ToDictionary(c => c, c => new CellResult(c, null, CellState.Skipped));
        for (var i = 0; i < cells.Length; i++)
            results[cells[i]] = new CellResult(cells[i], i + 1, CellState.NotRun);
        foreach (var cell in _notebook.CodeCells.Where(c => chosen.Contains(c) || c.Source.Trim().Length == 0 && !c.HasTag("skip-execution")))
        {
            cell.Outputs.Clear();
            cell.ExecutionCount = null;
        }

        // Only a run of everything can be continued: the state of one that left cells out is not what its cells lead to.
        var inputs = _options.Selection.IsEverything
            ? InputChain.Of(cells, c => CellLanguage.OfCell(c, _language), Path.GetDirectoryName(Path.GetFullPath(_path))!)
            : null;
        var first = _options.Resume ? await ResumeAsync(cells, inputs!, results, cancel).ConfigureAwait(false) : 0;
        for (var i = first; i < cells.Length; i++)
        {
            var cell = cells[i];
            if (!chosen.Contains(cell))
                continue;
            _observer.CellStarted(cell, i + 1, cells.Length, Heading(cell));
            var (state, error, done) = await RunCellAsync(cell, i + 1, cancel).ConfigureAwait(false);
            if (error is not null)
            {
                var goesOn = state == CellState.Failed && error.Name != "WorkerDied" && (_options.AllowErrors || cell.HasTag("raises-exception"));
                state = goesOn ? CellState.FailedAsAllowed : state;
                _outputs.Error(error);
                _observer.Failed(cell, error, goesOn);
            }
            results[cell] = results[cell] with { State = state, Seconds = done.Seconds, Memory = done.Memory, Error = error };
            if (state is CellState.Failed or CellState.TimedOut or CellState.Interrupted)
                break;
            _outputs.End();
            Save(inputs?[i], done, i + 1);
        }
        return [.. _notebook.CodeCells.Select(c => results[c])];
    }

    /// <summary>Saves the notebook and then, never before it, the values that go with it.</summary>
    private void Save(string? input, CellEnd end, int count)
    {
        if (input is not null)
        {
            _completed.Add(input);
            _obstacle = end.Obstacle ?? _unsavable;
            new RunProgress(_run, _completed, _obstacle).Write(_notebook);
        }
        _files.Save(_notebook);
        if (input is not null && end.Values is not null)
            SaveState(new SavedState(_run, count, end.Values));
    }

    /// <summary>Values are worth no run: where they cannot be written, the notebook records why, and a run that continues this one says it.</summary>
    private void SaveState(SavedState state)
    {
        if (_unsavable is not null)
            return;
        try
        {
            state.Write(_options.StateFolder, _files.Target);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _unsavable = $"values could not be saved in {_options.StateFolder}: {failure.Message}";
        }
    }

    /// <summary>Takes over what an unfinished run left and says so. Returns how many cells need not run.</summary>
    private async Task<int> ResumeAsync(Cell[] cells, List<string> inputs, Dictionary<Cell, CellResult> results, CancellationToken cancel)
    {
        var earlier = EarlierRun.Find(_files.Unfinished, inputs, CanRun, _options.StateFolder, _files.Target);
        var refusal = earlier.State is null ? null : await RestoreAsync(cells, earlier.State, cancel).ConfigureAwait(false);
        var restored = earlier.State is not null && refusal is null ? earlier.State.Cells : 0;
        var again = earlier.Cells.Count - restored;
        _resumed = (restored, again) switch
        {
            (0, 0) => $"nothing is taken over: {earlier.Note}",
            (0, _) => $"nothing is taken over, {Range(1, again)} run{(again == 1 ? "s" : "")} again: {earlier.Note}",
            (_, 0) => $"{Range(1, restored)} taken over with {(restored == 1 ? "its" : "their")} values, nothing runs again: {earlier.Note}",
            _ => $"{Range(1, restored)} taken over with {(restored == 1 ? "its" : "their")} values, {Range(restored + 1, again)} run{(again == 1 ? "s" : "")} again: {earlier.Note}",
        } + (refusal is null ? "" : $"; the values could not be restored: {refusal}");
        _observer.Resumed(_resumed);
        for (var i = 0; i < restored; i++)
        {
            EarlierRun.Copy(earlier.Cells[i], cells[i]);
            _completed.Add(inputs[i]);
            results[cells[i]] = results[cells[i]] with
            {
                State = CellState.Reused,
                Seconds = cells[i].Metadata["polytask"]?["seconds"] is JsonValue seconds && seconds.TryGetValue<double>(out var taken) ? taken : 0,
            };
        }
        if (restored > 0)
        {
            // This run's from here on: a kill before the next cell's end loses nothing.
            new RunProgress(_run, _completed, _obstacle).Write(_notebook);
            _files.Save(_notebook);
            SaveState(earlier.State! with { Run = _run });
        }
        return restored;

        static string Range(int from, int count) => count == 1 ? $"cell {from}" : $"cells {from} to {from + count - 1}";
    }

    /// <summary>Puts saved values into the worker. Returns why that cannot be done, after which the worker is a new one.</summary>
    private async Task<string?> RestoreAsync(Cell[] cells, SavedState state, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Limit(limit, TotalLeft());
        string? refusal = null;
        try
        {
            await WaitForWorkerAsync(limit.Token).ConfigureAwait(false);
            _worker!.Restore(cells.Take(state.Cells).Select((c, i) => (c.Source, $"cell-{i + 1}")), state.Values);
            for (var answered = false; !answered;)
            {
                var message = await _worker.Events.ReadAsync(limit.Token).ConfigureAwait(false);
                answered = (string)message["type"]! is "restored" or "died";
                refusal = message["exitCode"] is { } exitCode ? WorkerEnd.Describe((int)(long)exitCode!) : (string?)message["refusal"];
            }
        }
        catch (OperationCanceledException)
        {
            refusal = "there was no time left";
        }
        if (refusal is not null)
        {
            await _worker!.DisposeAsync().ConfigureAwait(false);
            StartWorker();
        }
        return refusal;
    }

    /// <summary>Waits until the worker takes cells. What it prints before that belongs to no cell and is only shown.</summary>
    private async Task WaitForWorkerAsync(CancellationToken cancel)
    {
        var said = "";
        while (!_workerReady)
        {
            var message = await _worker!.Events.ReadAsync(cancel).ConfigureAwait(false);
            switch ((string)message["type"]!)
            {
                case "ready":
                    _workerReady = true;
                    break;
                case "died":
                    throw new InvalidOperationException($"the worker process did not start (exit code {message["exitCode"]}). {said}".TrimEnd());
                case "stream":
                    said += (string)message["text"]!;
                    _observer.Printed((string)message["name"]!, (string)message["text"]!);
                    break;
            }
        }
    }

    private async Task<(CellState State, CellError? Error, CellEnd End)> RunCellAsync(Cell cell, int number, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        var place = $"cell-{number}";
        _outputs.Begin(cell, number);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var grace = CancellationTokenSource.CreateLinkedTokenSource(_options.EndAtOnce);
        var allowed = TotalLeft();
        var stopping = false;
        try
        {
            if (!_workerReady)
            {
                // The worker's start counts for the notebook's time, not for the cell's.
                Limit(limit, allowed);
                await WaitForWorkerAsync(limit.Token).ConfigureAwait(false);
                started = Stopwatch.GetTimestamp();
            }
            allowed = Min(_options.CellLimit, TotalLeft());
            Limit(limit, allowed);
            limit.Token.ThrowIfCancellationRequested();
            _worker!.Run(new CellRequest(cell.Source, CellLanguage.OfCell(cell, _language), place)
            {
                SaveValuesAfter = _options.SaveValuesAfter.TotalSeconds,
            });
            while (true)
            {
                JsonObject message;
                try
                {
                    message = await _worker.Events.ReadAsync((stopping ? grace : limit).Token).ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (!stopping)
                {
                    // One that stops by itself says where it was, and its finally blocks run.
                    stopping = true;
                    grace.CancelAfter(InterruptGrace);
                    _worker.Interrupt();
                    continue;
                }
                switch ((string)message["type"]!)
                {
                    case "done":
                        var end = await EndAsync(cell, message).ConfigureAwait(false);
                        var error = message["error"] is JsonObject failure ? ErrorMessage.Read(failure) : null;
                        return stopping ? await StoppedAsync(error, end).ConfigureAwait(false) : (error is null ? CellState.Passed : CellState.Failed, error, end);
                    case "died":
                        var death = $"{place}: {WorkerEnd.Describe((int)(long)message["exitCode"]!)} The cells after it did not run.";
                        return (CellState.Failed, new CellError("WorkerDied", death, [death]), Ended());
                    default:
                        Show(message);
                        break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            return await StoppedAsync(null, Ended()).ConfigureAwait(false);
        }

        async Task<(CellState, CellError?, CellEnd)> StoppedAsync(CellError? own, CellEnd end)
        {
            // Programs that the cell started end with it.
            await _worker!.StopAsync().ConfigureAwait(false);
            if (cancel.IsCancellationRequested)
                return (CellState.Interrupted, StoppedCell.Error(place, null, own), end);
            var which = allowed == _options.CellLimit
                ? $"its limit of {Seconds(_options.CellLimit!.Value)}"
                : $"the notebook's limit of {Seconds(_options.TotalLimit!.Value)}";
            return (CellState.TimedOut, StoppedCell.Error(place, which, own), end);
        }

        CellEnd Ended()
        {
            var end = new CellEnd(Stopwatch.GetElapsedTime(started).TotalSeconds, default, null, null);
            Record(cell, end);
            return end;
        }
    }

    /// <summary>Takes what a cell left when it was through.</summary>
    private async Task<CellEnd> EndAsync(Cell cell, JsonObject done)
    {
        await _worker!.SettleAsync().ConfigureAwait(false);

        // A death after the cell is the next one's to tell of.
        while (_worker.Events.TryPeek(out var late) && (string)late["type"]! != "died" && _worker.Events.TryRead(out late))
            Show(late);
        var end = new CellEnd((double)done["seconds"]!, new CellMemory((long?)done["peak"], (long?)done["devicePeak"]),
            done["values"] as JsonObject, (string?)done["obstacle"]);
        Record(cell, end);
        _observer.CellEnded(end.Seconds);
        return end;
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
    private void Inject()
    {
        if (_options.Parameters.Count == 0)
            return;
        if (_notebook.CodeCells.FirstOrDefault(c => c.HasTag(ParameterCell.DeclaringTag)) is not { } declaring)
            throw new ParameterException($"{_path} has no cell tagged '{ParameterCell.DeclaringTag}', so there is nothing to set with -p");
        var injected = ParameterCell.Assign(declaring, _language, _options.Parameters);
        if (_notebook.CodeCells.FirstOrDefault(c => c.HasTag(ParameterCell.InjectedTag)) is { } earlier)
            _notebook.Remove(earlier);
        _notebook.Insert(_notebook.Cells.ToList().IndexOf(declaring) + 1, injected);
    }

    private string? Heading(Cell cell) => _notebook.Cells
        .TakeWhile(c => c != cell)
        .Where(c => c.Kind == CellKind.Markdown)
        .SelectMany(c => c.Source.Split('\n'))
        .LastOrDefault(l => l.StartsWith('#'))?.TrimStart('#').Trim();

    private Dictionary<string, string> Parameters()
    {
        var values = new Dictionary<string, string>();
        if (_notebook.CodeCells.FirstOrDefault(c => c.HasTag(ParameterCell.DeclaringTag)) is { } declaring)
            foreach (var (name, value) in ParameterCell.Defaults(declaring, _language).Concat(_options.Parameters))
                values[name] = value;
        return values;
    }

    private static void Record(Cell cell, CellEnd end)
    {
        if (cell.Metadata["polytask"] is not JsonObject own)
            cell.Metadata["polytask"] = own = [];
        own["seconds"] = Math.Round(end.Seconds, 3);
        own["peak_memory_mb"] = Megabytes(end.Memory.Peak);
        own["gpu_memory_mb"] = Megabytes(end.Memory.DevicePeak);
    }

    private static JsonNode? Megabytes(long? bytes) => bytes is { } known ? Math.Round(known / (double)(1 << 20), 1) : null;

    private static TimeSpan? Min(TimeSpan? a, TimeSpan? b) => a is null ? b : b is null || a <= b ? a : b;

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");

    /// <summary>How a cell ended: its time and memory, and the session's values after it or why they cannot be saved.</summary>
    private readonly record struct CellEnd(double Seconds, CellMemory Memory, JsonObject? Values, string? Obstacle);
}
