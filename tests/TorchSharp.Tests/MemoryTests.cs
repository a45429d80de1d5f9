using static TorchSharp.torch;

namespace TorchSharp.Tests;

public class MemoryTests
{
    private static long ResidentMegabytes() =>
        long.Parse(File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmRSS", StringComparison.Ordinal)).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1]) >> 10;

    [Fact]
    public void A_plain_loop_of_large_temporaries_stays_bounded()
    {
        // 300 x 8 MB: 2.4 GB if nothing were freed. Nobody disposes anything here.
        var x = zeros(2_000_000);
        var before = ResidentMegabytes();
        var highest = 0L;
        for (var k = 0; k < 300; k++)
        {
            x = x + 1;
            highest = Math.Max(highest, ResidentMegabytes());
        }
        Assert.Equal(300f, x[0].item<float>());
        Assert.InRange(highest - before, -1000, 700);
    }

    [Fact]
    public void Finalizers_free_tensors_while_other_threads_work_on_theirs()
    {
        // Views and aliases share memory with tensors that are dropped at once; a reference too few would show as wrong numbers or a crash.
        var failures = 0;
        var collecting = true;
        var collector = new Thread(() =>
        {
            while (Volatile.Read(ref collecting))
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
            }
        });
        collector.Start();
        var workers = Enumerable.Range(0, 2).Select(seed => new Thread(() =>
        {
            for (var k = 0; k < 500; k++)
            {
                var expected = (float)(k + seed);
                var value = full(8, expected).alias().view(2, 4).alias()[1].alias()[2].alias().item<float>();
                using var generator = new Generator((ulong)k);
                if (value != expected || new Generator((ulong)k).initial_seed() != k) Interlocked.Increment(ref failures);
            }
        })).ToArray();
        foreach (var worker in workers) worker.Start();
        foreach (var worker in workers) worker.Join();
        Volatile.Write(ref collecting, false);
        collector.Join();
        Assert.Equal(0, failures);
    }

    [Fact]
    public void A_loop_of_small_steps_with_gradients_stays_flat()
    {
        var weight = randn(64, 64, requires_grad: true);
        var input = randn(256, 64);

        void Steps(int count)
        {
            for (var k = 0; k < count; k++)
            {
                var loss = input.matmul(weight).relu().pow(2).mean();
                loss.backward();
                using (no_grad()) weight.sub_(weight.grad! * 1e-3);
                weight.grad = null;
            }
        }

        Steps(500);
        var before = ResidentMegabytes();
        Steps(2000);
        // What waits for the next collection comes and goes; what leaks stays, and would be 100 MB and more by now.
        var lowest = long.MaxValue;
        for (var round = 0; round < 10; round++)
        {
            Steps(200);
            lowest = Math.Min(lowest, ResidentMegabytes());
        }
        Assert.InRange(lowest - before, -1000, 50);
    }
}
