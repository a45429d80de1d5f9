namespace Polytask.Notebooks.Jupyter.ZeroMq;

/// <summary>The patterns of ZeroMQ that Jupyter uses.</summary>
internal enum SocketPattern
{
    Pair = 0,
    Publish = 1,
    Subscribe = 2,
    Request = 3,
    Reply = 4,
    Dealer = 5,
    Router = 6,
}

/// <summary>What sockets belong to. Ending it waits until they are closed and have sent what they hold.</summary>
internal sealed class ZeroMqContext : IDisposable
{
    private readonly nint _handle = ZeroMqLibrary.zmq_ctx_new();

    public ZeroMqSocket Open(SocketPattern pattern)
    {
        var socket = ZeroMqLibrary.zmq_socket(_handle, (int)pattern);
        return socket == 0 ? throw ZeroMqException.Last() : new ZeroMqSocket(socket);
    }

    public void Dispose() => _ = ZeroMqLibrary.zmq_ctx_term(_handle);
}

/// <summary>A socket of ZeroMQ. One thread at a time may use it.</summary>
internal sealed unsafe class ZeroMqSocket(nint handle) : IDisposable
{
    private const int IdentityOption = 5;
    private const int SubscribeOption = 6;
    private const int LingerOption = 17;
    private const int LargestMessageOption = 22;
    private const int SendLimitOption = 23;
    private const int HandOverOption = 56;
    private const int DoNotWait = 1;
    private const int More = 2;
    private const short Readable = 1;

    /// <summary>How long closing waits for what has not been sent yet, in milliseconds.</summary>
    public int Linger { set => Set(LingerOption, value); }

    /// <summary>How many messages are held for a slow reader before further ones are dropped; 0: all.</summary>
    public int SendLimit { set => Set(SendLimitOption, value); }

    /// <summary>A peer that sends a message with more bytes is disconnected.</summary>
    public long LargestMessage { set => Set(LargestMessageOption, BitConverter.GetBytes(value)); }

    /// <summary>What a router that this socket connects to calls it.</summary>
    public byte[] Identity { set => Set(IdentityOption, value); }

    /// <summary>Whether a router gives the identity of a peer that reconnects to the new connection.</summary>
    public bool HandOver { set => Set(HandOverOption, value ? 1 : 0); }

    /// <exception cref="ZeroMqException">The address is in use, or cannot be.</exception>
    public void Bind(string endpoint)
    {
        if (ZeroMqLibrary.zmq_bind(handle, endpoint) < 0)
            throw ZeroMqException.Last();
    }

    /// <summary>Connects; that the other side is there shows only when it answers.</summary>
    public void Connect(string endpoint)
    {
        if (ZeroMqLibrary.zmq_connect(handle, endpoint) < 0)
            throw ZeroMqException.Last();
    }

    /// <summary>Asks a publisher for everything.</summary>
    public void SubscribeToAll() => Set(SubscribeOption, []);

    /// <summary>Sends a message of one or more frames.</summary>
    public void Send(IReadOnlyList<byte[]> frames)
    {
        for (var i = 0; i < frames.Count; i++)
        {
            fixed (byte* bytes = frames[i])
            {
                while (ZeroMqLibrary.zmq_send(handle, bytes, (nuint)frames[i].Length, i + 1 < frames.Count ? More : 0) < 0)
                    if (ZeroMqException.Last() is { Code: not ZeroMqException.Interrupted } error)
                        throw error;
            }
        }
    }

    /// <summary>The frames of the next message that is there, or null where none is.</summary>
    public List<byte[]>? TryReceive()
    {
        var frames = new List<byte[]>();
        for (var more = true; more;)
        {
            var message = default(ZeroMqLibrary.Message);
            _ = ZeroMqLibrary.zmq_msg_init(ref message);
            try
            {
                if (ZeroMqLibrary.zmq_msg_recv(ref message, handle, DoNotWait) < 0)
                {
                    var error = ZeroMqException.Last();
                    if (error.Code == ZeroMqException.NothingThere)
                        return null;
                    if (error.Code != ZeroMqException.Interrupted)
                        throw error;
                    continue;
                }
                frames.Add(new ReadOnlySpan<byte>(ZeroMqLibrary.zmq_msg_data(ref message), (int)ZeroMqLibrary.zmq_msg_size(ref message)).ToArray());
                more = ZeroMqLibrary.zmq_msg_more(ref message) != 0;
            }
            finally
            {
                _ = ZeroMqLibrary.zmq_msg_close(ref message);
            }
        }
        return frames;
    }

    /// <summary>Waits until one of the sockets has a message, or for the given time; without one, for ever. Returns whether one has.</summary>
    public static bool Wait(IReadOnlyList<ZeroMqSocket> sockets, TimeSpan? atMost = null)
    {
        var items = stackalloc ZeroMqLibrary.PollItem[sockets.Count];
        for (var i = 0; i < sockets.Count; i++)
            items[i] = new ZeroMqLibrary.PollItem { Socket = sockets[i].Handle, Events = Readable };
        var ready = ZeroMqLibrary.zmq_poll(items, sockets.Count, atMost is { } time ? (nint)time.TotalMilliseconds : -1);
        return ready < 0 && ZeroMqException.Last() is { Code: not ZeroMqException.Interrupted } error ? throw error : ready > 0;
    }

    private nint Handle => handle;

    public void Dispose() => _ = ZeroMqLibrary.zmq_close(handle);

    private void Set(int option, int value) => Set(option, BitConverter.GetBytes(value));

    private void Set(int option, byte[] value)
    {
        fixed (byte* bytes = value)
        {
            if (ZeroMqLibrary.zmq_setsockopt(handle, option, bytes, (nuint)value.Length) < 0)
                throw ZeroMqException.Last();
        }
    }
}
