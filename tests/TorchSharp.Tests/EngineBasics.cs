using TorchSharp;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>One thread in all tests: two test machines give the same sums, and the cores are shared.</summary>
internal static class OneThread
{
    [System.Runtime.CompilerServices.ModuleInitializer]
    internal static void Set() => set_num_threads(1);
}

public class EngineBasics
{
    [Fact]
    public void Arithmetic_gives_the_closed_form()
    {
        var x = tensor(new float[] { 1, 2, 3 });
        var y = tensor(new float[] { 10, 20, 30 });
        Assert.Equal([11f, 22f, 33f], (x + y).data<float>().ToArray());
        Assert.Equal([2f, 3f, 4f], (x + 1).data<float>().ToArray());
        Assert.Equal([9f, 8f, 7f], (10 - x).data<float>().ToArray());
        Assert.Equal([0.1f, 0.1f, 0.1f], (x / y).data<float>().ToArray());
        Assert.Equal([-1f, -2f, -3f], (-x).data<float>().ToArray());
        Assert.Equal(6f, x.sum().item<float>());
        Assert.Equal(ScalarType.Int64, tensor(new long[] { 1, 2 }).sum().dtype);
    }

    [Fact]
    public void Backward_gives_the_derivative()
    {
        var x = tensor(new double[] { 1, 2, 3 }, requires_grad: true);
        (x * x).sum().backward();
        Assert.Equal([2.0, 4.0, 6.0], x.grad!.data<double>().ToArray());
    }

    [Fact]
    public void An_error_names_the_operator_and_the_shapes()
    {
        var error = Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => zeros(2, 3).mm(zeros(4, 5)));
        Assert.Contains("aten::mm", error.Message);
        Assert.Contains("[2, 3]", error.Message);
        Assert.Contains("[4, 5]", error.Message);
        Assert.DoesNotContain("frame #", error.Message);
    }

    [Fact]
    public void A_disposed_tensor_says_so()
    {
        var x = zeros(2);
        x.Dispose();
        Assert.Throws<ObjectDisposedException>(() => x + 1);
        Assert.Throws<ObjectDisposedException>(() => x.shape);
        Assert.Throws<ObjectDisposedException>(() => x.data<float>());
        Assert.Throws<ObjectDisposedException>(() => stack([x, x]));
        Assert.Throws<ObjectDisposedException>(() => x[0]);
        Assert.Equal("tensor (disposed)", x.ToString());
        x.Dispose();
    }
}
