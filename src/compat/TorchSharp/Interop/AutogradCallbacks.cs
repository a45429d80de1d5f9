using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace TorchSharp.Interop;

/// <summary>
/// Where libtorch's engine calls back. It does so on the thread that asked for the backward pass, or on one of its own (a thread for
/// each CUDA device, and more when passes are nested deeply), whose gradient mode it has set; such a thread has no dispose scope.
/// Exceptions may not pass through native code: they travel as handles and are thrown again where the pass was asked for.
/// </summary>
internal static unsafe class AutogradCallbacks
{
    private static readonly bool isStarted = Start();

    /// <summary>The shim's <c>struct Callbacks</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Table
    {
        internal delegate* unmanaged<nint, nint, Value**, int*, nint*, int> Forward;
        internal delegate* unmanaged<nint, nint, Value*, int, Value*, int, nint*, int> Backward;
        internal delegate* unmanaged<nint, Value*, Value*, nint*, int> Hook;
        internal delegate* unmanaged<byte*, int, nint*, int> Stack;
        internal delegate* unmanaged<nint, void> Release;
    }

    /// <summary>A handle to give away; libtorch gives it back through <see cref="Release"/> when the last graph that needs it is gone.</summary>
    internal static nint Handle(object state)
    {
        _ = isStarted;
        return GCHandle.ToIntPtr(GCHandle.Alloc(state));
    }

    /// <summary>Makes sure that libtorch knows where to call.</summary>
    internal static void EnsureStarted() => _ = isStarted;

    private static bool Start()
    {
        var table = new Table { Forward = &Forward, Backward = &Backward, Hook = &Hook, Stack = &Stack, Release = &Release };
        NativeMethods.pt_autograd_start(&table);
        return true;
    }

    private static T Target<T>(nint handle) where T : class => Unsafe.As<T>(GCHandle.FromIntPtr(handle).Target!);

    private static int Failure(Exception problem, nint* error)
    {
        *error = GCHandle.ToIntPtr(GCHandle.Alloc(problem));
        return -1;
    }

    [UnmanagedCallersOnly]
    private static int Forward(nint state, nint context, Value** outputs, int* count, nint* error)
    {
        try
        {
            var made = Target<FunctionCall>(state).Forward(context);
            var values = (Value*)NativeMemory.Alloc((nuint)(made.Count + 1), (nuint)sizeof(Value));
            for (var k = 0; k < made.Count; k++) Give(made[k], values + k);
            *outputs = values;
            *count = made.Count;
            return 0;
        }
        catch (Exception problem)
        {
            return Failure(problem, error);
        }
    }

    [UnmanagedCallersOnly]
    private static int Backward(nint state, nint context, Value* grads, int count, Value* results, int capacity, nint* error)
    {
        try
        {
            var given = new torch.Tensor?[count];
            for (var k = 0; k < count; k++) given[k] = NativeCall.ToTensor(in grads[k]);
            var found = Target<FunctionCall>(state).Backward(context, given);
            for (var k = 0; k < capacity; k++) Give(found[k], results + k);
            return 0;
        }
        catch (Exception problem)
        {
            return Failure(problem, error);
        }
    }

    [UnmanagedCallersOnly]
    private static int Hook(nint state, Value* grad, Value* result, nint* error)
    {
        try
        {
            Give(Target<TensorHook>(state).Run(NativeCall.ToTensor(in *grad)!), result);
            return 0;
        }
        catch (Exception problem)
        {
            return Failure(problem, error);
        }
    }

    [UnmanagedCallersOnly]
    private static int Stack(byte* text, int capacity, nint* error)
    {
        try
        {
            var lines = CallerStack.Describe();
            var space = new Span<byte>(text, capacity);
            Encoding.UTF8.GetEncoder().Convert(lines, space[..^1], flush: true, out _, out var used, out _);
            space[used] = 0;
            return 0;
        }
        catch (Exception problem)
        {
            return Failure(problem, error);
        }
    }

    [UnmanagedCallersOnly]
    private static void Release(nint handle)
    {
        var held = GCHandle.FromIntPtr(handle);
        (held.Target as FunctionCall)?.Forget();
        held.Free();
    }

    private static void Give(torch.Tensor? tensor, Value* value)
    {
        *value = default;
        if (tensor is null || tensor.IsInvalid) return;
        value->Tag = Value.TensorTag;
        value->Pointer = NativeMethods.pt_retain(tensor.Handle);
        GC.KeepAlive(tensor);
    }
}
