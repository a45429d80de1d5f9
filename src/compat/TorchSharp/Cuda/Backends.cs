using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>How CUDA's libraries compute, for the whole process. The switches are there, without effect, where there is no CUDA.</summary>
    public static class backends
    {
        public static class cuda
        {
            public static class matmul
            {
                /// <summary>Products of float32 matrices in TF32: faster on devices since Ampere, with 10 bits of mantissa instead of 23.</summary>
                public static bool allow_tf32
                {
                    get => Get(BackendSetting.MatmulTf32);
                    set => Set(BackendSetting.MatmulTf32, value);
                }

                /// <summary>Whether products of float16 matrices may be summed in float16 too.</summary>
                public static bool allow_fp16_reduced_precision_reduction
                {
                    get => Get(BackendSetting.MatmulHalfReduction);
                    set => Set(BackendSetting.MatmulHalfReduction, value);
                }
            }

            public static bool flash_sdp_enabled() => Get(BackendSetting.FlashAttention);

            public static void enable_flash_sdp(bool enable) => Set(BackendSetting.FlashAttention, enable);

            public static bool math_sdp_enabled() => Get(BackendSetting.MathAttention);

            public static void enable_math_sdp(bool enable) => Set(BackendSetting.MathAttention, enable);
        }

        public static class cudnn
        {
            /// <summary>Convolutions of float32 in TF32.</summary>
            public static bool allow_tf32
            {
                get => Get(BackendSetting.CudnnTf32);
                set => Set(BackendSetting.CudnnTf32, value);
            }

            /// <summary>Whether cuDNN tries its algorithms for each new shape and keeps the fastest. TorchSharp has no such member.</summary>
            public static bool benchmark
            {
                get => Get(BackendSetting.CudnnBenchmark);
                set => Set(BackendSetting.CudnnBenchmark, value);
            }

            /// <summary>Whether cuDNN may use only algorithms that repeat their results. TorchSharp has no such member.</summary>
            public static bool deterministic
            {
                get => Get(BackendSetting.CudnnDeterministic);
                set => Set(BackendSetting.CudnnDeterministic, value);
            }

            /// <summary>Whether cuDNN is used at all. TorchSharp has no such member.</summary>
            public static bool enabled
            {
                get => Get(BackendSetting.CudnnEnabled);
                set => Set(BackendSetting.CudnnEnabled, value);
            }
        }

        private static unsafe bool Get(BackendSetting setting)
        {
            int on;
            NativeCall.Check(NativeMethods.pt_backend_get(setting, &on));
            return on != 0;
        }

        private static void Set(BackendSetting setting, bool on) => NativeCall.Check(NativeMethods.pt_backend_set(setting, on ? 1 : 0));
    }
}
