using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Polytask.Notebooks.Running;

/// <summary>How to start a worker: the program and its arguments, to which the socket's path is added.</summary>
public sealed record WorkerCommand(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>This program again, with other arguments.</summary>
    public static WorkerCommand ThisProgram(params string[] arguments)
    {
        var program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? new WorkerCommand(program, [Path.ChangeExtension(System.Reflection.Assembly.GetEntryAssembly()!.Location, ".dll"), .. arguments])
            : new WorkerCommand(program, arguments);
    }
}

/// <summary>The runner's side of a worker.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly Process _process;
    private readonly string _folder;
    private readonly Socket _listener;
    private readonly Channel<JsonObject> _events = Channel.CreateUnbounded<JsonObject>();
    private readonly CancellationTokenSource _stop = new();
    private readonly NativeOutput _out;
    private readonly NativeOutput _error;
    private readonly Task _receiving;
    private WorkerLine? _line;

    private WorkerProcess(Process process, Socket listener, string folder)
    {
        (_process, _listener, _folder) = (process, listener, folder);
        _out = new NativeOutput(process.StandardOutput.BaseStream, text => Post("stdout", text));
        _error = new NativeOutput(process.StandardError.BaseStream, text => Post("stderr", text));
        _receiving = Task.Run(ReceiveAsync);
    }

    /// <summary>What the worker sends, until it is gone; the last message then is "died".</summary>
    public ChannelReader<JsonObject> Events => _events.Reader;

    /// <summary>Starts a worker; it warms up while the caller reads the notebook.</summary>
    /// <param name="command">The program.</param>
    /// <param name="folder">Cells run in this folder.</param>
    /// <param name="notebook">The notebook's file; null where that is not known.</param>
    /// <param name="environment">Variables that it has besides those of this process.</param>
    public static WorkerProcess Start(
        WorkerCommand command, string folder, string? notebook, IReadOnlyDictionary<string, string>? environment = null)
    {
        var socketFolder = Directory.CreateTempSubdirectory("polytask-").FullName;
        var socketPath = Path.Combine(socketFolder, "worker");
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            listener.Bind(new UnixDomainSocketEndPoint(socketPath));
            listener.Listen(1);
            var start = new ProcessStartInfo(command.FileName)
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            foreach (var argument in command.Arguments.Append(socketPath))
                start.ArgumentList.Add(argument);
            foreach (var (name, value) in environment ?? new Dictionary<string, string>())
                start.Environment[name] = value;
            start.Environment.Remove(Worker.NotebookVariable);
            if (notebook is not null)
                start.Environment[Worker.NotebookVariable] = notebook;
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return new WorkerProcess(process, listener, socketFolder);
        }
        catch
        {
            listener.Dispose();
            Directory.Delete(socketFolder, recursive: true);
            throw;
        }
    }

    /// <summary>Asks for a cell. The answers come as <see cref="Events" />, the last one "done".</summary>
    public void Run(CellRequest cell) => Send(cell.ToMessage());

    /// <summary>Asks what could stand at a position of a cell's text, an index of UTF-16 units. The answer comes as "assistance".</summary>
    public void Complete(string source, string language, int position) => Assist("complete", source, language, position);

    /// <summary>Asks what is known of the name at a position of a cell's text. The answer comes as "assistance".</summary>
    public void Inspect(string source, string language, int position) => Assist("inspect", source, language, position);

    /// <summary>Asks whether a cell's text can run as it stands. The answer comes as "assistance".</summary>
    public void IsComplete(string source, string language) => Assist("isComplete", source, language, 0);

    /// <summary>Answers the question that came as "input".</summary>
    public void Answer(string text) => Send(new JsonObject { ["type"] = "input", ["text"] = text });

    /// <summary>Asks to take cells as run, with the values that a session had after them. The answer comes as "restored".</summary>
    public void Restore(IEnumerable<(string Source, string Path)> cells, JsonObject values) => Send(new JsonObject
    {
        ["type"] = "restore",
        ["cells"] = new JsonArray([.. cells.Select(c => (JsonNode)new JsonObject { ["source"] = c.Source, ["path"] = c.Path })]),
        ["values"] = values.DeepClone(),
    });

    /// <summary>Asks the cell that runs to stop; it ends with an error if it can be stopped. Nothing where no cell runs.</summary>
    public void Interrupt() => Send(new JsonObject { ["type"] = "interrupt" });

    private void Assist(string type, string source, string language, int position) =>
        Send(new JsonObject { ["type"] = type, ["source"] = source, ["language"] = language, ["position"] = position });

    private void Send(JsonObject message)
    {
        try
        {
            _line?.Send(message);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // It died between two cells, and "died" is on its way; or it was stopped.
        }
    }

    /// <summary>Waits until what was printed natively during the cell has come.</summary>
    public Task SettleAsync() => Task.WhenAll(_out.MarkAsync(Patience), _error.MarkAsync(Patience));

    /// <summary>
    /// Ends the worker and all that it started: first in order, so that a browser, say, is closed and its profile removed, then by force.
    /// </summary>
    public async Task StopAsync()
    {
        var started = ProcessTree.Descendants(_process.Id);
        _line?.Dispose();
        var timeIsUp = Task.Delay(Patience);
        await Task.WhenAny(_process.WaitForExitAsync(_stop.Token), timeIsUp).ConfigureAwait(false);
        Kill();
        await ProcessTree.EndAsync(started, timeIsUp).ConfigureAwait(false);
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It is gone already.
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // A worker that hears the end of its line leaves in order: what its cells started (a browser, say) is ended with it.
        _line?.Dispose();
        if (_line is not null)
            await Task.WhenAny(_process.WaitForExitAsync(), Task.Delay(Patience)).ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        Kill();

        // Whoever started a process has to hear of its end, or it stays in the process table.
        while (!_process.HasExited)
            await Task.Delay(10).ConfigureAwait(false);
        _listener.Dispose();
        await _receiving.ConfigureAwait(false);
        _process.Dispose();
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ReceiveAsync()
    {
        try
        {
            var exited = _process.WaitForExitAsync(_stop.Token);
            var accepted = _listener.AcceptAsync(_stop.Token).AsTask();
            if (await Task.WhenAny(exited, accepted).ConfigureAwait(false) == accepted)
            {
                _line = new WorkerLine(await accepted.ConfigureAwait(false));
                while (await _line.ReceiveAsync(_stop.Token).ConfigureAwait(false) is { } message)
                    _events.Writer.TryWrite(message);
            }

            // Programs that the worker started may hold its pipes open: nothing waits for their end.
            await Task.WhenAny(_process.WaitForExitAsync(_stop.Token), Task.Delay(Patience, _stop.Token)).ConfigureAwait(false);
            Kill();
            await Task.WhenAny(Task.WhenAll(_out.Ended, _error.Ended), Task.Delay(Patience, _stop.Token)).ConfigureAwait(false);
            while (!_process.HasExited)
                await Task.Delay(10, _stop.Token).ConfigureAwait(false);
            _events.Writer.TryWrite(new JsonObject { ["type"] = "died", ["exitCode"] = (long)_process.ExitCode });
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
        catch (Exception fault)
        {
            // A message that cannot be read: whoever waits for the next one has to hear of it.
            _events.Writer.TryComplete(fault);
        }
        _events.Writer.TryComplete();
    }

    private void Post(string name, string text) => _events.Writer.TryWrite(new JsonObject { ["type"] = "stream", ["name"] = name, ["text"] = text });

    /// <summary>Reads what is printed past .NET's console: native libraries, the runtime's last words.</summary>
    private sealed class NativeOutput
    {
        private readonly Decoder _decoder = new UTF8Encoding(false).GetDecoder();
        private readonly Stream _stream;
        private readonly Action<string> _post;
        private readonly SemaphoreSlim _marks = new(0);

        public NativeOutput(Stream stream, Action<string> post)
        {
            (_stream, _post) = (stream, post);
            Ended = Task.Run(ReadAsync);
        }

        /// <summary>Done when the pipe is closed.</summary>
        public Task Ended { get; }

        /// <summary>Waits for the next end of a cell, or for the end of the pipe.</summary>
        public Task MarkAsync(TimeSpan patience) => _marks.WaitAsync(patience);

        private async Task ReadAsync()
        {
            var bytes = new byte[1 << 14];
            var chars = new char[1 << 14];
            var held = "";
            int read;
            while ((read = await _stream.ReadAsync(bytes).ConfigureAwait(false)) > 0)
            {
                held += new string(chars, 0, _decoder.GetChars(bytes.AsSpan(0, read), chars, flush: false));
                int mark;
                while ((mark = held.IndexOf(Worker.EndMark, StringComparison.Ordinal)) >= 0)
                {
                    PostText(held[..mark]);
                    held = held[(mark + Worker.EndMark.Length)..];
                    _marks.Release();
                }

                // A mark may be cut in two by the pipe.
                var keep = held.LastIndexOf(Worker.EndMark[0]);
                keep = keep >= 0 && Worker.EndMark.StartsWith(held[keep..], StringComparison.Ordinal) ? keep : held.Length;
                PostText(held[..keep]);
                held = held[keep..];
            }
            PostText(held);
            _marks.Release();
        }

        private void PostText(string text)
        {
            if (text.Length > 0)
                _post(text);
        }
    }
}
