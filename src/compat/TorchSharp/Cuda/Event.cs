using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static unsafe partial class cuda
    {
        /// <summary>A point in a stream, to wait for or to measure from. TorchSharp has no such member.</summary>
        public sealed class Event : IDisposable
        {
            private nint handle;

            /// <param name="enable_timing">whether <see cref="elapsed_time"/> will be asked for</param>
            /// <param name="blocking">whether <see cref="synchronize"/> sleeps rather than spins</param>
            public Event(bool enable_timing = false, bool blocking = false)
            {
                CudaSupport.Require("torch.cuda.Event");
                handle = CudaMethods.pt_cuda_event_new(enable_timing ? 1 : 0, blocking ? 1 : 0);
            }

            ~Event() => Free();

            private nint Handle => handle != 0 ? handle : throw new ObjectDisposedException(nameof(Event));

            /// <param name="stream">by default the current one</param>
            public void record(Stream? stream = null)
            {
                stream ??= current_stream();
                Check(CudaMethods.pt_cuda_event_record(Handle, stream.device.index, stream.stream_id));
            }

            /// <summary>What the stream gets from now on runs after the event; at once, if it was never recorded.</summary>
            /// <param name="stream">by default the current one</param>
            public void wait(Stream? stream = null)
            {
                stream ??= current_stream();
                Check(CudaMethods.pt_cuda_event_wait(Handle, stream.device.index, stream.stream_id));
            }

            /// <summary>Whether all before the event is done; true if it was never recorded.</summary>
            public bool query()
            {
                int done;
                Check(CudaMethods.pt_cuda_event_query(Handle, &done));
                return done != 0;
            }

            /// <summary>Waits, on this thread, for all that is before the event.</summary>
            public void synchronize() => Check(CudaMethods.pt_cuda_event_synchronize(Handle));

            /// <summary>Milliseconds from this event to the other; both must be done and made with <c>enable_timing</c>.</summary>
            public float elapsed_time(Event end_event)
            {
                float milliseconds;
                Check(CudaMethods.pt_cuda_event_elapsed(Handle, end_event.Handle, &milliseconds));
                GC.KeepAlive(end_event);
                return milliseconds;
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
                if (owned != 0) CudaMethods.pt_cuda_event_free(owned);
            }
        }
    }
}
