using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>
/// What happens when memory runs out in a backward pass. A pass that keeps its graph and only returns gradients is made once more after
/// a collection, as an operator's call is. No other pass may be: it has freed the part of the graph that it went through, or has added
/// some gradients to their leaves already and would add them twice.
/// </summary>
internal struct BackwardPass(bool isRepeatable)
{
    private bool isRepeated;

    /// <summary>What the native call returned.</summary>
    internal int Code;

    /// <summary>Whether the pass failed and is worth making again.</summary>
    /// <exception cref="ExternalException">it failed and is not</exception>
    internal bool NeedsAnother()
    {
        if (Code == 0) return false;
        if (Code != NativeCall.OutOfMemory || isRepeated || !isRepeatable)
        {
            Throw(Code, isRepeated);
        }
        NativeCall.Collect();
        return isRepeated = true;
    }

    /// <summary>For a pass that cannot be made again.</summary>
    internal static void Check(int code)
    {
        if (code != 0) Throw(code, isRepeated: false);
    }

    private static void Throw(int code, bool isRepeated)
    {
        if (code != NativeCall.OutOfMemory) NativeCall.Throw(code);
        var message = NativeCall.LastError();
        NativeCall.Collect();
        throw new ExternalException(
            $"{message}\n  in a backward pass; free after collecting: {CudaMemory.DescribeFree()}\n  " +
            (isRepeated
                ? "The pass was made twice, with a collection in between."
                : "The pass was not made again, since it may have freed part of the graph or added some gradients: forget the gradients and start from forward."));
    }
}
