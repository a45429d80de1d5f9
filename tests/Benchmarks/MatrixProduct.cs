using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>512 x 512 float32 products on one thread: tells at once whether OpenBLAS or the reference BLAS is in use.</summary>
internal static class MatrixProduct
{
    public static void Run()
    {
        set_num_threads(1);
        const int size = 512, products = 100, rounds = 7;
        var (a, b) = (rand(size, size), rand(size, size));
        var best = double.MaxValue;
        for (var round = 0; round < rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < products; i++) a.matmul(b).Dispose();
            best = Math.Min(best, clock.Elapsed.TotalSeconds / products);
        }
        Console.WriteLine($"matmul {size}x{size} float32, one thread: {2.0 * size * size * size / best / 1e9:0} GFLOPS");
    }
}
