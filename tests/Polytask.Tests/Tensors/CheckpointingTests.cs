using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Tensors;

public class CheckpointingTests
{
    // A block with dropout that counts its calls and keeps the last thing that it made inside.
    private sealed class Block : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> first = nn.Linear(6, 8, dtype: float64);
        private readonly nn.Module<Tensor, Tensor> drop = nn.Dropout(0.5);
        private readonly nn.Module<Tensor, Tensor> second = nn.Linear(8, 6, dtype: float64);

        public Block() : base(nameof(Block)) => RegisterComponents();

        public int Calls { get; private set; }

        public Tensor? Inside { get; private set; }

        public override Tensor forward(Tensor input)
        {
            Calls++;
            Inside = first.call(input).tanh();
            return second.call(drop.call(Inside)) + input;
        }
    }

    private static readonly Tensor data = (arange(30, float64) * 0.7).cos().reshape(5, 6);

    private static (List<double[]> Gradients, double Next) Gradients(Block[] blocks, Func<Block, Tensor, Tensor> call)
    {
        manual_seed(3);
        foreach (var parameter in blocks.SelectMany(block => block.parameters())) parameter.grad = null;
        var x = data.clone().requires_grad_();
        var y = blocks.Aggregate(x * 2, (value, block) => call(block, value));
        y.pow(2).sum().backward();
        var found = blocks.SelectMany(block => block.parameters()).Select(parameter => parameter.grad!).Append(x.grad!);
        // What is drawn after the pass must not depend on how the pass was made.
        return ([.. found.Select(gradient => gradient.data<double>().ToArray())], rand(1, dtype: float64).item<double>());
    }

    [Fact]
    public void Gradients_and_later_random_numbers_are_those_without_checkpoints()
    {
        Block[] blocks = [new(), new(), new()];
        var plain = Gradients(blocks, (block, value) => block.call(value));
        var checkpointed = Gradients(blocks, Checkpointing.Run);
        Assert.Equal(plain.Gradients.Count, checkpointed.Gradients.Count);
        foreach (var (expected, actual) in plain.Gradients.Zip(checkpointed.Gradients)) Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(plain.Next, checkpointed.Next);
        Assert.Contains(plain.Gradients[0], value => value != 0);
    }

    [Fact]
    public void The_part_is_computed_again_in_backward_and_keeps_nothing_until_then()
    {
        var block = new Block();
        var x = data.clone().requires_grad_();
        var y = Checkpointing.Run(block, x);
        Assert.Equal(1, block.Calls);
        Assert.True(block.Inside!.IsInvalid);
        Assert.False(y.IsInvalid);
        y.sum().backward();
        Assert.Equal(2, block.Calls);
        Assert.True(block.Inside!.IsInvalid);
        using (no_grad()) Checkpointing.Run(block, x);
        Assert.Equal(3, block.Calls);
    }

    [Fact]
    public void A_weight_outside_and_inside_of_the_part_gets_both_gradients_once()
    {
        var w = tensor(3.0, requires_grad: true);
        // w * (w * 2)^2 = 4 w^3, whose derivative is 12 w^2.
        Checkpointing.Run(inputs => w * inputs[0] * inputs[0], [w * 2], [w]).backward();
        Assert.Equal(108, w.grad!.item<double>(), 10);
    }

    [Fact]
    public void Several_inputs_with_and_without_gradients()
    {
        var (a, b, c) = (tensor(2.0, requires_grad: true), tensor(5.0), tensor(7.0, requires_grad: true));
        var y = Checkpointing.Run(inputs => inputs[0] * inputs[1], [a, b, c], []);
        var found = autograd.grad([y], [a, c], allow_unused: true);
        Assert.Equal(5, found[0].item<double>());
        Assert.Null(found[1]);
        Assert.Equal([2.0], new[] { Checkpointing.Run(inputs => inputs[0], [a], []).item<double>() });
        Assert.False(a.IsInvalid);
    }

    [Fact]
    public void What_it_cannot_do_is_said()
    {
        var x = tensor(2.0, requires_grad: true);
        var y = Checkpointing.Run(inputs => inputs[0] * inputs[0], [x], []);
        Assert.Contains("create_graph", Assert.Throws<NotSupportedException>(() => autograd.grad([y], [x], create_graph: true)).Message);
        Assert.Contains("parameter 1", Assert.Throws<ArgumentException>(() => Checkpointing.Run(inputs => inputs[0], [x], [x, x * 2])).Message);
    }
}
