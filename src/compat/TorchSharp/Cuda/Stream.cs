using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static unsafe partial class cuda
    {
        /// <summary>
        /// A queue of a device's work: what is in one runs in order, what is in two may run at once. Made from a pool that the process
        /// keeps. TorchSharp has no such member.
        /// </summary>
        public sealed class Stream : IEquatable<Stream>
        {
            /// <param name="device">by default the current one</param>
            /// <param name="priority">below zero: before others</param>
            public Stream(Device? device = null, int priority = 0)
            {
                this.device = new Device(DeviceType.CUDA, IndexOf(device, "torch.cuda.Stream"));
                long id;
                NativeCall.Check(CudaMethods.pt_cuda_stream_new(this.device.index, priority < 0 ? 1 : 0, &id));
                stream_id = id;
            }

            internal Stream(int device, long id)
            {
                this.device = new Device(DeviceType.CUDA, device);
                stream_id = id;
            }

            public Device device { get; }

            /// <summary>libtorch's number of it, among the streams of its device.</summary>
            public long stream_id { get; }

            /// <summary>Waits, on this thread, for all that is queued in it.</summary>
            public void synchronize() => NativeCall.Check(CudaMethods.pt_cuda_stream_synchronize(device.index, stream_id));

            /// <summary>Whether all that was queued is done.</summary>
            public bool query()
            {
                int done;
                NativeCall.Check(CudaMethods.pt_cuda_stream_query(device.index, stream_id, &done));
                return done != 0;
            }

            /// <summary>What is queued in this stream from now on runs after what is in the other one now.</summary>
            public void wait_stream(Stream stream)
            {
                using var here = stream.record_event();
                wait_event(here);
            }

            /// <summary>What is queued in this stream from now on runs after the event.</summary>
            public void wait_event(Event @event) => @event.wait(this);

            /// <summary>Marks this point of the stream, with a new event where none is given.</summary>
            public Event record_event(Event? @event = null)
            {
                @event ??= new Event();
                @event.record(this);
                return @event;
            }

            public bool Equals(Stream? other) => other is not null && device == other.device && stream_id == other.stream_id;

            public override bool Equals(object? obj) => Equals(obj as Stream);

            public override int GetHashCode() => HashCode.Combine(device, stream_id);

            public override string ToString() => $"stream {stream_id} of {device}";
        }

        /// <summary>The stream that this thread's work on the device goes to. TorchSharp has no such member.</summary>
        /// <param name="device">by default the current one</param>
        public static Stream current_stream(Device? device = null)
        {
            var index = IndexOf(device, "torch.cuda.current_stream");
            long id;
            NativeCall.Check(CudaMethods.pt_cuda_stream_current(index, &id));
            return new Stream(index, id);
        }

        /// <summary>The stream in use where none is chosen. TorchSharp has no such member.</summary>
        /// <param name="device">by default the current one</param>
        public static Stream default_stream(Device? device = null)
        {
            var index = IndexOf(device, "torch.cuda.default_stream");
            long id;
            NativeCall.Check(CudaMethods.pt_cuda_stream_default(index, &id));
            return new Stream(index, id);
        }

        /// <summary>
        /// This thread's work goes to the stream, and the stream's device is the current one, until the result is disposed on the same
        /// thread. TorchSharp has no such member.
        /// </summary>
        public static IDisposable stream(Stream stream) => new StreamMode(stream);
    }
}

/// <summary>A stream and its device in use on this thread; the end gives back the device that was current and that stream of it.</summary>
internal sealed class StreamMode : ThreadMode
{
    private readonly int formerDevice;
    private readonly torch.cuda.Stream formerStream;

    internal StreamMode(torch.cuda.Stream stream)
    {
        formerDevice = torch.cuda.current_device();
        formerStream = torch.cuda.current_stream(stream.device);
        NativeCall.Check(CudaMethods.pt_cuda_set_device(stream.device.index));
        NativeCall.Check(CudaMethods.pt_cuda_stream_make_current(stream.device.index, stream.stream_id));
    }

    protected override void Restore()
    {
        NativeCall.Check(CudaMethods.pt_cuda_stream_make_current(formerStream.device.index, formerStream.stream_id));
        NativeCall.Check(CudaMethods.pt_cuda_set_device(formerDevice));
    }
}
