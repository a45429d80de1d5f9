using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;
using Polytask.Notebooks.Kernels;

namespace Polytask.Notebooks.Running;

/// <summary>
/// The line between runner and worker: one JSON object a line over a Unix socket, so that nothing a cell prints, natively or not, can
/// get into it.
/// </summary>
internal sealed class WorkerLine : IDisposable
{
    private readonly Lock _gate = new();
    private readonly NetworkStream _stream;
    private readonly StreamReader _reader;

    public WorkerLine(Socket socket)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = new StreamReader(_stream, new UTF8Encoding(false));
    }

    /// <summary>Sends a message. Throws <see cref="IOException" /> when the other side is gone.</summary>
    public void Send(JsonObject message)
    {
        var bytes = Encoding.UTF8.GetBytes(PythonJson.WriteLine(message) + "\n");
        lock (_gate)
            _stream.Write(bytes);
    }

    /// <summary>The next message, or null when the other side is gone.</summary>
    public async Task<JsonObject?> ReceiveAsync(CancellationToken cancel = default)
    {
        try
        {
            return await _reader.ReadLineAsync(cancel).ConfigureAwait(false) is { } line ? (JsonObject)JsonText.Parse(line)! : null;
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    public void Dispose() => _reader.Dispose();
}

/// <summary>The fields of an error in a message.</summary>
internal static class ErrorMessage
{
    public static JsonObject Of(CellError error) => new()
    {
        ["name"] = error.Name,
        ["message"] = error.Message,
        ["traceback"] = new JsonArray([.. error.Traceback.Select(t => (JsonNode)t)]),
        ["line"] = error.Line,
        ["column"] = error.Column,
    };

    public static CellError Read(JsonObject json) => new(
        (string)json["name"]!,
        (string)json["message"]!,
        [.. ((JsonArray)json["traceback"]!).Select(t => (string)t!)],
        (int?)(long?)json["line"],
        (int?)(long?)json["column"]);
}
