using static TorchSharp.torch;

namespace TorchSharp.Tests;

public class MemoryTests
{
    private static long ResidentMegabytes()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmRSS", StringComparison.Ordinal));
        return long.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1]) >> 10;
    }

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
    public void A_plain_loop_of_large_tensors_that_left_their_scope_stays_bounded()
    {
        // 300 x 8 MB again: in its scope a tensor is nobody's garbage, outside of it is.
        var before = ResidentMegabytes();
        var highest = 0L;
        for (var k = 0; k < 300; k++)
        {
            _ = WrappedTensorDisposeScope(() => ones(2_000_000) + k);
            highest = Math.Max(highest, ResidentMegabytes());
        }
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

    // What waits for the next collection comes and goes, and malloc may keep the most that ever waited; what leaks stays. `leak` is what the
    // measured steps would leave if nothing were freed.
    private static void AssertFlat(Action<int> steps, int count, int leak)
    {
        steps(count / 4);
        var before = ResidentMegabytes();
        var lowest = long.MaxValue;
        steps(count);
        for (var round = 0; round < 10; round++)
        {
            steps(count / 20);
            lowest = Math.Min(lowest, ResidentMegabytes());
        }
        Assert.InRange(lowest - before, -1000, leak / 2);
    }

    [Fact]
    public void A_loop_of_small_steps_with_gradients_stays_flat()
    {
        var weight = randn(64, 64, requires_grad: true);
        var input = randn(256, 64);
        AssertFlat(
            count =>
            {
                for (var k = 0; k < count; k++)
                {
                    var loss = input.matmul(weight).relu().pow(2).mean();
                    loss.backward();
                    using (no_grad()) weight.sub_(weight.grad! * 1e-3);
                    weight.grad = null;
                }
            },
            count: 2000, leak: 100);
    }

    [Fact]
    public void A_convolution_in_a_loop_without_scopes_stays_flat()
    {
        using var convolution = nn.Conv2d(3, 16, 3);
        var images = randn(4, 3, 32, 32);
        // 225 KB of result a call, 450 MB in all.
        AssertFlat(
            count =>
            {
                for (var k = 0; k < count; k++) convolution.call(images);
            },
            count: 2000, leak: 450);
    }

    [Fact]
    public void New_leaves_in_a_loop_stay_flat()
    {
        // 4 KB a leaf, 160 MB in all.
        AssertFlat(
            count =>
            {
                for (var k = 0; k < count; k++) randn(1000).requires_grad_();
            },
            count: 40_000, leak: 160);
    }

    [Fact]
    public void A_module_in_evaluation_mode_stays_flat_for_100_000_calls()
    {
        using var network = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Dropout(0.5), nn.Linear(8, 2));
        network.eval();
        var input = randn(1, 4);
        // Four results a call and the graph behind them: more than 2 KB a call, 200 MB in all.
        AssertFlat(
            count =>
            {
                for (var k = 0; k < count; k++) network.call(input);
            },
            count: 100_000, leak: 120);
    }

    [Fact]
    public void Hooks_and_custom_functions_in_a_loop_stay_flat()
    {
        var weight = randn(1000, requires_grad: true);
        AssertFlat(
            count =>
            {
                for (var k = 0; k < count; k++)
                {
                    var remover = weight.register_hook(gradient => gradient * 2);
                    var y = Doubled.apply(weight);
                    y.register_hook(gradient => null);
                    y.sum().backward();
                    remover.remove();
                    weight.grad = null;
                }
            },
            count: 10_000, leak: 120);
    }

    [Fact]
    public void Training_steps_with_an_optimiser_stay_flat()
    {
        using var net = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 1));
        using var optimizer = optim.Adam(net.parameters());
        var (x, y) = (randn(256, 64), randn(256, 1));
        // One layer's output kept in each step, 128 KB, would be 750 MB.
        AssertFlat(
            count =>
            {
                for (var k = 0; k < count; k++)
                {
                    optimizer.zero_grad();
                    nn.functional.mse_loss(net.call(x), y).backward();
                    optimizer.step();
                }
            },
            count: 6000, leak: 750);
    }

    private sealed class Doubled : autograd.SingleTensorFunction<Doubled>
    {
        public override string Name => nameof(Doubled);

        public override Tensor forward(autograd.AutogradContext ctx, params object?[] vars)
        {
            var result = (Tensor)vars[0]! * 2;
            ctx.save_for_backward([result]);
            return result;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => [grad_output * 2];
    }
}
