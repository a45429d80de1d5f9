using TorchSharp;
using TorchSharp.Tests;
using static TorchSharp.torch;

namespace GpuChecks;

/// <summary>What only a CUDA device has: memory figures, streams, events, generators, graphs, its errors.</summary>
internal static class CudaChecks
{
    public static void Run(Report report, Device device)
    {
        report.Check("cuda: device", () =>
        {
            Assert.True(cuda.device_count() > 0);
            cuda.set_device(device);
            Assert.Equal(device.index, cuda.current_device());
            Assert.NotEqual("", cuda.get_device_name(device));
            Assert.Equal(device, zeros(1, device: device).device);
        });
        report.Check("cuda: memory figures", () => Memory(device));
        report.Check("cuda: out of memory is an error that says what was free", () =>
        {
            var message = Assert.ThrowsAny<Exception>(() => zeros(1L << 45, device: device)).Message;
            Assert.Contains("free", message);
            Assert.Equal(1, ones(1, device: device).item<float>());
        });
        report.Check("cuda: tensors of two devices are refused", () =>
            Assert.Contains("cuda", Assert.ThrowsAny<Exception>(() => ones(2, 2, device: device).mm(ones(2, 2))).Message));
        report.Check("cuda: seeds", () => Seeds(device));
        report.Check("cuda: streams and events", () => Streams(device));
        report.Check("cuda: a graph replays with new inputs", () => Graph(device));
        report.Check("cuda: graphs share memory", () => SharedPool(device));
        report.Check("cuda: a training step in a graph gives the weights of eager steps", () =>
        {
            var (eager, replayed) = (new MmoeStep(device, 64), new MmoeStep(device, 64));
            using var graph = replayed.Capture(out var replay, warmUp: 3);
            // A capture runs nothing: three steps were made before it.
            eager.Run(3 + 5);
            for (var step = 0; step < 5; step++) replay();
            foreach (var ((name, left), (_, right)) in eager.Parameters().Zip(replayed.Parameters())) Closeness.Require(left, right, Closeness.Single, name);
        });
    }

    private static void Memory(Device device)
    {
        const long bytes = 64L << 20;
        // What earlier checks dropped must not be freed between two readings.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        cuda.empty_cache();
        cuda.reset_peak_memory_stats(device);
        var before = cuda.memory_allocated(device);
        var (free, total) = cuda.mem_get_info(device);
        Assert.InRange(free, 1, total);
        using (zeros(bytes / 4, device: device)) Assert.Equal(before + bytes, cuda.memory_allocated(device));
        Assert.Equal(before, cuda.memory_allocated(device));
        Assert.Equal(before + bytes, cuda.max_memory_allocated(device));
        Assert.True(cuda.memory_reserved(device) >= bytes, "what a tensor leaves is kept");
        cuda.empty_cache();
        Assert.True(cuda.memory_reserved(device) < cuda.max_memory_reserved(device), "emptying the cache gives memory back");
    }

    private static void Seeds(Device device)
    {
        float[] Draw() => randn(4, device: device).cpu().data<float>().ToArray();
        cuda.manual_seed(5);
        var first = Draw();
        Assert.NotEqual(first, Draw());
        cuda.manual_seed_all(5);
        Assert.Equal(first, Draw());
        manual_seed(5);
        Assert.Equal(first, Draw());
    }

    private static void Streams(Device device)
    {
        var side = new cuda.Stream(device);
        var main = cuda.current_stream(device);
        Assert.Equal(cuda.default_stream(device), main);
        Assert.NotEqual(main, side);
        using var start = new cuda.Event(enable_timing: true);
        using var end = new cuda.Event(enable_timing: true);
        Assert.True(start.query());
        Tensor product;
        var x = ones(2048, 2048, device: device);
        side.wait_stream(main);
        using (cuda.stream(side))
        {
            Assert.Equal(side, cuda.current_stream(device));
            start.record();
            product = x.mm(x).mm(x);
            end.record();
        }
        Assert.Equal(main, cuda.current_stream(device));
        main.wait_stream(side);
        Assert.Equal(2048f * 2048f, product[0, 0].item<float>());
        end.synchronize();
        Assert.True(end.query() && side.query());
        Assert.True(start.elapsed_time(end) > 0);
    }

    private static void Graph(Device device)
    {
        var x = Reference.Pattern([16, 8]).to(device);
        var weight = Reference.Pattern([8, 4], 2).to(device);
        Tensor Work() => x.mm(weight).softmax(1);
        var side = new cuda.Stream(device);
        side.wait_stream(cuda.current_stream(device));
        using (cuda.stream(side)) Work();
        cuda.current_stream(device).wait_stream(side);
        using var graph = new cuda.CUDAGraph();
        Tensor result;
        using (cuda.graph(graph)) result = Work();
        foreach (var scale in new[] { 1.0, -3.0 })
        {
            x.copy_(Reference.Pattern([16, 8], scale));
            graph.replay();
            Closeness.Require(Reference.Pattern([16, 8], scale).mm(weight.cpu()).softmax(1), result, Closeness.Single, $"scale {scale}");
        }
    }

    private static void SharedPool(Device device)
    {
        var x = ones(1024, device: device);
        using var first = new cuda.CUDAGraph();
        using var second = new cuda.CUDAGraph();
        Tensor one, two;
        using (cuda.graph(first)) one = x * 2 + 1;
        using (cuda.graph(second, first.pool())) two = one * 2;
        first.replay();
        second.replay();
        Assert.Equal(6, two[0].item<float>());
        using var third = new cuda.CUDAGraph();
        using (cuda.graph(third, cuda.graph_pool_handle(), capture_error_mode: "thread_local")) two = x + 4;
        third.replay();
        Assert.Equal(5, two[0].item<float>());
    }
}
