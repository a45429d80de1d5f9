using System.Net;
using System.Net.Sockets;

namespace Polytask.Tests.Data;

/// <summary>A server of one file on this machine, which can be told to misbehave.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly HttpListener listener = new();

    public FileServer(byte[] content)
    {
        Content = content;
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        Url = new($"http://127.0.0.1:{port}/file");
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        _ = System.Threading.Tasks.Task.Run(Serve);
    }

    public Uri Url { get; }

    public byte[] Content { get; set; }

    /// <summary>The mark of the file's version; none when null.</summary>
    public string? ETag { get; set; } = "\"one\"";

    /// <summary>After how many bytes of each answer the connection breaks, or null.</summary>
    public int? BreaksAfter { get; set; }

    public int Status { get; set; } = 200;

    /// <summary>From which byte each request wanted the file.</summary>
    public List<long> Starts { get; } = [];

    private async System.Threading.Tasks.Task Serve()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            try
            {
                Answer(context);
            }
            catch (HttpListenerException)
            {
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var start = request.Headers["Range"] is { } range && request.Headers["If-Range"] == ETag ? int.Parse(range.Split('=')[1].TrimEnd('-')) : 0;
        Starts.Add(start);
        response.StatusCode = Status != 200 ? Status : start > 0 ? 206 : 200;
        if (ETag is not null) response.Headers["ETag"] = ETag;
        if (start > 0) response.Headers["Content-Range"] = $"bytes {start}-{Content.Length - 1}/{Content.Length}";
        var body = Status == 200 ? Content[start..] : [];
        response.ContentLength64 = body.Length;
        if (BreaksAfter is { } after && after < body.Length)
        {
            response.OutputStream.Write(body, 0, after);
            response.OutputStream.Flush();
            Thread.Sleep(50);
            response.Abort();
            return;
        }
        response.OutputStream.Write(body);
        response.Close();
    }

    public void Dispose() => listener.Close();
}
