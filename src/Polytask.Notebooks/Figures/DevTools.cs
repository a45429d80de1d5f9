using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Polytask.Notebooks.Figures;

/// <summary>A script in the page threw; the message is its own.</summary>
internal sealed class ScriptException(string message) : Exception(message);

/// <summary>One page of a browser, driven over its debugging protocol.</summary>
internal sealed class DevTools : IDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> waiting = new();
    private readonly SemaphoreSlim sending = new(1, 1);
    private int lastId;
    private string? session;

    /// <summary>Connects to a browser and opens an empty page.</summary>
    public static async Task<DevTools> Open(Uri browser)
    {
        var tools = new DevTools();
        await tools.socket.ConnectAsync(browser, CancellationToken.None).WaitAsync(AnswerLimit).ConfigureAwait(false);
        _ = Task.Run(tools.Receive);
        var target = await tools.Send("Target.createTarget", new() { ["url"] = "about:blank" }).ConfigureAwait(false);
        var attached = await tools.Send("Target.attachToTarget", new() { ["targetId"] = target["targetId"]!.DeepClone(), ["flatten"] = true }).ConfigureAwait(false);
        tools.session = attached["sessionId"]!.GetValue<string>();
        return tools;
    }

    /// <summary>Calls a method of the protocol and returns its result.</summary>
    /// <exception cref="InvalidOperationException">The browser answered with an error, or its connection ended.</exception>
    /// <exception cref="TimeoutException">The browser did not answer in time.</exception>
    public async Task<JsonNode> Send(string method, JsonObject parameters)
    {
        var id = Interlocked.Increment(ref lastId);
        var answer = waiting[id] = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (session is not null) message["sessionId"] = session;
        await sending.WaitAsync().ConfigureAwait(false);
        try { await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, CancellationToken.None).ConfigureAwait(false); }
        finally { sending.Release(); }
        try { return await answer.Task.WaitAsync(AnswerLimit).ConfigureAwait(false); }
        catch (TimeoutException) { throw new TimeoutException($"Chromium did not answer {method} within {AnswerLimit.TotalSeconds:0} s."); }
        finally { waiting.TryRemove(id, out _); }
    }

    /// <summary>Runs an expression in the page, waits for its promise and returns its value.</summary>
    /// <exception cref="ScriptException">The expression threw.</exception>
    public async Task<JsonNode?> Evaluate(string expression)
    {
        var result = await Send("Runtime.evaluate", new() { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true }).ConfigureAwait(false);
        if (result["exceptionDetails"] is { } failure)
        {
            var text = failure["exception"]?["description"]?.GetValue<string>() ?? failure["exception"]?["value"]?.ToString() ?? failure["text"]!.GetValue<string>();
            throw new ScriptException(text.Split('\n')[0]);
        }
        return result["result"]!["value"];
    }

    private async Task Receive()
    {
        var buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer, CancellationToken.None).ConfigureAwait(false);
                if (part.MessageType == WebSocketMessageType.Close) throw new InvalidOperationException("Chromium closed its connection.");
                message.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage) continue;
                var answer = JsonNode.Parse(message.GetBuffer().AsSpan(0, (int)message.Length))!;
                message.SetLength(0);
                if (answer["id"] is not { } id || !waiting.TryGetValue(id.GetValue<int>(), out var asked)) continue;
                if (answer["error"] is { } error) asked.TrySetException(new InvalidOperationException($"Chromium: {error["message"]}"));
                else asked.TrySetResult(answer["result"]!);
            }
        }
        catch (Exception e)
        {
            // Whatever ended the connection, everyone who waits for an answer has to hear of it.
            foreach (var asked in waiting.Values) asked.TrySetException(new InvalidOperationException($"The connection to Chromium ended: {e.Message}", e));
        }
    }

    public void Dispose() => socket.Dispose();
}
