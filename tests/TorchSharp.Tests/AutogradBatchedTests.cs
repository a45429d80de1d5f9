using System.Runtime.InteropServices;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

public class AutogradBatchedTests
{
    private static Tensor Pattern(params long[] shape) => (arange(shape.Aggregate(1L, (a, b) => a * b), float64) * 0.37).sin().reshape(shape);

    private static void AssertLoop(Func<(Tensor Output, Tensor[] Inputs)> build, long batch)
    {
        var (output, inputs) = build();
        var weights = Pattern([batch, .. output.shape]);
        var together = autograd.grad([output], inputs, [weights], retain_graph: true, is_grads_batched: true);
        for (var k = 0; k < batch; k++)
        {
            var single = autograd.grad([output], inputs, [weights[k]], retain_graph: true);
            for (var j = 0; j < inputs.Length; j++)
            {
                Assert.Equal([batch, .. inputs[j].shape], together[j].shape);
                Assert.True(allclose(single[j], together[j][k], 1e-12, 1e-12));
            }
        }
    }

    [Fact]
    public void One_pass_equals_the_loop_for_a_perceptron()
    {
        var network = nn.Sequential(nn.Linear(4, 6), nn.Tanh(), nn.Linear(6, 3)).to(float64);
        AssertLoop(() =>
        {
            var x = Pattern(5, 4).requires_grad_();
            return (network.call(x).softmax(1).log().sum(dim: 0), [x, .. network.parameters()]);
        }, batch: 4);
    }

    [Fact]
    public void One_pass_equals_the_loop_for_operators_without_a_batching_rule()
    {
        AssertLoop(() =>
        {
            var x = Pattern(2, 3, 6, 6).requires_grad_();
            var w = Pattern(4, 3, 3, 3).requires_grad_();
            var y = nn.functional.max_pool2d(nn.functional.conv2d(x, w), 2).sigmoid();
            return (y.mean([2L, 3L]).logsumexp(1), [x, w]);
        }, batch: 3);
    }

    [Fact]
    public void The_Jacobian_in_one_pass_and_its_derivative()
    {
        var x = tensor(new[] { 1.0, 2, 3 }, requires_grad: true);
        var jacobian = autograd.grad([x.pow(3)], [x], [eye(3, dtype: float64)], create_graph: true, is_grads_batched: true)[0];
        Assert.Equal([3.0, 0, 0, 0, 12, 0, 0, 0, 27], jacobian.data<double>().ToArray());
        var second = autograd.grad([jacobian.sum()], [x])[0];
        Assert.Equal([6.0, 12, 18], second.data<double>().ToArray());
    }

    [Fact]
    public void Custom_functions_hooks_and_unused_inputs_take_part()
    {
        var (x, unused) = (tensor(new[] { 1.0, 2 }, requires_grad: true), ones(1, requires_grad: true));
        var y = Tripled.apply(x);
        y.register_hook(gradient => gradient * 2);
        var found = autograd.grad([y], [x, unused], [eye(2, dtype: float64)], allow_unused: true, is_grads_batched: true);
        Assert.Equal([6.0, 0, 0, 6], found[0].data<double>().ToArray());
        Assert.Null(found[1]);
    }

    private sealed class Tripled : autograd.SingleTensorFunction<Tripled>
    {
        public override string Name => nameof(Tripled);

        public override Tensor forward(autograd.AutogradContext ctx, params object?[] vars) => (Tensor)vars[0]! * 3;

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => [grad_output * 3];
    }

    [Fact]
    public void Weights_that_do_not_fit_are_named_and_leave_no_batch_behind()
    {
        var x = ones(3, requires_grad: true);
        var y = x * 2;
        Assert.Contains("grad_outputs", Assert.Throws<ArgumentException>(() => autograd.grad([y], [x], is_grads_batched: true)).Message);
        var error = Assert.Throws<ArgumentException>(() => autograd.grad([y], [x], [ones(2, 4)], is_grads_batched: true));
        Assert.Contains("[B, 3]", error.Message);
        var failing = x * 2;
        failing.register_hook(_ => throw new TimeoutException());
        Assert.Throws<TimeoutException>(() => autograd.grad([failing], [x], [ones(2, 3)], is_grads_batched: true));
        Assert.Equal([3L], ones(3).add(1).shape);
        Assert.Equal([2f, 2, 2], autograd.grad([y], [x], [ones(3)])[0].data<float>().ToArray());
    }

    // ---- memory -----------------------------------------------------------------------------------------------------------------------

    // The gradient of one element of a view that claims 2^45 elements takes 128 TiB, though forward takes none.
    private static (Tensor Output, Tensor Input, Func<int> Passes) Impossible()
    {
        var x = ones(1, requires_grad: true);
        var y = x.expand(1L << 45)[0] * 1;
        var passes = 0;
        y.register_hook(_ =>
        {
            passes++;
            return null;
        });
        return (y, x, () => passes);
    }

    [Fact]
    public void A_pass_that_keeps_its_graph_is_made_again_when_memory_ran_out_and_no_other_is()
    {
        var (kept, x, passes) = Impossible();
        var error = Assert.Throws<ExternalException>(() => autograd.grad([kept], [x], retain_graph: true));
        Assert.Equal(2, passes());
        Assert.Contains("140737488355328", error.Message);
        Assert.Contains("free after collecting", error.Message);
        (var freed, x, passes) = Impossible();
        error = Assert.Throws<ExternalException>(() => autograd.grad([freed], [x]));
        Assert.Equal(1, passes());
        Assert.Contains("start from forward", error.Message);
        (var added, x, passes) = Impossible();
        Assert.Contains("free after collecting", Assert.Throws<ExternalException>(() => added.backward(retain_graph: true)).Message);
        Assert.Equal(1, passes());
    }

    [Fact]
    public void A_second_pass_that_succeeds_is_the_end_of_it()
    {
        var pass = new BackwardPass(isRepeatable: true) { Code = NativeCall.OutOfMemory };
        Assert.True(pass.NeedsAnother());
        pass.Code = 0;
        Assert.False(pass.NeedsAnother());
    }
}
