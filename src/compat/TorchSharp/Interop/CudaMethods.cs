using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The entry points of shim_cuda.cpp. A shim that was compiled without CUDA's headers lacks them: ask <see cref="CudaSupport"/> first.</summary>
internal static unsafe class CudaMethods
{
    private const string Library = NativeMethods.Library;

    [DllImport(Library)] internal static extern int pt_cuda_current_device(int* device);
    [DllImport(Library)] internal static extern int pt_cuda_set_device(int device);
    [DllImport(Library)] internal static extern int pt_cuda_properties(int device, byte* name, int size, int* figures);
    [DllImport(Library)] internal static extern int pt_cuda_synchronize(int device);

    [DllImport(Library)] internal static extern int pt_cuda_empty_cache();
    [DllImport(Library)] internal static extern int pt_cuda_memory(int device, long* figures);
    [DllImport(Library)] internal static extern int pt_cuda_reset_peaks(int device);
    [DllImport(Library)] internal static extern int pt_cuda_device_memory(int device, long* free, long* total);

    [DllImport(Library)] internal static extern int pt_cuda_stream_new(int device, int highPriority, long* id);
    [DllImport(Library)] internal static extern int pt_cuda_stream_current(int device, long* id);
    [DllImport(Library)] internal static extern int pt_cuda_stream_default(int device, long* id);
    [DllImport(Library)] internal static extern int pt_cuda_stream_make_current(int device, long id);
    [DllImport(Library)] internal static extern int pt_cuda_stream_synchronize(int device, long id);
    [DllImport(Library)] internal static extern int pt_cuda_stream_query(int device, long id, int* done);

    [DllImport(Library)] internal static extern nint pt_cuda_event_new(int timing, int blocking);
    [DllImport(Library)] internal static extern void pt_cuda_event_free(nint @event);
    [DllImport(Library)] internal static extern int pt_cuda_event_record(nint @event, int device, long stream);
    [DllImport(Library)] internal static extern int pt_cuda_event_wait(nint @event, int device, long stream);
    [DllImport(Library)] internal static extern int pt_cuda_event_query(nint @event, int* done);
    [DllImport(Library)] internal static extern int pt_cuda_event_synchronize(nint @event);
    [DllImport(Library)] internal static extern int pt_cuda_event_elapsed(nint from, nint to, float* milliseconds);

    [DllImport(Library)] internal static extern int pt_cuda_graph_new(nint* graph);
    [DllImport(Library)] internal static extern void pt_cuda_graph_free(nint graph);
    [DllImport(Library)] internal static extern int pt_cuda_graph_begin(nint graph, ulong poolFirst, ulong poolSecond, int mode);
    [DllImport(Library)] internal static extern int pt_cuda_graph_end(nint graph);
    [DllImport(Library)] internal static extern int pt_cuda_graph_replay(nint graph);
    [DllImport(Library)] internal static extern int pt_cuda_graph_reset(nint graph);
    [DllImport(Library)] internal static extern int pt_cuda_graph_pool(nint graph, ulong* pool);
    [DllImport(Library)] internal static extern int pt_cuda_graph_new_pool(ulong* pool);
}
