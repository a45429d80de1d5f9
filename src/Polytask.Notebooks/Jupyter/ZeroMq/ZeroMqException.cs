using System.Runtime.InteropServices;

namespace Polytask.Notebooks.Jupyter.ZeroMq;

/// <summary>A call of libzmq failed; the message is libzmq's own.</summary>
internal sealed class ZeroMqException(int code) : IOException(Marshal.PtrToStringUTF8(ZeroMqLibrary.zmq_strerror(code)))
{
    public const int Interrupted = 4;
    public const int NothingThere = 11;

    /// <summary>The system's number of the error.</summary>
    public int Code => code;

    /// <summary>What the last call that failed on this thread says.</summary>
    public static ZeroMqException Last() => new(Marshal.GetLastPInvokeError());
}
