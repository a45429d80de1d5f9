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
        var libtorch = Libtorch.Find();
        var before = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        var cache = Directory.CreateTempSubdirectory().FullName;
        try
        {
            Environment.SetEnvironmentVariable("XDG_CACHE_HOME", cache);
            var files = new string[2];
            Parallel.For(0, 2, k => files[k] = new ShimBuild(libtorch).Provide());
            Assert.Equal(files[0], files[1]);
            Assert.Equal([files[0]], Directory.GetFiles(Path.Combine(cache, "polytask")));
            System.Runtime.InteropServices.NativeLibrary.Free(System.Runtime.InteropServices.NativeLibrary.Load(files[0]));
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
