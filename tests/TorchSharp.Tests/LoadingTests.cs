using TorchSharp.Loading;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

public class LoadingTests
{
    [Fact]
    public void A_named_folder_without_libtorch_is_an_error_and_no_other_is_tried()
    {
        var before = Environment.GetEnvironmentVariable("LIBTORCH");
        var empty = Directory.CreateTempSubdirectory().FullName;
        try
        {
            Environment.SetEnvironmentVariable("LIBTORCH", empty);
            Assert.Contains(empty, Assert.Throws<DllNotFoundException>(Libtorch.Find).Message);
        }
        finally
        {
            Environment.SetEnvironmentVariable("LIBTORCH", before);
            Directory.Delete(empty);
        }
    }

    /// <summary>Where pip puts it: a virtual environment's python3 is a link to one elsewhere, whose packages are not meant.</summary>
    [Theory, InlineData("PATH", "env/bin"), InlineData("VIRTUAL_ENV", "env"), InlineData("PYTHONPATH", "env/lib/python3.12/site-packages")]
    public void Pythons_libtorch_is_found_beside_the_Python_that_would_run(string variable, string value)
    {
        var root = Directory.CreateTempSubdirectory().FullName;
        string[] variables = ["PATH", "VIRTUAL_ENV", "PYTHONPATH"];
        var before = variables.Select(Environment.GetEnvironmentVariable).ToArray();
        try
        {
            var torch = Path.Combine(root, "env/lib/python3.12/site-packages/torch");
            foreach (var folder in new[] { "lib", "include/ATen" }) Directory.CreateDirectory(Path.Combine(torch, folder));
            File.WriteAllText(Path.Combine(torch, "lib/libtorch_cpu.so"), "");
            Directory.CreateDirectory(Path.Combine(root, "system/bin"));
            File.WriteAllText(Path.Combine(root, "system/bin/python3.12"), "");
            Directory.CreateDirectory(Path.Combine(root, "env/bin"));
            File.CreateSymbolicLink(Path.Combine(root, "env/bin/python3"), Path.Combine(root, "system/bin/python3.12"));
            foreach (var name in variables) Environment.SetEnvironmentVariable(name, name == variable ? Path.Combine(root, value) : "");
            Assert.Equal(Path.Combine(torch, "lib"), Libtorch.InPython()?.LibraryFolder);
        }
        finally
        {
            foreach (var (name, former) in variables.Zip(before)) Environment.SetEnvironmentVariable(name, former);
            Directory.Delete(root, recursive: true);
        }
    }

    [Theory]
    [InlineData("Prescott", true, true, "SkylakeX")]
    [InlineData("Nehalem", true, false, "Haswell")]
    [InlineData("Prescott", false, false, null)]
    [InlineData("Cooperlake", true, true, null)]
    [InlineData("Zen", true, true, null)]
    [InlineData("", true, true, null)]
    public void A_processor_that_OpenBLAS_is_too_old_to_know_is_told_by_what_it_can(string taken, bool hasAvx2, bool hasAvx512, string? told) =>
        Assert.Equal(told, OpenBlasCore.Better(taken, hasAvx2, hasAvx512));

    [Fact]
    public void The_OpenBLAS_in_use_knows_what_the_processor_can()
    {
        zeros(1).Dispose();
        if (Blas.OpenBlasFolder is not { } folder || !NativeLoader.Libtorch.IsDebian) return;
        if (Environment.GetEnvironmentVariable("OPENBLAS_CORETYPE") is { Length: > 0 }) return;
        var core = OpenBlasCore.Of(System.Runtime.InteropServices.NativeLibrary.Load(Path.Combine(folder, "libopenblas.so.0")));
        Assert.NotEqual("", core);
        Assert.Null(OpenBlasCore.Better(core, System.Runtime.Intrinsics.X86.Avx2.IsSupported, false));
    }

    [Fact]
    public void CUDAs_headers_are_taken_whole_and_only_for_a_libtorch_with_CUDA()
    {
        var packages = Directory.CreateTempSubdirectory().FullName;
        var before = Environment.GetEnvironmentVariable("CUDA_HOME");
        try
        {
            Environment.SetEnvironmentVariable("CUDA_HOME", Path.Combine(packages, "toolkit"));
            var libtorch = new Libtorch(Path.Combine(packages, "torch/lib"), Path.Combine(packages, "torch/include"), IsDebian: false);
            foreach (var folder in new[] { "torch/lib", "nvidia/cuda_runtime/include", "nvidia/cu13/include/crt", "toolkit/include/crt" })
                Directory.CreateDirectory(Path.Combine(packages, folder));
            foreach (var file in new[] { "nvidia/cuda_runtime/include/cuda_runtime_api.h", "nvidia/cu13/include/cuda_runtime_api.h", "nvidia/cu13/include/crt/host_defines.h" })
                File.WriteAllText(Path.Combine(packages, file), "");
            Assert.Null(new CudaHeaders(libtorch).Folder);
            File.WriteAllText(Path.Combine(packages, "torch/lib/libtorch_cuda.so"), "");
            Assert.Equal(Path.Combine(packages, "nvidia/cu13/include"), new CudaHeaders(libtorch).Folder);
            foreach (var file in new[] { "cuda_runtime_api.h", "crt/host_defines.h" }) File.WriteAllText(Path.Combine(packages, "toolkit/include", file), "");
            Assert.Equal(Path.Combine(packages, "toolkit/include"), new CudaHeaders(libtorch).Folder);
        }
        finally
        {
            Environment.SetEnvironmentVariable("CUDA_HOME", before);
            Directory.Delete(packages, recursive: true);
        }
    }

