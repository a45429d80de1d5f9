using System.Runtime.InteropServices;

namespace Polytask.Notebooks.Jupyter.ZeroMq;

/// <summary>libzmq's functions, by their own names (https://api.zeromq.org). Each gives -1, or a null pointer, where it fails.</summary>
internal static partial class ZeroMqLibrary
{
    private const string Name = "libzmq.so.5";

    /// <summary>What to say where the library is missing; null where it is there.</summary>
    public static string? Missing => NativeLibrary.TryLoad(Name, typeof(ZeroMqLibrary).Assembly, null, out _)
        ? null
        : "Jupyter cannot use this program: libzmq is not installed (apt-get install libzmq5).";

    /// <summary>A message in libzmq's memory; its size and alignment are part of libzmq's interface.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    public struct Message
    {
        private readonly long _opaque;
    }

    /// <summary>A socket to wait for.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollItem
    {
        public nint Socket;
        public int File;
        public short Events;
        public short ReadyEvents;
    }

    [LibraryImport(Name)]
    public static partial nint zmq_ctx_new();

    [LibraryImport(Name)]
    public static partial int zmq_ctx_term(nint context);

    [LibraryImport(Name, SetLastError = true)]
    public static partial nint zmq_socket(nint context, int type);

    [LibraryImport(Name)]
    public static partial int zmq_close(nint socket);

    [LibraryImport(Name, SetLastError = true)]
    public static unsafe partial int zmq_setsockopt(nint socket, int option, void* value, nuint length);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int zmq_bind(nint socket, string endpoint);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int zmq_connect(nint socket, string endpoint);

    [LibraryImport(Name, SetLastError = true)]
    public static unsafe partial int zmq_send(nint socket, byte* bytes, nuint length, int flags);

    [LibraryImport(Name)]
    public static partial int zmq_msg_init(ref Message message);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int zmq_msg_recv(ref Message message, nint socket, int flags);

    [LibraryImport(Name)]
    public static unsafe partial byte* zmq_msg_data(ref Message message);

    [LibraryImport(Name)]
    public static partial nuint zmq_msg_size(ref Message message);

    [LibraryImport(Name)]
    public static partial int zmq_msg_more(ref Message message);

    [LibraryImport(Name)]
    public static partial int zmq_msg_close(ref Message message);

    [LibraryImport(Name, SetLastError = true)]
    public static unsafe partial int zmq_poll(PollItem* items, int count, nint milliseconds);

    [LibraryImport(Name)]
    public static partial nint zmq_strerror(int error);
}
