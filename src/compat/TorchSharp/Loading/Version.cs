using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The version of the libtorch in use, for example "1.13.0".</summary>
    public static string __version__ => Marshal.PtrToStringUTF8(NativeMethods.pt_version())!;
}
