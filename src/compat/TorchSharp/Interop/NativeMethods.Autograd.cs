using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The backward pass: shim_autograd.cpp.</summary>
internal static unsafe partial class NativeMethods
{
    [DllImport(Library)] internal static extern void pt_autograd_start(AutogradCallbacks.Table* callbacks);
    [DllImport(Library)] internal static extern nint pt_pending_exception();
    [DllImport(Library)] internal static extern void pt_forget_exception();

    [DllImport(Library)]
    internal static extern int pt_backward(
        nint* outputs, int outputCount, nint* grads, int gradCount, int retain, int create, nint* inputs, int inputCount);

    [DllImport(Library)]
    internal static extern int pt_gradients(
        nint* outputs, int outputCount, nint* inputs, int inputCount, nint* grads, int gradCount, int retain, int create, int allowUnused,
        Value* results);

    [DllImport(Library)]
    internal static extern int pt_gradients_batched(
        nint* outputs, int outputCount, nint* inputs, int inputCount, nint* grads, int gradCount, long batch, int retain, int create,
        int allowUnused, Value* results);

    [DllImport(Library)] internal static extern int pt_function_apply(nint state, byte* name, nint* inputs, int inputCount, Value* outputs);

    [DllImport(Library)]
    internal static extern int pt_context_set(
        nint context, nint* saved, int savedCount, nint* dirty, int dirtyCount, nint* constant, int constantCount, int materialize, long inputCount);

    [DllImport(Library)] internal static extern int pt_context_saved(nint context, Value* saved);

    [DllImport(Library)] internal static extern int pt_hook_add(nint handle, nint state, nint* hook);
    [DllImport(Library)] internal static extern int pt_hook_remove(nint hook);
    [DllImport(Library)] internal static extern void pt_hook_free(nint hook);

    [DllImport(Library)] internal static extern int pt_anomaly_enabled();
    [DllImport(Library)] internal static extern int pt_anomaly_checks_nan();
    [DllImport(Library)] internal static extern void pt_set_anomaly(int on, int checkNan);
}
