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
        Steps(3000);
        Assert.InRange(ResidentMegabytes() - before, -1000, 50);
    }
}
