using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static unsafe partial class cuda
    {
        /// <summary>Bytes that tensors take on the device. TorchSharp has no such member.</summary>
        /// <param name="device">by default the current one</param>
        public static long memory_allocated(Device? device = null) => Figures(device, "torch.cuda.memory_allocated").Allocated;

        /// <summary>The most that tensors took since the last <see cref="reset_peak_memory_stats"/>. TorchSharp has no such member.</summary>
        /// <param name="device">by default the current one</param>
        public static long max_memory_allocated(Device? device = null) => Figures(device, "torch.cuda.max_memory_allocated").AllocatedPeak;

        /// <summary>Bytes that libtorch has taken from the device, tensors' and kept ones. TorchSharp has no such member.</summary>
        /// <param name="device">by default the current one</param>
        public static long memory_reserved(Device? device = null) => Figures(device, "torch.cuda.memory_reserved").Reserved;

        /// <summary>The most that libtorch had taken since the last <see cref="reset_peak_memory_stats"/>. TorchSharp has no such member.</summary>
        /// <param name="device">by default the current one</param>
        public static long max_memory_reserved(Device? device = null) => Figures(device, "torch.cuda.max_memory_reserved").ReservedPeak;

        /// <summary>Lets the two peaks start again from what is taken now. TorchSharp has no such member.</summary>
        /// <param name="device">by default the current one</param>
        public static void reset_peak_memory_stats(Device? device = null) =>
            NativeCall.Check(CudaMethods.pt_cuda_reset_peaks(IndexOf(device, "torch.cuda.reset_peak_memory_stats")));

        /// <summary>Bytes that are free on the device, for whatever process, and all it has. TorchSharp has no such member.</summary>
        /// <param name="device">by default the current one</param>
        public static (long free, long total) mem_get_info(Device? device = null)
        {
            long free, total;
            NativeCall.Check(CudaMethods.pt_cuda_device_memory(IndexOf(device, "torch.cuda.mem_get_info"), &free, &total));
            return (free, total);
        }

        /// <summary>
        /// Gives memory that no tensor uses back to the device, for other processes; does nothing where there is no CUDA.
        /// TorchSharp has no such member.
        /// </summary>
        public static void empty_cache()
        {
            if (!is_available()) return;
            CudaSupport.Require("torch.cuda.empty_cache");
            NativeCall.Check(CudaMethods.pt_cuda_empty_cache());
        }

        private static (long Allocated, long Reserved, long AllocatedPeak, long ReservedPeak) Figures(Device? device, string member)
        {
            var figures = stackalloc long[4];
            NativeCall.Check(CudaMethods.pt_cuda_memory(IndexOf(device, member), figures));
            return (figures[0], figures[1], figures[2], figures[3]);
        }
    }
}
