using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text;

namespace TorchSharp.Interop;

/// <summary>Calls operators and turns what comes back into tensors, values or exceptions.</summary>
internal static unsafe class NativeCall
{
    /// <summary>Codes that a native function may return beside 0 and -1: memory ran out, and C# code that libtorch called threw.</summary>
    internal const int OutOfMemory = -2, Managed = -3;

    /// <summary>Looks an operator up once; the handle lives as long as the process.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static nint Bind(ref nint slot, string name, string overload, string arguments)
    {
        fixed (byte* n = Utf8("aten::" + name), o = Utf8(overload), a = Utf8(arguments))
        {
            nint op;
            Check(NativeMethods.pt_bind(n, o, a, &op));
            return slot = op;
        }
    }

    /// <summary>An operator with one tensor as its result.</summary>
    internal static torch.Tensor Tensor(nint op, Value* arguments, int count)
    {
        Value result;
        var code = NativeMethods.pt_call(op, arguments, count, &result, 1);
        if (code != 0) Retry(code, op, arguments, count, &result, 1);
        return ToTensor(in result)!;
    }

    /// <summary>An operator that changes its first argument.</summary>
    internal static void InPlace(nint op, Value* arguments, int count)
    {
        Value result;
        var code = NativeMethods.pt_call(op, arguments, count, &result, 1);
        if (code != 0) Retry(code, op, arguments, count, &result, 1);
    }

    /// <summary>An operator with any results, left in <paramref name="results"/>.</summary>
    internal static void Values(nint op, Value* arguments, int count, Value* results, int capacity)
    {
        var code = NativeMethods.pt_call(op, arguments, count, results, capacity);
        if (code != 0) Retry(code, op, arguments, count, results, capacity);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static torch.Tensor? ToTensor(in Value value) =>
        value.Tag == Value.TensorTag ? new torch.Tensor(value.Pointer, value.Extra) : null;

    internal static torch.Tensor[] ToTensors(in Value value)
    {
        var first = (Value*)value.Pointer;
        var tensors = new torch.Tensor[value.Extra];
        for (var k = 0; k < tensors.Length; k++) tensors[k] = ToTensor(in first[k])!;
        NativeMethods.pt_free_list(value.Pointer);
        return tensors;
    }

    internal static void Check(int code)
    {
        if (code != 0) Throw(code);
    }

    /// <summary>The error behind a code: the exception that C# code threw inside libtorch, as it was, or libtorch's own message.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Throw(int code)
    {
        if (code == Managed)
        {
            var problem = (Exception)GCHandle.FromIntPtr(NativeMethods.pt_pending_exception()).Target!;
            NativeMethods.pt_forget_exception();
            ExceptionDispatchInfo.Throw(problem);
        }
        throw new ExternalException(LastError());
    }

    /// <summary>Frees what nobody holds any more, and what the device's allocator keeps for later.</summary>
    internal static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        CudaMemory.EmptyCache();
    }

    internal static string LastError() => Marshal.PtrToStringUTF8((nint)NativeMethods.pt_last_error()) ?? "libtorch gave no message";

    internal static byte[] Utf8(string text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text) + 1];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }

    /// <summary>
    /// A failed call. When memory ran out, tensors that nobody holds any more are finalised and the device's cache is emptied, and
    /// the call is made once more; a tensor that a plain loop dropped must not cost a run.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Retry(int code, nint op, Value* arguments, int count, Value* results, int capacity)
    {
        if (code == OutOfMemory)
        {
            Collect();
            code = NativeMethods.pt_call(op, arguments, count, results, capacity);
            if (code == 0) return;
        }
        var message = LastError();
        if (code == OutOfMemory) message += "\n  free after collecting: " + CudaMemory.DescribeFree();
        throw new ExternalException(message);
    }
}
