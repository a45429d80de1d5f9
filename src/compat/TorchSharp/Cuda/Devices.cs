using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static bool cuda_is_available() => cuda.is_available();

    /// <summary>
    /// CUDA devices. Without one, <see cref="is_available"/> is false, <see cref="device_count"/> is 0, seeding and
    /// <see cref="empty_cache"/> do nothing, and all else throws an <see cref="InvalidOperationException"/> that says what is missing.
    /// </summary>
    public static unsafe partial class cuda
    {
        public static bool is_available() => device_count() > 0;

        public static bool is_cudnn_available() => is_available() && NativeMethods.pt_has_cudnn() != 0;

        public static int device_count() => NativeMethods.pt_cuda_devices();

        /// <summary>The device that "cuda" without an index means. TorchSharp has no such member.</summary>
        public static int current_device()
        {
            CudaSupport.Require("torch.cuda.current_device");
            int device;
            NativeCall.Check(CudaMethods.pt_cuda_current_device(&device));
            return device;
        }

        /// <summary>Makes it the device of streams, events and new kernels on this thread. TorchSharp has no such member.</summary>
        public static void set_device(Device device) =>
            NativeCall.Check(CudaMethods.pt_cuda_set_device(IndexOf(device, "torch.cuda.set_device")));

        /// <summary>Its name, for example "NVIDIA H100 80GB HBM3". TorchSharp has no such member.</summary>
        /// <param name="device">by default the current one</param>
        public static string get_device_name(Device? device = null)
        {
            const int room = 256;
            var name = stackalloc byte[room];
            var figures = stackalloc int[3];
            NativeCall.Check(CudaMethods.pt_cuda_properties(IndexOf(device, "torch.cuda.get_device_name"), name, room, figures));
            return Marshal.PtrToStringUTF8((nint)name)!;
        }

        /// <summary>Its compute capability, for example (9, 0). TorchSharp has no such member.</summary>
        /// <param name="device">by default the current one</param>
        public static (int major, int minor) get_device_capability(Device? device = null)
        {
            const int room = 256;
            var name = stackalloc byte[room];
            var figures = stackalloc int[3];
            NativeCall.Check(CudaMethods.pt_cuda_properties(IndexOf(device, "torch.cuda.get_device_capability"), name, room, figures));
            return (figures[0], figures[1]);
        }

        /// <summary>Waits for the work queued on all streams of the device.</summary>
        /// <param name="device">by default the current one</param>
        public static void synchronize(Device? device = null) =>
            NativeCall.Check(CudaMethods.pt_cuda_synchronize(IndexOf(device, "torch.cuda.synchronize")));

        /// <summary>Seeds the current device's default generator; does nothing where there is no CUDA.</summary>
        public static void manual_seed(long seed)
        {
            if (is_available()) Generator.SeedDefault(new Device(DeviceType.CUDA, current_device()), seed);
        }

        /// <summary>Seeds every device's default generator; does nothing where there is no CUDA.</summary>
        public static void manual_seed_all(long seed)
        {
            for (var device = 0; device < device_count(); device++) Generator.SeedDefault(new Device(DeviceType.CUDA, device), seed);
        }

        /// <summary>The index of a CUDA device, of the current one where none is given.</summary>
        private static int IndexOf(Device? device, string member)
        {
            if (device is null) return current_device();
            CudaSupport.Require(member);
            return device.type == DeviceType.CUDA ? device.index : throw new ArgumentException($"{member} takes a CUDA device, not {device}", nameof(device));
        }
    }
}
