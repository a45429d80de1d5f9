using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp.Loading;

namespace TorchSharp.Interop;

/// <summary>The shim's entry points, one for one. The library is found, and if need be compiled, by <see cref="NativeLoader"/>.</summary>
internal static unsafe partial class NativeMethods
{
    internal const string Library = "polytask-torch";

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The resolver must be there before the first native call, wherever that is made.")]
    internal static void Register() =>
        NativeLibrary.SetDllImportResolver(typeof(NativeMethods).Assembly, (name, _, _) => name == Library ? NativeLoader.Shim : 0);

    [DllImport(Library)] internal static extern byte* pt_last_error();
    [DllImport(Library)] internal static extern int pt_bind(byte* name, byte* overload, byte* arguments, nint* op);
    [DllImport(Library)] internal static extern int pt_call(nint op, Value* arguments, int count, Value* results, int capacity);
    [DllImport(Library)] internal static extern void pt_free_list(nint list);
    [DllImport(Library)] internal static extern void pt_release(nint handle);
    [DllImport(Library)] internal static extern nint pt_retain(nint handle);

    [DllImport(Library)] internal static extern long pt_dim(nint handle);
    [DllImport(Library)] internal static extern long pt_numel(nint handle);
    [DllImport(Library)] internal static extern int pt_dtype(nint handle);
    [DllImport(Library)] internal static extern long pt_element_size(nint handle);
    [DllImport(Library)] internal static extern int pt_requires_grad(nint handle);
    [DllImport(Library)] internal static extern int pt_is_leaf(nint handle);
    [DllImport(Library)] internal static extern int pt_is_contiguous(nint handle);
    [DllImport(Library)] internal static extern int pt_is_sparse(nint handle);
    [DllImport(Library)] internal static extern void pt_device(nint handle, int* type, int* index);
    [DllImport(Library)] internal static extern int pt_sizes(nint handle, long* sizes, int room);
    [DllImport(Library)] internal static extern int pt_strides(nint handle, long* strides);
    [DllImport(Library)] internal static extern int pt_data(nint handle, nint* data, long* storageOffset);

    [DllImport(Library)] internal static extern int pt_set_requires_grad(nint handle, int on);
    [DllImport(Library)] internal static extern int pt_retain_grad(nint handle);
    [DllImport(Library)] internal static extern int pt_grad(nint handle, Value* grad);
    [DllImport(Library)] internal static extern int pt_set_grad(nint handle, nint grad);
    [DllImport(Library)] internal static extern int pt_set_data(nint handle, nint data);
    [DllImport(Library)] internal static extern float* pt_floats(nint handle, int writes);

    [DllImport(Library)] internal static extern int pt_grad_enabled();
    [DllImport(Library)] internal static extern void pt_set_grad_enabled(int on);
    [DllImport(Library)] internal static extern int pt_inference_enabled();
    [DllImport(Library)] internal static extern nint pt_inference_enter(int on);
    [DllImport(Library)] internal static extern void pt_inference_leave(nint guard);

    [DllImport(Library)] internal static extern int pt_manual_seed(ulong seed);
    [DllImport(Library)] internal static extern int pt_generator_new(int deviceType, int deviceIndex, nint* generator);
    [DllImport(Library)] internal static extern int pt_generator_default(int deviceType, int deviceIndex, nint* generator);
    [DllImport(Library)] internal static extern void pt_generator_free(nint generator);
    [DllImport(Library)] internal static extern int pt_generator_set_seed(nint generator, ulong seed);
    [DllImport(Library)] internal static extern ulong pt_generator_seed(nint generator, int fresh);
    [DllImport(Library)] internal static extern int pt_generator_state(nint generator, Value* state);
    [DllImport(Library)] internal static extern int pt_generator_set_state(nint generator, nint state);

    [DllImport(Library)] internal static extern nint pt_version();
    [DllImport(Library)] internal static extern int pt_threads();
    [DllImport(Library)] internal static extern int pt_set_threads(int count);
    [DllImport(Library)] internal static extern int pt_interop_threads();
    [DllImport(Library)] internal static extern int pt_set_interop_threads(int count);
    [DllImport(Library)] internal static extern int pt_cuda_devices();
}
