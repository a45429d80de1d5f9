using System.Collections.Concurrent;
using Polytask.Notebooks.Jupyter.ZeroMq;

namespace Polytask.Notebooks.Jupyter.Protocol;

/// <summary>
/// The sockets of a kernel, all owned by one thread: sockets of ZeroMQ are for one thread, and a heartbeat is answered whatever else goes on.
/// Messages whose signature is wrong, that came before or are no messages are dropped and never answered.
/// </summary>
internal sealed class KernelSockets : IDisposable
{
    /// <summary>More than any cell has; what a stranger can make the kernel hold.</summary>
    private const long LargestMessage = 64 << 20;

    private const int FlushMilliseconds = 1000;
    private const int MostComplaints = 20;
    private const string WakeEndpoint = "inproc://wake";
    private static readonly byte[][] Wake = [[]];
    private readonly ZeroMqContext _context = new();
    private readonly Dictionary<KernelChannel, ZeroMqSocket> _sockets = [];
    private readonly ZeroMqSocket _woken;
    private readonly ZeroMqSocket _wake;
    private readonly Lock _waking = new();
    private readonly ConcurrentQueue<(KernelChannel Channel, JupyterMessage Message)> _outgoing = new();
    private readonly MessageFrames _frames;
    private readonly Action<KernelChannel, JupyterMessage> _receive;
    private readonly Thread _thread;
    private int _complaints;
    private volatile bool _closing;
    private bool _closed;

    /// <summary>Binds the sockets and starts to receive.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="receive">Gets every message, on the sockets' thread; it must not wait.</param>
    /// <exception cref="ConnectionFileException">An address is in use.</exception>
    public KernelSockets(ConnectionFile connection, Action<KernelChannel, JupyterMessage> receive)
    {
        (_frames, _receive) = (new MessageFrames(connection.Key), receive);
        (_woken, _wake) = (_context.Open(SocketPattern.Pair), _context.Open(SocketPattern.Pair));
        try
        {
            _woken.Bind(WakeEndpoint);
            _wake.Connect(WakeEndpoint);
            foreach (var (channel, endpoint) in connection.Endpoints)
                Bind(channel, endpoint, connection.Path);
        }
        catch
        {
            Close();
            throw;
        }
        _thread = new Thread(Serve) { IsBackground = true, Name = "jupyter sockets" };
        _thread.Start();
    }

    /// <summary>Sends a message, from any thread; messages leave in the order of the calls. Nothing after the end.</summary>
    public void Send(KernelChannel channel, JupyterMessage message)
    {
        _outgoing.Enqueue((channel, message));
        WakeUp();
    }

    /// <summary>Sends what is waiting and closes the sockets.</summary>
    public void Dispose()
    {
        _closing = true;
        WakeUp();
        _thread.Join();
        lock (_waking)
            _closed = true;
        Close();
    }

    private void Bind(KernelChannel channel, string endpoint, string path)
    {
        var socket = _context.Open(channel switch
        {
            KernelChannel.Output => SocketPattern.Publish,
            KernelChannel.Heartbeat => SocketPattern.Reply,
            _ => SocketPattern.Router,
        });
        _sockets.Add(channel, socket);
        socket.Linger = FlushMilliseconds;
        socket.SendLimit = 0;
        socket.LargestMessage = LargestMessage;
        if (channel is KernelChannel.Shell or KernelChannel.Control or KernelChannel.Input)
            socket.HandOver = true;
        try
        {
            socket.Bind(endpoint);
        }
        catch (ZeroMqException error)
        {
            throw new ConnectionFileException($"the connection file {path}: {endpoint} cannot be used for {channel}: {error.Message}");
        }
    }

    private void WakeUp()
    {
        lock (_waking)
            if (!_closed)
                _wake.Send(Wake);
    }

    private void Serve()
    {
        ZeroMqSocket[] sockets = [_woken, .. _sockets.Where(s => s.Key != KernelChannel.Output).Select(s => s.Value)];
        while (true)
        {
            ZeroMqSocket.Wait(sockets);
            while (_woken.TryReceive() is not null)
            {
            }
            while (_outgoing.TryDequeue(out var next))
                _sockets[next.Channel].Send(_frames.Write(next.Message));
            if (_closing && _outgoing.IsEmpty)
                return;
            while (_sockets[KernelChannel.Heartbeat].TryReceive() is { } beat)
                _sockets[KernelChannel.Heartbeat].Send(beat);
            foreach (var channel in (KernelChannel[])[KernelChannel.Control, KernelChannel.Shell, KernelChannel.Input])
                while (_sockets[channel].TryReceive() is { } frames)
                    Receive(channel, frames);
        }
    }

    private void Receive(KernelChannel channel, List<byte[]> frames)
    {
        var (message, refusal) = _frames.Read(frames);
        if (message is not null)
            _receive(channel, message);
        else if (++_complaints <= MostComplaints)
            Console.Error.WriteLine($"polytask: a message on {channel} was dropped: {refusal}"
                + (_complaints == MostComplaints ? "; further ones are not reported" : ""));
    }

    private void Close()
    {
        foreach (var socket in _sockets.Values)
            socket.Dispose();
        _woken.Dispose();
        _wake.Dispose();
        _context.Dispose();
    }
}
