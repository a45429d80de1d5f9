using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Blocks;

public class AdapterTests
{
    [Fact]
    public void An_adapter_starts_as_the_identity()
    {
        foreach (var shape in new[] { Shape.Of(5), Shape.Of(3, 5) })
        {
            var x = Values.Normal(1, [4, .. shape]);
            Assert.Equal(0, Values.Difference(Block.Adapter(2).Build(shape).call(x), x));
        }
    }

    [Fact]
    public void An_adapter_adds_what_comes_through_the_bottleneck()
    {
        var (x, module) = (Values.Normal(1, 4, 5), Block.Adapter(2).WithActivation(Activation.Tanh).Build(Shape.Of(5)));
        Tensor P(string name) => module.get_parameter(name)!;
        using (no_grad()) P("up.weight").copy_(Values.Normal(2, 5, 2));
        using (no_grad()) P("up.bias").copy_(Values.Normal(3, 5));
        var expected = x + (x.matmul(P("down.weight").t()) + P("down.bias")).tanh().matmul(P("up.weight").t()) + P("up.bias");
        Assert.True(Values.Difference(module.call(x), expected) <= 1e-6);
    }

    [Theory]
    [InlineData(5, 2)]
    [InlineData(32, 8)]
    public void An_adapter_has_2hm_and_h_and_m_parameters(long h, long m) =>
        Assert.Equal(2 * h * m + h + m, Block.Adapter(m).Build(Shape.Of(7, h)).parameters().Sum(parameter => parameter.numel()));

    // d/dW_up of sum(h + W_up a) is the sum over rows of a, and nothing reaches W_down while W_up is 0.
    [Fact]
    public void At_the_start_the_gradient_moves_the_upper_map_alone()
    {
        var (x, module) = (Values.Normal(1, 4, 5).requires_grad_(), Block.Adapter(2).Build(Shape.Of(5)));
        module.call(x).sum().backward();
        var low = nn.functional.linear(x, module.get_parameter("down.weight")!, module.get_parameter("down.bias")!);
        var hidden = nn.functional.gelu(low).sum([0L]);
        Assert.True(Values.Difference(module.get_parameter("up.weight")!.grad!, hidden.unsqueeze(0).expand(5, 2)) <= 1e-6);
        Assert.Equal(0, module.get_parameter("down.weight")!.grad!.abs().sum().item<float>());
        Assert.Equal(0, Values.Difference(x.grad!, ones_like(x)));
    }

    // One adapter per task behind a frozen backbone: only adapters and heads train.
    [Fact]
    public void Adapters_per_task_leave_the_outputs_of_a_frozen_backbone_as_they_are()
    {
        static MultiTaskModule Built(Func<Model, Model> sharing)
        {
            manual_seed(3);
            return sharing(Model.Named("m").Input(5).Backbone(Block.Mlp(6).Freeze())).Task("a", Head.Regress()).Task("b", Head.Regress()).Build();
        }
        var (plain, adapted, x) = (Built(m => m), Built(m => m.Then(Layer.PerTask(Block.Adapter(2)))), Values.Normal(1, 9, 5));
        Assert.Equal(0, Values.Difference(plain.Representation("b", x), adapted.Representation("b", x)));
        Assert.Empty(adapted.SharedParameters());
        Assert.Equal(2 * 6 * 2 + 6 + 2 + 7, adapted.TaskParameters("a").Sum(parameter => parameter.numel()));
    }

    [Fact]
    public void A_bottleneck_of_nothing_is_refused() =>
        Assert.Equal("an adapter needs a bottleneck of at least 1 unit, but got 0", Assert.Throws<DeclarationException>(() => Block.Adapter(0)).Message);
}
