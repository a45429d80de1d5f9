using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

public class AutogradHookTests
{
    private static Tensor Leaf(params double[] values) => tensor(values, requires_grad: true);

    private static double[] Numbers(Tensor? tensor) => tensor!.data<double>().ToArray();

    [Fact]
    public void Hooks_see_and_replace_gradients_of_leaves_and_inner_tensors()
    {
        var x = Leaf(3);
        var y = x * 2;
        var seen = new List<double>();
        y.register_hook(gradient =>
        {
            seen.Add(gradient.item<double>());
            return gradient * 10;
        });
        x.register_hook(gradient =>
        {
            seen.Add(gradient.item<double>());
            return null;
        });
        x.register_hook(gradient => gradient + 1);
        (y * y).backward();
        // d(y^2)/dy = 12; ten times that through y = 2x is 240, and one more at the leaf.
        Assert.Equal([12.0, 240], seen);
        Assert.Equal([241.0], Numbers(x.grad));
    }

    [Fact]
    public void A_removed_hook_does_not_run_and_a_second_removal_does_nothing()
    {
        var x = Leaf(1);
        var remover = x.register_hook(gradient => gradient * 5);
        (x * 2).backward();
        remover.remove();
        remover.remove();
        (x * 2).backward();
        Assert.Equal([12.0], Numbers(x.grad));
        var gone = Leaf(1);
        var late = gone.register_hook(gradient => gradient);
        gone.Dispose();
        late.remove();
    }

    [Fact]
    public void A_hook_may_remove_itself_and_outlive_its_tensor_object()
    {
        var x = Leaf(1);
        var calls = 0;
        Tensor Output()
        {
            using var inner = x * 2;
            Tensor.HookRemover? remover = null;
            remover = inner.register_hook(_ =>
            {
                calls++;
                remover!.remove();
                return null;
            });
            return inner * 3;
        }
        var y = Output();
        y.backward(retain_graph: true);
        y.backward();
        Assert.Equal(1, calls);
        Assert.Equal([12.0], Numbers(x.grad));
    }

    [Fact]
    public void A_captured_gradient_stays_valid_and_is_not_changed_by_later_passes()
    {
        var x = Leaf(1, 2);
        Tensor? captured = null;
        x.register_hook(gradient =>
        {
            captured ??= gradient;
            return null;
        });
        (x * x).sum().backward();
        (x * x).sum().backward();
        Assert.Equal([2.0, 4], Numbers(captured));
        Assert.Equal([4.0, 8], Numbers(x.grad));
    }

    [Fact]
    public void Hooks_are_part_of_the_graph_of_gradients()
    {
        var x = Leaf(2);
        var y = x * 1;
        y.register_hook(gradient => gradient * gradient);
        // d(y^3)/dy squared is 9 x^4, whose derivative is 36 x^3.
        var first = autograd.grad([y.pow(3)], [x], create_graph: true)[0];
        Assert.Equal(144, first.item<double>(), 10);
        // The hook runs in the second pass as well, on 288.
        Assert.Equal(288 * 288, autograd.grad([first], [x])[0].item<double>(), 8);
    }

    [Fact]
    public void Errors_of_hooks_come_out()
    {
        var x = Leaf(1, 2);
        x.register_hook(_ => throw new DivideByZeroException("in the hook"));
        Assert.Equal("in the hook", Assert.Throws<DivideByZeroException>(() => (x * 2).sum().backward()).Message);
        var wrong = Leaf(1, 2);
        wrong.register_hook(gradient => gradient.sum());
        Assert.Contains("hook", Assert.Throws<ExternalException>(() => (wrong * 2).sum().backward()).Message);
        Assert.Throws<ExternalException>(() => tensor(1.0).register_hook(gradient => gradient));
    }

    [Fact]
    public void Retained_gradients_are_those_after_the_hooks()
    {
        var x = Leaf(3);
        var y = x * 2;
        y.retain_grad();
        y.register_hook(gradient => gradient * 100);
        (y * y).backward();
        Assert.Equal([2400.0], Numbers(x.grad));
        x.retain_grad();
        Assert.True(x.is_leaf);
    }

    [Fact]
    public void A_hook_goes_with_its_tensor()
    {
        var reference = Make();
        for (var round = 0; round < 20 && reference.IsAlive; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.False(reference.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Make()
        {
            var payload = new object();
            var y = Leaf(1) * 2;
            y.register_hook(gradient => payload is null ? null : gradient);
            return new WeakReference(payload);
        }
    }
}
