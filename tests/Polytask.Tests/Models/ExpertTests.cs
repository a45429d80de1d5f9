using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Models;

public class ExpertTests
{
    [Theory]
    [InlineData(new long[] { 6 })]
    [InlineData(new long[] { 6, 5 })]
    [InlineData(new long[] { 6, 5, 4 })]
    public void Experts_computed_together_give_what_a_loop_gives(long[] units)
    {
        manual_seed(7);
        var wide = ExpertModule.Of(3, Shape.Of(10), Block.Mlp(units));
        manual_seed(7);
        var loop = new LoopedExperts(3, Shape.Of(10), Block.Mlp(units));
        var (a, b) = (Values.Normal(1, 8, 10).requires_grad_(), Values.Normal(1, 8, 10).requires_grad_());
        var (together, looped) = (wide.call(a), loop.call(b));
        Assert.Equal([8, 3, units[^1]], together.shape);
        Assert.True(Values.Difference(together, looped) <= 1e-6);
        together.square().sum().backward();
        looped.square().sum().backward();
        Assert.True(Values.Difference(a.grad!, b.grad!) <= 1e-5);
        Assert.Equal(loop.parameters().Sum(p => p.grad!.square().sum().item<float>()), wide.parameters().Sum(p => p.grad!.square().sum().item<float>()), 1e-3);
    }

    [Fact]
    public void Experts_of_any_block_are_stacked_in_their_order()
    {
        manual_seed(2);
        var bank = ExpertModule.Of(2, Shape.Of(1, 4, 4), Block.Conv(3));
        Assert.Equal([5, 2, 3 * 4 * 4], bank.call(rand(5, 1, 4, 4)).shape);
    }

    private static Model Mmoe(int experts) => Model.Named("mmoe").Input(10).Experts(experts, Block.Mlp(4))
        .Task("a", Head.Regress(), tower: Block.Mlp(3)).Task("b", Head.Regress(), tower: Block.Mlp(3));

    [Fact]
    public void One_expert_is_a_shared_bottom()
    {
        var x = Values.Normal(3, 6, 10);
        var (one, shared) = (Mmoe(1).Gate(Gate.Softmax().ZeroInitialised()), Mmoe(1).WithoutExperts().Backbone(Block.Mlp(4)));
        manual_seed(5);
        var mixed = one.Build().Forward(x);
        manual_seed(5);
        var plain = shared.Build().Forward(x);
        Assert.All(mixed.Zip(plain), pair => Assert.True(Values.Difference(pair.First, pair.Second) <= 1e-6));
    }

    [Fact]
    public void Tied_gates_are_one_gate()
    {
        var x = Values.Normal(3, 6, 10);
        manual_seed(5);
        using var two = Mmoe(4).Build();
        manual_seed(6);
        using var tied = Mmoe(4).Gate(Gate.Softmax().Shared()).Build();
        using (no_grad())
        {
            var (from, to) = (two.state_dict(), tied.state_dict());
            from["trunk.experts.gate_b.weight"].copy_(from["trunk.experts.gate_a.weight"]);
            foreach (var (name, value) in to) value.copy_(from[name == "trunk.experts.gate.weight" ? "trunk.experts.gate_a.weight" : name]);
        }
        Assert.All(two.Forward(x).Zip(tied.Forward(x)), pair => Assert.True(Values.Difference(pair.First, pair.Second) <= 1e-6));
    }

    [Fact]
    public void Gate_rows_sum_to_one_and_a_zero_gate_is_even()
    {
        var x = Values.Normal(4, 9, 10) * 3;
        using var drawn = Mmoe(5).Build();
        Assert.All(drawn.GateWeights("b", x).sum(1).Numbers(), sum => Assert.Equal(1, sum, 1e-6));
        using var zero = Mmoe(5).Gate(Gate.Softmax().ZeroInitialised()).Build();
        Assert.All(zero.GateWeights("a", x).Numbers(), weight => Assert.Equal(0.2, weight, 1e-7));
    }

    [Fact]
    public void One_task_alone_gets_what_it_gets_among_all()
    {
        var x = Values.Normal(4, 9, 10);
        foreach (var model in new[] { Mmoe(3), Mmoe(3).Gate(Gate.Softmax().Shared()), Mmoe(3).SingleTask(), Mmoe(3).WithoutExperts() })
        {
            using var module = model.Build();
            var all = module.Forward(x);
            Assert.True(Values.Difference(all[1], module.Forward("b", x)) <= 1e-6);
        }
    }

    [Fact]
    public void Every_parameter_belongs_to_all_tasks_or_to_one()
    {
        foreach (var model in new[] { Mmoe(3), Mmoe(3).Gate(Gate.Softmax().Shared()), Mmoe(3).SingleTask(), Mmoe(3).WithoutExperts().Backbone(Block.Mlp(4)), Mmoe(3).Only("a") })
        {
            using var module = model.Build();
            var owned = module.SharedParameters().Concat(model.Tasks.SelectMany(task => module.TaskParameters(task.Name))).Select(p => p.Handle).ToArray();
            Assert.Equal(owned.Length, owned.Distinct().Count());
            Assert.Equal(module.parameters().Select(p => p.Handle).Order(), owned.Order());
        }
    }

    [Fact]
    public void A_single_task_model_shares_nothing()
    {
        using var module = Mmoe(3).SingleTask().Build();
        Assert.Empty(module.SharedParameters());
        module.Forward("a", Values.Normal(1, 4, 10)).sum().backward();
        Assert.All(module.TaskParameters("b"), parameter => Assert.Null(parameter.grad));
        Assert.All(module.TaskParameters("a"), parameter => Assert.NotNull(parameter.grad));
    }

    [Fact]
    public void A_model_without_experts_has_no_gate_to_read() =>
        Assert.Equal("model 'mmoe' has no experts, so task 'a' has no gate",
            Assert.Throws<DeclarationException>(() => Mmoe(2).WithoutExperts().Build().GateWeights("a", rand(2, 10))).Message);
}
