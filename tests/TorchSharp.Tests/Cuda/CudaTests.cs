using TorchSharp.Interop;
using TorchSharp.Loading;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Cuda;

/// <summary>What holds on every machine; what needs a device is in tests/gpu.</summary>
public class CudaTests
{
    [Fact]
    public void Without_a_device_asking_is_allowed()
    {
        Assert.Equal(cuda.device_count() > 0, cuda.is_available());
        Assert.Equal(cuda.is_available(), cuda_is_available());
        if (cuda.is_available()) return;
        Assert.Equal(0, cuda.device_count());
        Assert.False(cuda.is_cudnn_available());
        cuda.empty_cache();
        cuda.manual_seed(1);
        cuda.manual_seed_all(1);
    }

    [Fact]
    public void Seeding_CUDA_leaves_the_processors_numbers_alone()
    {
        manual_seed(5);
        var expected = randn(3).data<float>().ToArray();
        manual_seed(5);
        cuda.manual_seed(7);
        cuda.manual_seed_all(8);
        Assert.Equal(expected, randn(3).data<float>().ToArray());
    }

    public static TheoryData<string, Action> Members => new()
    {
        { "torch.cuda.current_device", () => cuda.current_device() },
        { "torch.cuda.set_device", () => cuda.set_device(CUDA) },
        { "torch.cuda.get_device_name", () => cuda.get_device_name(CUDA) },
        { "torch.cuda.get_device_capability", () => cuda.get_device_capability(CUDA) },
        { "torch.cuda.synchronize", () => cuda.synchronize(CUDA) },
        { "torch.cuda.memory_allocated", () => cuda.memory_allocated(CUDA) },
        { "torch.cuda.max_memory_allocated", () => cuda.max_memory_allocated(CUDA) },
        { "torch.cuda.memory_reserved", () => cuda.memory_reserved(CUDA) },
        { "torch.cuda.max_memory_reserved", () => cuda.max_memory_reserved(CUDA) },
        { "torch.cuda.reset_peak_memory_stats", () => cuda.reset_peak_memory_stats(CUDA) },
        { "torch.cuda.mem_get_info", () => cuda.mem_get_info(CUDA) },
        { "torch.cuda.Stream", () => _ = new cuda.Stream(CUDA) },
        { "torch.cuda.current_stream", () => cuda.current_stream(CUDA) },
        { "torch.cuda.default_stream", () => cuda.default_stream(CUDA) },
        { "torch.cuda.Event", () => _ = new cuda.Event() },
        { "torch.cuda.CUDAGraph", () => _ = new cuda.CUDAGraph() },
        { "torch.cuda.graph_pool_handle", () => cuda.graph_pool_handle() },
    };

    [Theory, MemberData(nameof(Members))]
    public void Without_a_device_the_rest_says_who_needs_what(string member, Action use)
    {
        if (cuda.is_available()) return;
        var message = Assert.Throws<InvalidOperationException>(use).Message;
        Assert.StartsWith(member + " needs", message);
        Assert.Contains(NativeLoader.Libtorch.LibraryFolder, message);
    }

    /// <summary>Three machines: a libtorch without CUDA, one with CUDA but no device, one whose shim was compiled without CUDA's headers.</summary>
    [Fact]
    public void Each_missing_part_has_its_message()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var without = NativeLoader.Libtorch with { LibraryFolder = folder };
            Assert.Contains("has none", CudaSupport.NoDevice("torch.cuda.Event", without));
            File.WriteAllText(Path.Combine(folder, "libtorch_cuda.so"), "");
            var with = NativeLoader.Libtorch with { LibraryFolder = folder };
            Assert.Contains("nvidia-smi", CudaSupport.NoDevice("torch.cuda.Event", with));
            var message = CudaSupport.NoHeaders("torch.cuda.Event", with);
            Assert.StartsWith("torch.cuda.Event", message);
            Assert.Contains("/usr/local/cuda/include", message);
            Assert.Contains("CUDA_HOME", message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Switches_of_CUDAs_libraries_keep_what_they_are_set_to()
    {
        (Func<bool> Get, Action<bool> Set)[] switches =
        [
            (() => backends.cuda.matmul.allow_tf32, on => backends.cuda.matmul.allow_tf32 = on),
            (() => backends.cuda.matmul.allow_fp16_reduced_precision_reduction, on => backends.cuda.matmul.allow_fp16_reduced_precision_reduction = on),
            (() => backends.cudnn.allow_tf32, on => backends.cudnn.allow_tf32 = on),
            (() => backends.cudnn.benchmark, on => backends.cudnn.benchmark = on),
            (() => backends.cudnn.deterministic, on => backends.cudnn.deterministic = on),
            (() => backends.cudnn.enabled, on => backends.cudnn.enabled = on),
            (backends.cuda.flash_sdp_enabled, backends.cuda.enable_flash_sdp),
            (backends.cuda.math_sdp_enabled, backends.cuda.enable_math_sdp),
        ];
        // PyTorch's documented defaults, in that order: one switch taken for another would not pass.
        Assert.Equal([false, true, true, false, false, true, true, true], switches.Select(s => s.Get()));
        foreach (var (get, set) in switches)
        {
            var others = switches.Where(s => s.Get != get).Select(s => s.Get()).ToArray();
            var before = get();
            set(!before);
            Assert.Equal(!before, get());
            Assert.Equal(others, switches.Where(s => s.Get != get).Select(s => s.Get()));
            set(before);
        }
    }
}
