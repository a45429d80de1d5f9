using System.Text.Json.Nodes;
using Polytask.Notebooks.Jupyter.Protocol;
using Polytask.Notebooks.Kernels;
using Polytask.Notebooks.Running;

namespace Polytask.Notebooks.Jupyter.Execution;

/// <summary>Runs the cells of a kernel and tells everyone what they give.</summary>
internal sealed class CellExecution : IAsyncDisposable
{
    private readonly string _language;
    private readonly InputHistory _history;
    private readonly Action<KernelChannel, JupyterMessage, string, JsonObject> _send;
    private readonly CellProcess _process;
    private volatile Cell? _cell;
    private int _count;

    /// <param name="options">How the kernel serves.</param>
    /// <param name="history">Gets the cells that are to be remembered.</param>
    /// <param name="send">Sends content of a type on a channel, as a consequence of a request.</param>
    public CellExecution(JupyterOptions options, InputHistory history, Action<KernelChannel, JupyterMessage, string, JsonObject> send)
    {
        (_language, _history, _send) = (options.Language, history, send);
        _process = new CellProcess(() => WorkerProcess.Start(options.Worker, options.Folder, options.Notebook), Show);
        _process.Start();
    }

    /// <summary>Stops the cell that runs.</summary>
    public void Interrupt() => _process.Interrupt();

    /// <summary>Takes what a person typed; nothing where no cell asked.</summary>
    public void Answer(JupyterMessage reply)
    {
        if (_cell is not { Asks: true } cell)
            return;
        cell.Asks = false;
        _process.Answer(reply.Content.Text("value") ?? "");
    }

    /// <summary>Asks the process in which cells run about one that is being written.</summary>
    /// <exception cref="InvalidOperationException">It cannot say; the message is its own.</exception>
    public async Task<JsonObject> AssistAsync(Action<WorkerProcess> ask)
    {
        var answer = await _process.AskAsync(ask).ConfigureAwait(false);
        if (answer["error"] is JsonObject error)
            throw new InvalidOperationException((string)error["message"]!);
        return (string)answer["type"]! == "died" ? throw new InvalidOperationException((string)answer["message"]!) : answer;
    }

    /// <summary>Runs the cell of an execute_request. Returns the content of the reply.</summary>
    public async Task<JsonObject> RunAsync(JupyterMessage request)
    {
        var content = request.Content;
        if (content.Text("code") is not { } code)
            return ErrorContent(new CellError("BadRequest", "the execute_request has no code", ["the execute_request has no code"]));
        var silent = content.Flag("silent", false);
        var stored = !silent && content.Flag("store_history", true);
        if (stored)
            _count++;
        if (!silent)
            Publish(request, "execute_input", new JsonObject { ["code"] = code, ["execution_count"] = _count });
        var language = CellLanguage.OfMetadata(request.Metadata, _language);
        var cell = _cell = new Cell(request, _count, silent);
        if (_process.TakeLoss() is { } loss)
            Show(Printed($"Since the last cell {loss} All variables are lost.\n"), "");
        var place = $"cell-{_count}";
        var error = await RunAsync(new CellRequest(code, language, place) { CanAsk = content.Flag("allow_stdin", false) }).ConfigureAwait(false);
        cell.Asks = false;
        if (stored)
            _history.Add(_count, code, cell.ResultText);
        JsonObject reply;
        if (error is null)
        {
            reply = new JsonObject { ["status"] = "ok", ["user_expressions"] = await EvaluateAsync(content, language, place).ConfigureAwait(false) };
        }
        else
        {
            reply = ErrorContent(error);
            if (!silent)
                Publish(request, "error", ErrorFields(error));
            reply["user_expressions"] = new JsonObject();
        }
        reply["execution_count"] = _count;
        reply["payload"] = new JsonArray();
        return reply;
    }

    /// <summary>The reply to a cell that is not run because an earlier one failed.</summary>
    public static JsonObject Aborted => new() { ["status"] = "aborted" };

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task<CellError?> RunAsync(CellRequest cell) => (await AnswerAsync(cell).ConfigureAwait(false)).Error;

    private async Task<(CellError? Error, JsonObject? Captured)> AnswerAsync(CellRequest cell)
    {
        JsonObject answer;
        try
        {
            answer = await _process.AskAsync(w => w.Run(cell)).ConfigureAwait(false);
        }
        catch (CellProcessException failure)
        {
            return (new CellError("WorkerDied", failure.Message, [failure.Message]), null);
        }
        if ((string)answer["type"]! == "died")
        {
            var message = $"{cell.Path}: {answer["message"]} All variables are lost; the next cell runs in a new process.";
            return (new CellError((bool)answer["interrupted"]! ? "Interrupted" : "WorkerDied", message, [message]), null);
        }
        return (answer["error"] is JsonObject error ? ErrorMessage.Read(error) : null, answer["captured"] as JsonObject);
    }

    private async Task<JsonObject> EvaluateAsync(JsonObject content, string language, string place)
    {
        var values = new JsonObject();
        foreach (var (name, expression) in content["user_expressions"] as JsonObject ?? [])
        {
            if (expression is not JsonValue text || !text.TryGetValue<string>(out var source))
                continue;
            var (error, captured) = await AnswerAsync(
                new CellRequest(source, language, $"{place}, expression {name}") { Captured = true }).ConfigureAwait(false);
            values[name] = error is not null ? ErrorContent(error)
                : CellMessages.Bundle(captured ?? NoValue());
            values[name]!["status"] = error is null ? "ok" : "error";
        }
        return values;
    }

    private static JsonObject NoValue() => new() { ["data"] = new JsonObject(), ["metadata"] = new JsonObject() };

    /// <summary>An output of the cell that runs, or of the last one: what it started may go on.</summary>
    private void Show(JsonObject output, string process)
    {
        if (_cell is not { } cell)
            return;
        if ((string)output["type"]! == "input")
        {
            cell.Asks = true;
            _send(KernelChannel.Input, cell.Request, "input_request",
                new JsonObject { ["prompt"] = (string)output["prompt"]!, ["password"] = (bool)output["hidden"]! });
            return;
        }
        if (cell.Silent)
            return;
        if ((string)output["type"]! == "result")
            cell.ResultText = ((JsonObject)output["data"]!).Text("text/plain");
        var (type, content) = CellMessages.Of(output, cell.Count, process);
        Publish(cell.Request, type, content);
    }

    private static JsonObject Printed(string text) => new() { ["type"] = "stream", ["name"] = "stderr", ["text"] = text };

    private void Publish(JupyterMessage request, string type, JsonObject content) => _send(KernelChannel.Output, request, type, content);

    private static JsonObject ErrorContent(CellError error)
    {
        var content = ErrorFields(error);
        content["status"] = "error";
        return content;
    }

    private static JsonObject ErrorFields(CellError error) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["traceback"] = new JsonArray([.. error.Traceback.Select(t => (JsonNode)t)]),
    };

    /// <summary>A cell that runs or ran.</summary>
    private sealed class Cell(JupyterMessage request, int count, bool silent)
    {
        private bool _asks;

        public JupyterMessage Request => request;

        public int Count => count;

        public bool Silent => silent;

        public string? ResultText { get; set; }

        public bool Asks
        {
            get => Volatile.Read(ref _asks);
            set => Volatile.Write(ref _asks, value);
        }
    }
}
