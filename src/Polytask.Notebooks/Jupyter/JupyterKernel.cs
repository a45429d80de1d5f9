using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Polytask.Notebooks.Jupyter.Execution;
using Polytask.Notebooks.Jupyter.Protocol;
using Polytask.Notebooks.Jupyter.ZeroMq;
using Polytask.Notebooks.Running;

namespace Polytask.Notebooks.Jupyter;

/// <summary>
/// A kernel of Jupyter: answers on its channels, while cells run in another process, so that whatever a cell does the kernel answers. Requests of
/// the shell are answered one after the other; those of the control channel at once.
/// </summary>
public sealed class JupyterKernel
{
    private const string RequestSuffix = "_request";
    private readonly string _session = Guid.NewGuid().ToString();
    private readonly JupyterOptions _options;
    private readonly InputHistory _history;
    private readonly Channel<(long Number, JupyterMessage Message)> _shell = Channel.CreateUnbounded<(long, JupyterMessage)>();
    private readonly Channel<JupyterMessage> _control = Channel.CreateUnbounded<JupyterMessage>();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private KernelSockets _sockets = null!;
    private CellExecution _cells = null!;
    private long _received;
    private long _abortedUntil;

    private JupyterKernel(JupyterOptions options) =>
        (_options, _history) = (options, new InputHistory(options.HistoryFile ?? InputHistory.FileOf(options.Language)));

    /// <summary>What to say where this machine lacks what a kernel needs; null where it does not.</summary>
    public static string? Missing => ZeroMqLibrary.Missing;

