using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static unsafe partial class cuda
    {
        /// <summary>
        /// Work of a device, recorded once and started again as a whole: no operator is called while it runs. It reads and writes the
        /// tensors of the capture at their addresses: put new data into its inputs with <c>copy_</c>, and keep its outputs (their
        /// memory is the graph's own). TorchSharp has no such member.
        /// </summary>
        public sealed class CUDAGraph : IDisposable
        {
            private nint handle;

            public CUDAGraph()
            {
                CudaSupport.Require("torch.cuda.CUDAGraph");
                nint made;
                NativeCall.Check(CudaMethods.pt_cuda_graph_new(&made));
                handle = made;
            }

            ~CUDAGraph() => Free();

            private nint Handle => handle != 0 ? handle : throw new ObjectDisposedException(nameof(CUDAGraph));

            /// <summary>Starts to record the current stream, which must not be the default one; <see cref="graph"/> is simpler.</summary>
            /// <param name="pool">memory to share with another graph (<see cref="pool"/>) that never runs at the same time</param>
            /// <param name="capture_error_mode">
            /// "global": no thread, "thread_local": not this thread, may meanwhile do what a capture cannot hold (as taking memory from
            /// the device); "relaxed": any may
            /// </param>
            public void capture_begin((ulong, ulong)? pool = null, string capture_error_mode = "global")
            {
                var mode = Array.IndexOf(captureModes, capture_error_mode);
                if (mode < 0)
                    throw new ArgumentException(
                        $"'{capture_error_mode}' is not a capture_error_mode; there are {string.Join(", ", captureModes)}", nameof(capture_error_mode));
                var (first, second) = pool ?? default;
                Check(CudaMethods.pt_cuda_graph_begin(Handle, first, second, mode));
            }

            public void capture_end() => Check(CudaMethods.pt_cuda_graph_end(Handle));

            /// <summary>Queues the recorded work in the current stream.</summary>
            public void replay() => Check(CudaMethods.pt_cuda_graph_replay(Handle));

            /// <summary>Forgets what was recorded and gives its memory back.</summary>
            public void reset() => Check(CudaMethods.pt_cuda_graph_reset(Handle));

            /// <summary>The memory of this graph, for the capture of another.</summary>
            public (ulong, ulong) pool()
            {
                var id = stackalloc ulong[2];
                Check(CudaMethods.pt_cuda_graph_pool(Handle, id));
                return (id[0], id[1]);
            }

            public void Dispose()
            {
                Free();
                GC.SuppressFinalize(this);
            }

            // Not for the finalizer before the call is over.
            private void Check(int code)
            {
                NativeCall.Check(code);
                GC.KeepAlive(this);
            }

            private void Free()
            {
                var owned = Interlocked.Exchange(ref handle, 0);
                if (owned != 0) CudaMethods.pt_cuda_graph_free(owned);
            }
        }

        // At their places in CUDA's enumeration.
        private static readonly string[] captureModes = ["global", "thread_local", "relaxed"];

        /// <summary>New memory for graphs to share. TorchSharp has no such member.</summary>
        public static (ulong, ulong) graph_pool_handle()
        {
            CudaSupport.Require("torch.cuda.graph_pool_handle");
            var id = stackalloc ulong[2];
            NativeCall.Check(CudaMethods.pt_cuda_graph_new_pool(id));
            return (id[0], id[1]);
        }

        /// <summary>
        /// Records this thread's work into the graph, on a stream of its own, until the result is disposed; nothing runs meanwhile. Run
        /// the work a few times on a side stream first, so that libraries are loaded and optimisers have their state. Tensors that are
        /// read back (<c>item</c>), sizes that depend on values, and host memory have no place in it. TorchSharp has no such member.
        /// </summary>
        /// <param name="cuda_graph">a graph that holds nothing yet</param>
        /// <param name="pool">memory to share with another graph that never runs at the same time</param>
        /// <param name="stream">by default a new one</param>
        /// <param name="capture_error_mode">see <see cref="CUDAGraph.capture_begin"/></param>
        public static IDisposable graph(
            CUDAGraph cuda_graph, (ulong, ulong)? pool = null, Stream? stream = null, string capture_error_mode = "global") =>
            new CaptureMode(cuda_graph, pool, stream, capture_error_mode);
    }
}

/// <summary>A capture that is under way.</summary>
internal sealed class CaptureMode : ThreadMode
{
    private readonly torch.cuda.CUDAGraph graph;
    private readonly IDisposable streamMode;

    internal CaptureMode(torch.cuda.CUDAGraph graph, (ulong, ulong)? pool, torch.cuda.Stream? stream, string errorMode)
    {
        this.graph = graph;
        // What is freed while a capture is under way cannot be used again before its end, and a full device cannot be relieved then.
        torch.cuda.synchronize();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        torch.cuda.empty_cache();
        streamMode = torch.cuda.stream(stream ?? new torch.cuda.Stream());
        try
        {
            graph.capture_begin(pool, errorMode);
        }
        catch
        {
            streamMode.Dispose();
            throw;
        }
    }

    protected override void Restore()
    {
        try
        {
            graph.capture_end();
        }
        finally
        {
            streamMode.Dispose();
        }
    }
}
