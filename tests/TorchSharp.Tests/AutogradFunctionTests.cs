using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace TorchSharp.Tests;

public class AutogradFunctionTests
{
    private sealed class Cube : SingleTensorFunction<Cube>
    {
        public override string Name => nameof(Cube);

        public override Tensor forward(AutogradContext ctx, params object?[] vars)
        {
            var x = (Tensor)vars[0]!;
            ctx.save_for_backward([x]);
            return x * x * x;
        }

        public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output)
        {
            var x = ctx.get_saved_variables()[0];
            return [grad_output * 3 * x * x];
        }
    }

    // exp(scale * x) * y, with the output among what is saved, and arguments that are no tensors.
    private sealed class ScaledExponential : SingleTensorFunction<ScaledExponential>
    {
        public override string Name => nameof(ScaledExponential);

        public override Tensor forward(AutogradContext ctx, params object?[] vars)
        {
            var result = ((Tensor)vars[0]! * (double)vars[1]!).exp() * (Tensor)vars[2]!;
            ctx.save_data("scale", vars[1]!);
            ctx.save_for_backward([result, (Tensor)vars[2]!, null!]);
            return result;
        }

        public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output)
        {
            var saved = ctx.get_saved_variables();
            Assert.Null(saved[2]);
            return [grad_output * saved[0] * (double)ctx.get_data("scale")!, null!, grad_output * saved[0] / saved[1]];
        }
    }

    private sealed class SortedPair : MultiTensorFunction<SortedPair>
    {
        public override string Name => nameof(SortedPair);

        public static bool Materialize { get; set; } = true;

        public static List<bool> Missing { get; } = [];

        public override List<Tensor> forward(AutogradContext ctx, params object?[] vars)
        {
            var (values, order) = ((Tensor)vars[0]!).sort();
            ctx.mark_non_differentiable([order]);
            ctx.set_materialize_grads(Materialize);
            ctx.save_for_backward([order]);
            return [values, order, values * 2];
        }

        public override List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs)
        {
            Missing.Clear();
            Missing.AddRange(grad_outputs.Select(grad => grad.IsInvalid));
            Assert.Equal(Materialize, ctx.MaterializeGrads);
            var grad = grad_outputs[0].IsInvalid ? grad_outputs[2] * 2 : grad_outputs[2].IsInvalid ? grad_outputs[0] : grad_outputs[0] + grad_outputs[2] * 2;
            return [zeros_like(grad).scatter(0, ctx.get_saved_variables()[0], grad)];
        }
    }

    private sealed class AddOne : SingleTensorFunction<AddOne>
    {
        public override string Name => nameof(AddOne);

        public override Tensor forward(AutogradContext ctx, params object?[] vars)
        {
            var x = (Tensor)vars[0]!;
            x.add_(1);
            ctx.mark_dirty([x]);
            return x;
        }

        public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output) => [grad_output * 10];
    }

    private sealed class Faulty : SingleTensorFunction<Faulty>
    {
        public static Func<Tensor, List<Tensor>> Returns { get; set; } = grad => [grad];

        public static Action Starts { get; set; } = () => { };

        public override string Name => "the faulty one";

        public override Tensor forward(AutogradContext ctx, params object?[] vars)
        {
            Starts();
            return (Tensor)vars[0]! * 2;
        }

        public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output) => Returns(grad_output);
    }

    private static Tensor Leaf(params double[] values) => tensor(values, requires_grad: true);

    private static double[] Numbers(Tensor? tensor) => tensor!.data<double>().ToArray();

    [Fact]
    public void The_gradient_is_what_backward_says_to_any_order()
    {
        var x = Leaf(2, -3);
        var y = Cube.apply(x);
        Assert.Equal([8.0, -27], Numbers(y));
        Assert.False(y.is_leaf);
        var first = grad([y.sum()], [x], create_graph: true)[0];
        var second = grad([first.sum()], [x], create_graph: true)[0];
        var third = grad([second.sum()], [x])[0];
        Assert.Equal([12.0, 27], Numbers(first));
        Assert.Equal([12.0, -18], Numbers(second));
        Assert.Equal([6.0, 6], Numbers(third));
    }

    [Fact]
    public void Arguments_that_are_no_tensors_and_saved_outputs()
    {
        var (x, y) = (Leaf(0.5, 1), Leaf(2, 3));
        ScaledExponential.apply(x, 2.0, y).sum().backward();
        Assert.Equal([2 * Math.Exp(1) * 2, 2 * Math.Exp(2) * 3], Numbers(x.grad), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([Math.Exp(1), Math.Exp(2)], Numbers(y.grad), (a, b) => Math.Abs(a - b) < 1e-12);
        var constant = tensor(new[] { 2.0, 3 });
        x.grad = null;
        ScaledExponential.apply(x, 2.0, constant).sum().backward();
        Assert.Equal([2 * Math.Exp(1) * 2, 2 * Math.Exp(2) * 3], Numbers(x.grad), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Null(constant.grad);
    }

    [Fact]
    public void Nothing_is_recorded_where_no_gradient_is_needed()
    {
        Assert.False(Cube.apply(tensor(2.0)).requires_grad);
        using (no_grad()) Assert.False(Cube.apply(Leaf(2)).requires_grad);
    }

    [Fact]
    public void Outputs_without_a_gradient_are_zeros_or_missing()
    {
        var x = Leaf(3, 1, 2);
        var made = SortedPair.apply(x);
        Assert.False(made[1].requires_grad);
        made[2].dot(tensor(new[] { 1.0, 10, 100 })).backward();
        Assert.Equal([200.0, 2, 20], Numbers(x.grad));
        Assert.Equal([false, false, false], SortedPair.Missing);
        SortedPair.Materialize = false;
        try
        {
            x.grad = null;
            SortedPair.apply(x)[2].dot(tensor(new[] { 1.0, 10, 100 })).backward();
            Assert.Equal([200.0, 2, 20], Numbers(x.grad));
            Assert.Equal([true, true, false], SortedPair.Missing);
        }
        finally
        {
            SortedPair.Materialize = true;
        }
    }

    [Fact]
    public void An_input_changed_in_place_gets_the_functions_gradient()
    {
        var x = Leaf(1, 2);
        var inner = x * 1;
        var same = AddOne.apply(inner);
        Assert.Same(inner, same);
        Assert.Equal([2.0, 3], Numbers(inner));
        inner.sum().backward();
        Assert.Equal([10.0, 10], Numbers(x.grad));
    }

    [Fact]
    public void A_saved_tensor_that_was_changed_or_freed_is_an_error()
    {
        var x = Leaf(1, 2);
        var inner = x * 1;
        var y = Cube.apply(inner).sum();
        inner.mul_(2);
        Assert.Contains("inplace", Assert.Throws<ExternalException>(() => y.backward()).Message);
        var twice = Cube.apply(x).sum();
        twice.backward();
        Assert.Contains("second time", Assert.Throws<ExternalException>(() => twice.backward()).Message);
    }

    [Fact]
    public void Exceptions_come_out_as_they_were_thrown()
    {
        var x = Leaf(1);
        Faulty.Returns = _ => throw new FormatException("from backward", new ArithmeticException("within"));
        var error = Assert.Throws<FormatException>(() => Faulty.apply(x).backward());
        Assert.Equal("from backward", error.Message);
        Assert.Equal("within", Assert.IsType<ArithmeticException>(error.InnerException).Message);
        Assert.Contains(nameof(Exceptions_come_out_as_they_were_thrown), error.StackTrace);
        Assert.Throws<FormatException>(() => grad([Faulty.apply(x)], [x]));
        Faulty.Starts = () => throw new KeyNotFoundException("from forward");
        Assert.Equal("from forward", Assert.Throws<KeyNotFoundException>(() => Faulty.apply(x)).Message);
        Faulty.Starts = () => { };
        Faulty.Returns = gradient => [gradient];
        // Nothing of the failure is left behind.
        Assert.Null(x.grad);
        Faulty.apply(x).backward();
        Assert.Equal([1.0], Numbers(x.grad));
        Assert.True(is_grad_enabled());
    }

    [Fact]
    public void An_exception_passes_through_passes_within_passes()
    {
        var x = Leaf(1);
        Faulty.Returns = gradient =>
        {
            using (enable_grad())
            {
                var inner = Leaf(5);
                inner.register_hook(_ => throw new TimeoutException("deep inside"));
                (inner * 2).backward();
            }
            return [gradient];
        };
        try
        {
            Assert.Equal("deep inside", Assert.Throws<TimeoutException>(() => Faulty.apply(x).backward()).Message);
        }
        finally
        {
            Faulty.Returns = gradient => [gradient];
        }
    }

    // A pass inside a pass inside a pass: libtorch goes on in a thread of its own when they are too many for one stack.
    private sealed class Nested : SingleTensorFunction<Nested>
    {
        public static HashSet<int> Threads { get; } = [];

        public static Func<Tensor, Tensor> Innermost { get; set; } = gradient => gradient * 2;

        public override string Name => nameof(Nested);

        public override Tensor forward(AutogradContext ctx, params object?[] vars)
        {
            ctx.save_data("depth", vars[1]!);
            return (Tensor)vars[0]! * 2;
        }

        public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output)
        {
            Threads.Add(Environment.CurrentManagedThreadId);
            var depth = (int)ctx.get_data("depth")!;
            if (depth == 0) return [Innermost(grad_output), null!];
            using var recording = enable_grad();
            var x = Leaf(1);
            return [grad_output * grad([Nested.apply(x, depth - 1)], [x])[0], null!];
        }
    }

    [Fact]
    public void Backward_runs_on_threads_of_the_engine_too()
    {
        var x = Leaf(1);
        Nested.Threads.Clear();
        Nested.apply(x, 150).backward();
        Assert.Equal([2.0], Numbers(x.grad));
        Assert.True(Nested.Threads.Count > 1);
        Nested.Innermost = _ => throw new TimeoutException("far away");
        try
        {
            Assert.Equal("far away", Assert.Throws<TimeoutException>(() => Nested.apply(x, 150).backward()).Message);
        }
        finally
        {
            Nested.Innermost = gradient => gradient * 2;
        }
    }

    [Fact]
    public void Wrong_numbers_and_places_of_gradients_are_named()
    {
        var x = Leaf(1);
        try
        {
            Faulty.Returns = gradient => [gradient, gradient];
            Assert.Contains("2 gradients", Assert.Throws<NotImplementedException>(() => Faulty.apply(x).backward()).Message);
            Faulty.Returns = gradient => [gradient, null!];
            Faulty.apply(x).backward();
            Assert.Equal([1.0], Numbers(x.grad));
            Faulty.Returns = gradient => [gradient, gradient];
            Assert.Contains("position 1", Assert.Throws<NotImplementedException>(() => Faulty.apply(x, "text").backward()).Message);
            Faulty.Returns = _ => [ones(3)];
            Assert.Contains("invalid gradient at index 0", Assert.Throws<ExternalException>(() => Faulty.apply(Leaf(1, 2)).sum().backward()).Message);
        }
        finally
        {
            Faulty.Returns = gradient => [gradient];
        }
    }

    [Fact]
    public void Backward_runs_in_the_mode_of_the_pass_and_leaves_scopes_alone()
    {
        var modes = new List<bool>();
        Faulty.Returns = gradient =>
        {
            modes.Add(is_grad_enabled());
            return [gradient];
        };
        try
        {
            var x = Leaf(1);
            using var scope = NewDisposeScope();
            grad([Faulty.apply(x)], [x], create_graph: true);
            grad([Faulty.apply(x)], [x]);
            Assert.Equal([true, false], modes);
            Assert.Same(scope, CurrentDisposeScope);
        }
        finally
        {
            Faulty.Returns = gradient => [gradient];
        }
    }

    [Fact]
    public void Passes_on_several_threads_at_once_each_get_their_own_gradients()
    {
        var failures = 0;
        var threads = Enumerable.Range(1, 3).Select(number => new Thread(() =>
        {
            for (var k = 0; k < 100; k++)
            {
                var x = Leaf(number);
                Cube.apply(Cube.apply(x)).backward();
                if (Math.Abs(Numbers(x.grad)[0] - 9 * Math.Pow(number, 8)) > 1e-6 * Math.Pow(number, 8)) Interlocked.Increment(ref failures);
            }
        })).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        Assert.Equal(0, failures);
    }

    [Fact]
    public void A_graph_takes_its_functions_with_it()
    {
        // The node in the graph holds the call, and the call holds what was saved: all of it must go once the last tensor is gone.
        var references = Make(50);
        for (var round = 0; round < 20 && references.Any(reference => reference.IsAlive); round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.DoesNotContain(references, reference => reference.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static List<WeakReference> Make(int count)
        {
            var made = new List<WeakReference>();
            var x = Leaf(0.5);
            for (var k = 0; k < count; k++)
            {
                var payload = new object();
                made.Add(new WeakReference(payload));
                var y = Payload.apply(x, payload);
                if (k % 2 == 0) y.backward();
            }
            return made;
        }
    }

    private sealed class Payload : SingleTensorFunction<Payload>
    {
        public override string Name => nameof(Payload);

        public override Tensor forward(AutogradContext ctx, params object?[] vars)
        {
            var result = (Tensor)vars[0]! * 2;
            ctx.save_data("payload", vars[1]!);
            ctx.save_for_backward([result]);
            return result;
        }

        public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output) => [grad_output * 2, null!];
    }
}