    /// <summary>
    /// Serves until a client or SIGTERM asks the kernel to shut down, or the program that started it is gone. SIGINT stops the running cell.
    /// </summary>
    /// <exception cref="ConnectionFileException">The connection file cannot be used.</exception>
    public static async Task ServeAsync(JupyterOptions options)
    {
        var connection = ConnectionFile.Read(options.ConnectionFile);
        var kernel = new JupyterKernel(options);
        await using var cells = kernel._cells = new CellExecution(options, kernel._history, kernel.Send);
        using var sockets = kernel._sockets = new KernelSockets(connection, kernel.Receive);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            cells.Interrupt();
        });
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            kernel._stopped.TrySetResult();
        });
        using var orphaned = ParentWatch.Start(() => kernel._stopped.TrySetResult());
        kernel.PublishStatus([], "starting");
        _ = Task.Run(kernel.ServeShellAsync);
        _ = Task.Run(kernel.ServeControlAsync);
        await kernel._stopped.Task.ConfigureAwait(false);
    }

    private void Receive(KernelChannel channel, JupyterMessage message)
    {
        switch (channel)
        {
            case KernelChannel.Shell:
                _shell.Writer.TryWrite((Interlocked.Increment(ref _received), message));
                break;
            case KernelChannel.Control:
                _control.Writer.TryWrite(message);
                break;
            case KernelChannel.Input when message.Type == "input_reply":
                _cells.Answer(message);
                break;
        }
    }

    private async Task ServeShellAsync()
    {
        await foreach (var (number, message) in _shell.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (message.Type == "execute_request" && message.IsSupportedVersion)
                await HandleAsync(KernelChannel.Shell, message, () => ExecuteAsync(number, message)).ConfigureAwait(false);
            else
                await HandleAsync(KernelChannel.Shell, message, () => AnswerAsync(message)).ConfigureAwait(false);
        }
    }

    private async Task ServeControlAsync()
    {
        await foreach (var message in _control.Reader.ReadAllAsync().ConfigureAwait(false))
            await HandleAsync(KernelChannel.Control, message, () => AnswerAsync(message)).ConfigureAwait(false);
    }

    /// <summary>Answers a request between the two messages that say that the kernel is busy with it and no longer is.</summary>
    private async Task HandleAsync(KernelChannel channel, JupyterMessage request, Func<Task<JsonObject?>> answer)
    {
        PublishStatus(request.Header, "busy");
        var metadata = new JsonObject { ["started"] = JupyterMessage.Now() };
        JsonObject? content;
        try
        {
            content = await answer().ConfigureAwait(false);
        }
        catch (Exception fault) when (request.Type.EndsWith(RequestSuffix, StringComparison.Ordinal))
        {
            // Whatever it is, whoever asked gets an answer, and the kernel goes on.
            content = Error(fault.GetType().Name, fault.Message);
        }
        if (content is not null)
        {
            var type = request.Type[..^RequestSuffix.Length] + "_reply";
            metadata["status"] = (string?)content["status"];
            _sockets.Send(channel, JupyterMessage.New(request.Identities, type, _session, request.Header, content, metadata));
        }
        PublishStatus(request.Header, "idle");
        if (request.Type == "shutdown_request" && content is not null)
            _stopped.TrySetResult();
    }

    private async Task<JsonObject?> ExecuteAsync(long number, JupyterMessage request)
    {
        if (number <= _abortedUntil)
            return CellExecution.Aborted;
        var reply = await _cells.RunAsync(request).ConfigureAwait(false);

        // Cells that were sent before this one failed were meant to follow its success.
        if ((string?)reply["status"] == "error" && request.Content.Flag("stop_on_error", true))
            _abortedUntil = Interlocked.Read(ref _received);
        return reply;
    }

    /// <summary>The content of the reply; null for messages that get none.</summary>
    private async Task<JsonObject?> AnswerAsync(JupyterMessage request)
    {
        var content = request.Content;

        // Clients learn from this one which version they have to speak.
        if (request.Type == "kernel_info_request")
            return KernelInfo.Of(_options.Language);
        if (!request.Type.EndsWith(RequestSuffix, StringComparison.Ordinal) && request.Type != "comm_open")
            return null;
        if (!request.IsSupportedVersion)
            return Error("UnsupportedVersion",
                $"the message is of version {request.Header["version"]} of the protocol; this kernel speaks {JupyterMessage.ProtocolVersion}");
        switch (request.Type)
        {
            case "complete_request":
                var (code, at) = Cursor(content);
                return AssistanceReplies.Complete(code, await _cells.AssistAsync(w => w.Complete(code, _options.Language, at)).ConfigureAwait(false));
            case "inspect_request":
                var (named, place) = Cursor(content);
                return AssistanceReplies.Inspect(_options.Language,
                    await _cells.AssistAsync(w => w.Inspect(named, _options.Language, place)).ConfigureAwait(false));
            case "is_complete_request":
                var typed = content.Text("code") ?? "";
                return AssistanceReplies.IsComplete(typed,
                    await _cells.AssistAsync(w => w.IsComplete(typed, _options.Language)).ConfigureAwait(false));
            case "history_request":
                return HistoryReply.Of(content, _history);
            case "comm_info_request":
                return new JsonObject { ["status"] = "ok", ["comms"] = new JsonObject() };
            case "comm_open":
                // Widgets live in Python: whoever opens a line to one hears that there is none.
                Send(KernelChannel.Output, request, "comm_close",
                    new JsonObject { ["comm_id"] = content.Text("comm_id") ?? "", ["data"] = new JsonObject() });
                return null;
            case "interrupt_request":
                _cells.Interrupt();
                return new JsonObject { ["status"] = "ok" };
            case "shutdown_request":
                var farewell = new JsonObject { ["status"] = "ok", ["restart"] = content.Flag("restart", false) };
                Send(KernelChannel.Output, request, "shutdown_reply", (JsonObject)farewell.DeepClone());
                return farewell;
            case "debug_request":
                return new JsonObject
                {
                    ["type"] = "response",
                    ["request_seq"] = content.Number("seq") ?? 0,
                    ["command"] = content.Text("command") ?? "",
                    ["success"] = false,
                    ["message"] = "this kernel has no debugger",
                };
            default:
                return Error("UnknownMessage", $"this kernel has no answer to '{request.Type}'");
        }
    }

    private static (string Code, int Position) Cursor(JsonObject content)
    {
        var code = content.Text("code") ?? "";
        return (code, content.Number("cursor_pos") is { } points ? CodePoints.ToIndex(code, points) : code.Length);
    }

    private static JsonObject Error(string name, string message) => new()
    {
        ["status"] = "error",
        ["ename"] = name,
        ["evalue"] = message,
        ["traceback"] = new JsonArray(message),
    };

    private void Send(KernelChannel channel, JupyterMessage request, string type, JsonObject content) => _sockets.Send(channel,
        JupyterMessage.New(channel == KernelChannel.Output ? Topic(type) : request.Identities, type, _session, request.Header, content));

    private void PublishStatus(JsonObject request, string state) => _sockets.Send(KernelChannel.Output,
        JupyterMessage.New(Topic("status"), "status", _session, request, new JsonObject { ["execution_state"] = state }));

    private static byte[][] Topic(string type) => [System.Text.Encoding.UTF8.GetBytes(type)];
}
