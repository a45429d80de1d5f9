using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Jupyter;
using Polytask.Notebooks.Jupyter.Protocol;
using Polytask.Notebooks.Jupyter.ZeroMq;

namespace Polytask.Notebooks.Tests.Jupyter;

/// <summary>A test that needs libzmq; skipped, with the kernel's own notice, where it is missing.</summary>
public sealed class ZeroMqFactAttribute : FactAttribute
{
    public ZeroMqFactAttribute() => Skip = JupyterKernel.Missing;
}

/// <summary>The same with cases.</summary>
public sealed class ZeroMqTheoryAttribute : TheoryAttribute
{
    public ZeroMqTheoryAttribute() => Skip = JupyterKernel.Missing;
}

/// <summary>A kernel that serves in this process, its cells in a worker of the tests.</summary>
public sealed class ServedKernel : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Task _serving;

    public ServedKernel()
    {
        var ports = Jupyter.Ports.Free(5);
        File.WriteAllText(_folder["connection.json"], new JsonObject
        {
            ["shell_port"] = ports[0],
            ["iopub_port"] = ports[1],
            ["stdin_port"] = ports[2],
            ["control_port"] = ports[3],
            ["hb_port"] = ports[4],
            ["ip"] = "127.0.0.1",
            ["key"] = Guid.NewGuid().ToString(),
            ["transport"] = "tcp",
            ["signature_scheme"] = "hmac-sha256",
        }.ToJsonString());
        (Connection, Ports) = (ConnectionFile.Read(_folder["connection.json"]), ports);
        _serving = JupyterKernel.ServeAsync(new JupyterOptions
        {
            ConnectionFile = _folder["connection.json"],
            Language = "csharp",
            Worker = TestWorker.Command,
            HistoryFile = _folder["history.jsonl"],
            Folder = _folder.Path,
        });
    }

    internal ConnectionFile Connection { get; }

    public IReadOnlyList<int> Ports { get; }

    /// <summary>Done when the kernel has shut down.</summary>
    public Task Serving => _serving;

    public async ValueTask DisposeAsync()
    {
        if (!_serving.IsCompleted)
        {
            using var client = new RawClient(Connection);
            client.Ask("shutdown_request", new JsonObject { ["restart"] = false }, KernelChannel.Control);
        }
        await _serving;
        _folder.Dispose();
    }
}

/// <summary>A client that says what it likes to a kernel, frame by frame. It is for one thread.</summary>
internal sealed class RawClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ZeroMqContext _context = new();
    private readonly Dictionary<KernelChannel, ZeroMqSocket> _sockets = [];
    private readonly MessageFrames _frames;

    public RawClient(ConnectionFile connection)
    {
        _frames = new MessageFrames(connection.Key);
        foreach (var (channel, endpoint) in connection.Endpoints)
        {
            _sockets[channel] = _context.Open(channel switch
            {
                KernelChannel.Output => SocketPattern.Subscribe,
                KernelChannel.Heartbeat => SocketPattern.Request,
                _ => SocketPattern.Dealer,
            });
            _sockets[channel].Linger = 0;
            if (channel == KernelChannel.Output)
                _sockets[channel].SubscribeToAll();
            else if (channel is not KernelChannel.Heartbeat)
                _sockets[channel].Identity = Encoding.ASCII.GetBytes(Session);
            _sockets[channel].Connect(endpoint);
        }

        // A subscription takes a moment: from the first message that comes, all come.
        JupyterMessage asked;
        do
        {
            asked = Send("kernel_info_request", []);
            Receive(KernelChannel.Shell);
        }
        while (!ZeroMqSocket.Wait([_sockets[KernelChannel.Output]], TimeSpan.FromMilliseconds(100)));
        OutputsOf(Id(asked));
    }

    public string Session { get; } = Guid.NewGuid().ToString();

    /// <summary>A message of this client.</summary>
    public JupyterMessage Message(string type, JsonObject content, JsonObject? metadata = null) =>
        JupyterMessage.New([], type, Session, [], content, metadata);

    public List<byte[]> Frames(JupyterMessage message) => _frames.Write(message);

    public void Send(List<byte[]> frames, KernelChannel channel = KernelChannel.Shell) => _sockets[channel].Send(frames);

    public JupyterMessage Send(string type, JsonObject content, KernelChannel channel = KernelChannel.Shell, JsonObject? metadata = null)
    {
        var message = Message(type, content, metadata);
        Send(Frames(message), channel);
        return message;
    }

    /// <summary>Sends a request and waits for its reply.</summary>
    public JupyterMessage Ask(string type, JsonObject content, KernelChannel channel = KernelChannel.Shell)
    {
        var id = Id(Send(type, content, channel));
        var reply = Receive(channel);
        Assert.Equal(id, ParentId(reply));
        return reply;
    }

    /// <summary>Runs a cell. Returns the reply and what everyone saw, from busy to idle.</summary>
    public (JupyterMessage Reply, List<JupyterMessage> Outputs) Run(string code, JsonObject? more = null, JsonObject? metadata = null)
    {
        var content = more ?? [];
        content["code"] = code;
        var id = Id(Send("execute_request", content, metadata: metadata));
        var reply = Receive(KernelChannel.Shell);
        Assert.Equal(id, ParentId(reply));
        return (reply, OutputsOf(id));
    }

    /// <summary>What everyone sees of a request, to its end.</summary>
    public List<JupyterMessage> OutputsOf(string id)
    {
        var outputs = new List<JupyterMessage>();
        do
        {
            if (Output() is var output && ParentId(output) == id)
                outputs.Add(output);
        }
        while (outputs.Count == 0 || outputs[^1].Content.Text("execution_state") != "idle");
        return outputs;
    }

    /// <summary>The next message.</summary>
    public JupyterMessage Receive(KernelChannel channel)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Patience; ZeroMqSocket.Wait([_sockets[channel]], TimeSpan.FromSeconds(1)))
            if (TryReceive(channel) is { } message)
                return message;
        throw new TimeoutException($"nothing came on {channel}");
    }

    public JupyterMessage Output() => Receive(KernelChannel.Output);

    /// <summary>What a heart sends back.</summary>
    public byte[] Beat(byte[] bytes)
    {
        _sockets[KernelChannel.Heartbeat].Send([bytes]);
        ZeroMqSocket.Wait([_sockets[KernelChannel.Heartbeat]], Patience);
        return _sockets[KernelChannel.Heartbeat].TryReceive()![0];
    }

    public static string Id(JupyterMessage message) => message.Header.Text("msg_id")!;

    public static string? ParentId(JupyterMessage message) => message.Parent.Text("msg_id");

    public void Dispose()
    {
        foreach (var socket in _sockets.Values)
            socket.Dispose();
        _context.Dispose();
    }

    private JupyterMessage? TryReceive(KernelChannel channel)
    {
        if (_sockets[channel].TryReceive() is not { } frames)
            return null;
        var (message, refusal) = _frames.Read(frames);
        return message ?? throw new InvalidOperationException($"the kernel sent a message that must be dropped: {refusal}");
    }
}