    [Fact]
    public void A_shim_of_another_version_is_refused_with_both_versions()
    {
        NativeLoader.CompareVersions("1.13.0", "Build settings: TORCH_VERSION=1.13.1, USE_CUDA=0", "/lib");
        var message = Assert.Throws<DllNotFoundException>(() => NativeLoader.CompareVersions("1.13.0", "TORCH_VERSION=2.11.0, ", "/somewhere")).Message;
        Assert.Contains("1.13.0", message);
        Assert.Contains("2.11.0", message);
        Assert.Contains("/somewhere", message);
    }

    [Fact]
    public void Every_process_that_compiles_at_once_ends_with_a_whole_shim()
    {
        InCacheOfItsOwn(cache =>
        {
            var libtorch = Libtorch.Find();
            var files = new string[2];
            Parallel.For(0, 2, k => files[k] = new ShimBuild(libtorch).Provide());
            Assert.Equal(files[0], files[1]);
            Assert.Equal([files[0]], Directory.GetFiles(Path.Combine(cache, "polytask")));
            System.Runtime.InteropServices.NativeLibrary.Free(System.Runtime.InteropServices.NativeLibrary.Load(files[0]));
            // A closed copy has registered its product of batches, too, and must not be gone.
            using var product = torch.ones(8, 16, 16).bmm(torch.ones(8, 16, 16));
            Assert.Equal(16f * 8 * 16 * 16, product.sum().item<float>());
        });
    }

    [Fact]
    public void A_shim_cut_short_is_compiled_again_and_never_loaded()
    {
        var build = new ShimBuild(Libtorch.Find());
        var whole = File.ReadAllBytes(build.Provide());
        InCacheOfItsOwn(_ =>
        {
            var file = build.FilePath;
            // What a full disk leaves: the start of a shim. Loading it would end the process with a bus error.
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            foreach (var length in new[] { 0, 100, whole.Length / 2, whole.Length - 1 })
            {
                File.WriteAllBytes(file, whole[..length]);
                Assert.False(ShimBuild.IsWhole(file));
            }
            Assert.Equal(file, build.Provide());
            Assert.True(ShimBuild.IsWhole(file));
            System.Runtime.InteropServices.NativeLibrary.Free(System.Runtime.InteropServices.NativeLibrary.Load(file));
        });
    }

    [Fact]
    public void A_shim_that_does_not_load_is_reported_with_the_library_and_what_to_do()
    {
        InCacheOfItsOwn(cache =>
        {
            var file = Path.Combine(cache, "shim.so");
            File.WriteAllText(file, "not a library");
            var libtorch = Libtorch.Find();
            var message = Assert.Throws<DllNotFoundException>(() => NativeLoader.LoadShim(file, libtorch)).Message;
            Assert.Contains(libtorch.LibraryFolder, message);
            Assert.Contains(libtorch.Version, message);
            Assert.Contains("LIBTORCH", message);
        });
    }

    [Fact]
    public void A_part_of_libtorch_that_does_not_load_is_named()
    {
        InCacheOfItsOwn(cache =>
        {
            var file = Path.Combine(cache, "libtorch_cuda.so");
            File.WriteAllText(file, "not a library");
            var message = Assert.Throws<DllNotFoundException>(() => NativeLoader.LoadLibrary(file)).Message;
            Assert.Contains(file, message);
            Assert.Contains("LD_LIBRARY_PATH", message);
        });
    }

    [Fact]
    public void Without_a_compiler_the_message_gives_the_line_to_run()
    {
        var path = Environment.GetEnvironmentVariable("PATH");
        InCacheOfItsOwn(_ =>
        {
            try
            {
                Environment.SetEnvironmentVariable("PATH", "");
                var message = Assert.Throws<DllNotFoundException>(() => new ShimBuild(Libtorch.Find()).Provide()).Message;
                Assert.Contains("g++", message);
                Assert.Contains("apt-get install", message);
            }
            finally
            {
                Environment.SetEnvironmentVariable("PATH", path);
            }
        });
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_named()
    {
        InCacheOfItsOwn(cache =>
        {
            // A file where the folder should be stops even the superuser.
            File.WriteAllText(Path.Combine(cache, "polytask"), "");
            var message = Assert.Throws<DllNotFoundException>(() => new ShimBuild(Libtorch.Find()).Provide()).Message;
            Assert.Contains(Path.Combine(cache, "polytask"), message);
            Assert.Contains("XDG_CACHE_HOME", message);
        });
    }

    private static void InCacheOfItsOwn(Action<string> body)
    {
        var before = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        var cache = Directory.CreateTempSubdirectory().FullName;
        try
        {
            Environment.SetEnvironmentVariable("XDG_CACHE_HOME", cache);
            body(cache);
        }
        finally
        {
            Environment.SetEnvironmentVariable("XDG_CACHE_HOME", before);
            Directory.Delete(cache, recursive: true);
        }
    }

    [Fact]
    public void Debians_libtorch_multiplies_with_OpenBLAS()
    {
        if (!Libtorch.Find().IsDebian) return;
        zeros(2, 2).mm(zeros(2, 2));
        var blas = File.ReadLines("/proc/self/maps").Where(l => l.Contains("blas", StringComparison.Ordinal)).Select(l => l[l.IndexOf('/')..]).Distinct().ToList();
        Assert.Contains(blas, file => file.Contains("openblas", StringComparison.Ordinal) && file.EndsWith("libblas.so.3", StringComparison.Ordinal));
        Assert.All(blas, file => Assert.Contains("openblas", file));
    }
}
