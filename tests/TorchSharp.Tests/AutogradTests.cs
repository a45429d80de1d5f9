using static TorchSharp.torch;

namespace TorchSharp.Tests;

public class AutogradTests
{
    [Fact]
    public void A_second_derivative_through_create_graph()
    {
        var x = tensor(new double[] { 2 }, requires_grad: true);
        var first = autograd.grad([x.pow(4).sum()], [x], create_graph: true)[0];
        var second = autograd.grad([first.sum()], [x])[0];
        Assert.Equal(32, first.item<double>(), 10);
        Assert.Equal(48, second.item<double>(), 10);
    }

    [Fact]
    public void An_unused_input_is_null_when_allowed_and_an_error_when_not()
    {
        var x = tensor(new double[] { 2 }, requires_grad: true);
        var y = tensor(new double[] { 2 }, requires_grad: true);
        Assert.Null(autograd.grad([(x * x).sum()], [x, y], allow_unused: true)[1]);
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => autograd.grad([(x * x).sum()], [x, y]));
    }

    [Fact]
    public void A_graph_is_freed_unless_it_is_retained()
    {
        var x = tensor(new double[] { 2 }, requires_grad: true);
        var kept = (x * x).sum();
        kept.backward(retain_graph: true);
        kept.backward();
        Assert.Equal(8, x.grad!.item<double>());
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => kept.backward());
    }

    [Fact]
    public void Given_output_gradients_weigh_the_outputs()
    {
        var x = tensor(new double[] { 1, 2 }, requires_grad: true);
        var found = autograd.grad([x * x], [x], [tensor(new double[] { 10, 100 })])[0];
        Assert.Equal([20.0, 400.0], found.data<double>().ToArray());
    }

    [Fact]
    public void Modes_nest_and_end()
    {
        var x = ones(1, requires_grad: true);
        using (no_grad())
        {
            Assert.False((x * 2).requires_grad);
            using (enable_grad()) Assert.True((x * 2).requires_grad);
            Assert.False(is_grad_enabled());
        }
        using (inference_mode()) Assert.False((x * 2).requires_grad);
        Assert.True((x * 2).requires_grad);
    }

    [Fact]
    public void Modes_belong_to_their_thread()
    {
        using var mode = no_grad();
        var (elsewhere, problem) = (false, (Exception?)null);
        var thread = new Thread(() =>
        {
            elsewhere = is_grad_enabled();
            problem = Record.Exception(mode.Dispose);
        });
        thread.Start();
        thread.Join();
        Assert.True(elsewhere);
        Assert.Contains("await", Assert.IsType<InvalidOperationException>(problem).Message);
        Assert.False(is_grad_enabled());
    }

    [Fact]
    public void A_mode_ends_once_and_also_when_its_block_throws()
    {
        var first = no_grad();
        first.Dispose();
        using (no_grad())
        {
            first.Dispose();
            Assert.False(is_grad_enabled());
        }
        Assert.Throws<ArgumentException>(() =>
        {
            using var _ = inference_mode();
            Fail();
        });
        Assert.True(is_grad_enabled());
        Assert.False(is_inference_mode_enabled());
    }

    private static void Fail() => throw new ArgumentException("from the block");

    [Fact]
    public void Grad_is_null_before_and_settable_after()
    {
        var x = ones(2, requires_grad: true);
        Assert.Null(x.grad);
        x.grad = full(2, 3.0, float32);
        Assert.Equal([3f, 3f], x.grad!.data<float>().ToArray());
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void Detach_shares_values_and_leaves_the_graph()
    {
        var x = ones(2, requires_grad: true);
        var d = x.detach();
        Assert.False(d.requires_grad);
        d.fill_(5);
        Assert.Equal(5f, x[0].item<float>());
    }

    [Fact]
    public void Changing_a_leaf_in_place_is_refused()
    {
        var x = ones(2, requires_grad: true);
        var error = Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => x.add_(1));
        Assert.Contains("add_", error.Message);
    }

    [Fact]
    public void A_retained_gradient_of_an_inner_tensor_is_there()
    {
        var x = tensor(new double[] { 3 }, requires_grad: true);
        var y = x * 2;
        y.retain_grad();
        (y * y).sum().backward();
        Assert.Equal(12, y.grad!.item<double>());
        Assert.Equal(24, x.grad!.item<double>());
    }
}
