using System.Text;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Running;

namespace Polytask.Notebooks.Jupyter.Execution;

/// <summary>The process in which cells run could not be started.</summary>
internal sealed class CellProcessException(string message) : Exception(message);

/// <summary>
/// The process in which the cells of a kernel run, and the next one after it died. One request at a time; outputs go to the observer as they
/// come, also between two cells.
/// </summary>
/// <param name="start">Starts a process.</param>
/// <param name="show">Gets what cells print, show and ask, and a name of the process, which no other has.</param>
internal sealed class CellProcess(Func<WorkerProcess> start, Action<JsonObject, string> show) : IAsyncDisposable
{
    private static readonly TimeSpan InterruptLimit = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private Life? _life;
    private Request? _request;
    private string? _loss;
    private bool _ended;

    /// <summary>Starts the process ahead of the first cell.</summary>
    public void Start()
    {
        lock (_gate)
            _ = Current();
    }

    /// <summary>Why variables were lost since the last call of this; null where they were not.</summary>
    public string? TakeLoss() => Interlocked.Exchange(ref _loss, null);

    /// <summary>
    /// Sends a request and waits for its answer: "done" or "assistance", or "died" with a message that says why and whether it was interrupted.
    /// </summary>
    /// <exception cref="CellProcessException">No process can be started.</exception>
    public async Task<JsonObject> AskAsync(Action<WorkerProcess> ask)
    {
        Life life;
        var request = new Request();
        lock (_gate)
        {
            life = Current();
            _request = request;
        }
        try
        {
            await life.Ready.Task.ConfigureAwait(false);
            lock (_gate)
            {
                if (life == _life)
                    ask(life.Worker);
                else
                    request.Answer.TrySetResult(Died("the process in which cells run ended before the cell began."));
            }
            return await request.Answer.Task.ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
                _request = null;
        }
    }

    /// <summary>Answers what a cell asked.</summary>
    public void Answer(string text)
    {
        lock (_gate)
            _life?.Worker.Answer(text);
    }

    /// <summary>
    /// Stops what runs. What has not stopped after some seconds cannot be stopped, and is told so; the next interrupt then ends the process.
    /// </summary>
    public void Interrupt()
    {
        Life life;
        Request request;
        lock (_gate)
        {
            if (_request is null || _life is null)
                return;
            (life, request) = (_life, _request);
            if (!request.CannotBeStopped)
            {
                life.Worker.Interrupt();
                if (!request.Interrupted)
                    _ = WarnAsync(request, life.Name);
                request.Interrupted = true;
                return;
            }
            request.Killed = true;
        }
        _ = life.Worker.StopAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Life? life;
        lock (_gate)
        {
            _ended = true;
            life = _life;
            _life = null;
        }
        if (life is not null)
            await life.Worker.DisposeAsync().ConfigureAwait(false);
    }

    private static JsonObject Died(string message, bool interrupted = false) =>
        new() { ["type"] = "died", ["message"] = message, ["interrupted"] = interrupted };

    private async Task WarnAsync(Request request, string process)
    {
        await Task.WhenAny(request.Answer.Task, Task.Delay(InterruptLimit)).ConfigureAwait(false);
        lock (_gate)
        {
            if (request.Answer.Task.IsCompleted)
                return;
            request.CannotBeStopped = true;
        }
        show(new JsonObject
        {
            ["type"] = "stream",
            ["name"] = "stderr",
            ["text"] = $"The cell has not stopped {InterruptLimit.TotalSeconds:0} s after the interrupt: what it does now cannot be stopped. "
                + "A second interrupt ends the process in which cells run; all variables are lost then.\n",
        }, process);
    }

    private Life Current()
    {
        if (_life is not null)
            return _life;
        ObjectDisposedException.ThrowIf(_ended, this);
        var life = _life = new Life(start());
        _ = Task.Run(() => PumpAsync(life));
        return life;
    }

    private async Task PumpAsync(Life life)
    {
        var worker = life.Worker;
        var said = new StringBuilder();
        var end = "the process in which cells run ended.";
        try
        {
            await foreach (var message in worker.Events.ReadAllAsync().ConfigureAwait(false))
            {
                switch ((string)message["type"]!)
                {
                    case "ready":
                        life.Ready.TrySetResult();
                        break;
                    case "done":
                        await worker.SettleAsync().ConfigureAwait(false);
                        while (worker.Events.TryPeek(out var late) && (string)late["type"]! != "died" && worker.Events.TryRead(out late))
                            show(late, life.Name);
                        Answered(message);
                        break;
                    case "assistance":
                        Answered(message);
                        break;
                    case "died":
                        end = WorkerEnd.Describe((int)(long)message["exitCode"]!);
                        break;
                    case "stream" when !life.Ready.Task.IsCompleted:
                        // Of no cell: what a process says that cannot start.
                        said.Append((string)message["text"]!);
                        break;
                    default:
                        show(message, life.Name);
                        break;
                }
            }
        }
        catch (Exception fault)
        {
            end = $"the process in which cells run sent what cannot be read ({fault.Message}) and was ended.";
        }
        await EndAsync(life, end, said.ToString()).ConfigureAwait(false);
    }

    private void Answered(JsonObject message)
    {
        lock (_gate)
            _request?.Answer.TrySetResult(message);
    }

    /// <summary>A process is gone: whoever waits hears of it, and another one gets ready for the next cell.</summary>
    private async Task EndAsync(Life life, string end, string said)
    {
        lock (_gate)
        {
            if (life != _life)
                return;
            _life = null;
            var started = !life.Ready.TrySetException(new CellProcessException($"the process in which cells run did not start: {end} {said}".Trim()));
            if (_request is { } request)
                request.Answer.TrySetResult(request.Killed
                    ? Died("it was interrupted, and the process in which cells run was ended.", interrupted: true)
                    : Died(end));
            else if (started)
                _loss = end;

            // One that cannot start is tried again when a cell needs it.
            if (started && !_ended)
                _ = Current();
        }
        await life.Worker.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>A process and whether it takes requests yet.</summary>
    private sealed class Life(WorkerProcess worker)
    {
        public WorkerProcess Worker => worker;

        public string Name { get; } = Guid.NewGuid().ToString("N");

        public TaskCompletionSource Ready { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>What is under way.</summary>
    private sealed class Request
    {
        public TaskCompletionSource<JsonObject> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Interrupted { get; set; }

        public bool CannotBeStopped { get; set; }

        public bool Killed { get; set; }
    }
}
