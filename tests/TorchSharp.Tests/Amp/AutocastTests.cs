using static TorchSharp.torch;

namespace TorchSharp.Tests.Amp;

/// <summary>On the CPU, where bfloat16 is what autocast computes in; its 8 bits of mantissa bound the distance to float32's values.</summary>
public class AutocastTests
{
    /// <summary>Half a unit of bfloat16's last place, for each of the two factors and the result.</summary>
    private const double RoundingOfAProduct = 3.0 / 512;

    [Fact]
    public void Products_are_bfloat16_and_sums_stay_float32()
    {
        var (a, b) = (Reference.Pattern([4, 5]), Reference.Pattern([5, 3], 2));
        using (autocast(DeviceType.CPU))
        {
            Assert.True(is_autocast_enabled(DeviceType.CPU));
            Assert.Equal(bfloat16, a.matmul(b).dtype);
            Assert.Equal(bfloat16, nn.functional.linear(a, b.t()).dtype);
            Assert.Equal(float32, a.sum().dtype);
            Assert.Equal(float32, (a + 1).dtype);
            // Operators that need the range or the mantissa get their input in float32.
            Assert.Equal(float32, nn.functional.mse_loss(a.matmul(b), zeros(4, 3)).dtype);
        }
        Assert.False(is_autocast_enabled(DeviceType.CPU));
        Assert.Equal(float32, a.matmul(b).dtype);
    }

    [Fact]
    public void Values_are_near_those_of_float32()
    {
        var (a, b) = (Reference.Pattern([6, 8]), Reference.Pattern([8, 7], 2));
        using var mode = autocast(DeviceType.CPU, bfloat16);
        var rounded = Reference.Doubles(a.matmul(b).to(float32));
        mode.Dispose();
        var exact = Reference.Doubles(a.matmul(b));
        var bound = Reference.Doubles(a.abs().matmul(b.abs()));
        for (var k = 0; k < exact.Length; k++)
            Assert.True(Math.Abs(rounded[k] - exact[k]) <= RoundingOfAProduct * bound[k], $"[{k}]: {rounded[k]} for {exact[k]}");
        Assert.NotEqual(exact, rounded);
    }

    [Fact]
    public void Gradients_of_parameters_are_float32_and_near_those_without()
    {
        var layer = nn.Linear(8, 4);
        layer.load_state_dict(new() { ["weight"] = Reference.Pattern([4, 8]), ["bias"] = Reference.Pattern([4], 3) });
        var (x, y) = (Reference.Pattern([5, 8], 2), Reference.Pattern([5, 4], 1.5));
        nn.functional.mse_loss(layer.call(x), y).backward();
        var exact = Reference.Doubles(layer.weight!.grad!);
        layer.zero_grad();
        Tensor loss;
        using (autocast(DeviceType.CPU, bfloat16)) loss = nn.functional.mse_loss(layer.call(x), y);
        loss.backward();
        Assert.Equal(float32, layer.weight!.grad!.dtype);
        Assert.Equal(float32, layer.bias!.grad!.dtype);
        var found = Reference.Doubles(layer.weight!.grad!);
        var scale = exact.Max(Math.Abs);
        for (var k = 0; k < exact.Length; k++) Assert.Equal(exact[k], found[k], 0.02 * scale);
        Assert.NotEqual(exact, found);
    }

    [Fact]
    public void Blocks_nest_and_each_gives_back_what_it_found()
    {
        using (autocast(DeviceType.CPU, bfloat16))
        {
            using (autocast(DeviceType.CPU, enabled: false, cache_enabled: false))
            {
                Assert.False(is_autocast_enabled(DeviceType.CPU));
                Assert.False(is_autocast_cache_enabled());
                Assert.Equal(float32, ones(2, 2).mm(ones(2, 2)).dtype);
            }
            Assert.True(is_autocast_enabled(DeviceType.CPU));
            Assert.True(is_autocast_cache_enabled());
        }
        Assert.False(is_autocast_enabled(DeviceType.CPU));
        Assert.Equal(bfloat16, get_autocast_dtype(DeviceType.CPU));
        Assert.Equal(float16, get_autocast_dtype(DeviceType.CUDA));
    }

    /// <summary>A parameter that has changed between two blocks must not be taken from the first block's cache.</summary>
    [Fact]
    public void What_was_cast_is_forgotten_when_the_outermost_block_ends()
    {
        var weight = ones(2, 2).requires_grad_();
        var x = ones(1, 2);
        double Product()
        {
            using var outer = autocast(DeviceType.CPU, bfloat16);
            return x.mm(weight).to(float32).sum().item<float>();
        }

        Assert.Equal(4, Product());
        using (no_grad()) weight.mul_(3);
        Assert.Equal(12, Product());
    }

    /// <summary>Within a block the cache holds: this is what makes a weight that is used twice be cast once.</summary>
    [Fact]
    public void What_was_cast_is_kept_until_then_unless_the_cache_is_off()
    {
        var weight = ones(2, 2).requires_grad_();
        var x = ones(1, 2);
        double Second(bool cache)
        {
            using (no_grad()) weight.fill_(1);
            using var outer = autocast(DeviceType.CPU, bfloat16, cache_enabled: cache);
            using (autocast(DeviceType.CPU, bfloat16, cache_enabled: cache)) x.mm(weight);
            using (no_grad()) weight.mul_(3);
            return x.mm(weight).to(float32).sum().item<float>();
        }

        Assert.Equal(4, Second(cache: true));
        Assert.Equal(12, Second(cache: false));
    }

    [Fact]
    public void It_holds_on_its_own_thread_only()
    {
        using var mode = autocast(DeviceType.CPU, bfloat16);
        var elsewhere = true;
        Exception? problem = null;
        var thread = new Thread(() =>
        {
            elsewhere = is_autocast_enabled(DeviceType.CPU);
            problem = Record.Exception(mode.Dispose);
        });
        thread.Start();
        thread.Join();
        Assert.False(elsewhere);
        Assert.Contains("autocast", Assert.IsType<InvalidOperationException>(problem).Message);
        Assert.True(is_autocast_enabled(DeviceType.CPU));
    }

    [Fact]
    public void What_it_cannot_do_is_refused()
    {
        Assert.Contains("bfloat16", Assert.Throws<ArgumentException>(() => autocast(DeviceType.CPU, float64)).Message);
        Assert.Contains("MPS", Assert.Throws<ArgumentException>(() => autocast(DeviceType.MPS)).Message);
        if (cuda.is_available()) return;
        Assert.Contains("CUDA", Assert.Throws<InvalidOperationException>(() => autocast(DeviceType.CUDA)).Message);
        using (autocast(DeviceType.CUDA, enabled: false)) Assert.False(is_autocast_enabled(DeviceType.CUDA));
    }
}
