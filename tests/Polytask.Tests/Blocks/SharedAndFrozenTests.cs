using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Blocks;

public class SharedAndFrozenTests
{
    private static readonly Block Common = Block.Mlp(4).Shared();

    private static Model Towers(Block tower) => Model.Named("towers").Input(3).Backbone(Block.Linear(4))
        .Task("a", Head.Regress(), tower: tower.Then(Block.Linear(2))).Task("b", Head.Regress(), tower: tower);

    [Fact]
    public void A_shared_block_is_one_module_at_all_places()
    {
        var model = Towers(Common);
        using var module = model.Build();
        var (a, b) = (module.get_parameter("task_a.tower.0.layers.0.weight")!, module.get_parameter("task_b.tower.layers.0.weight")!);
        Assert.Same(a, b);
        Assert.Single(module.parameters(), parameter => ReferenceEquals(parameter, a));
        var names = module.state_dict().Keys;
        Assert.Contains("task_a.tower.0.layers.0.weight", names);
        Assert.Contains("task_b.tower.layers.0.weight", names);
        Assert.Equal(Towers(Block.Mlp(4)).ParameterCount - 20, model.ParameterCount);
        Assert.Contains("shared (mlp 4 ReLU)", model.ToString());
    }

    [Fact]
    public void Its_gradient_is_the_sum_over_its_places()
    {
        using var module = Towers(Common).Build();
        var x = Values.Normal(1, 5, 3);
        var weight = module.get_parameter("task_b.tower.layers.0.weight")!;
        Tensor Gradient(Func<IReadOnlyList<Tensor>, Tensor> loss)
        {
            module.zero_grad();
            loss(module.Forward(x)).backward();
            return weight.grad!.clone();
        }
        var (a, b) = (Gradient(outputs => outputs[0].square().sum()), Gradient(outputs => outputs[1].square().sum()));
        Assert.True(Values.Difference(Gradient(outputs => outputs[0].square().sum() + outputs[1].square().sum()), a + b) <= 1e-5);
        Assert.True(a.abs().sum().item<float>() > 0 && b.abs().sum().item<float>() > 0);
    }

    [Fact]
    public void It_belongs_to_the_tasks_that_train_it()
    {
        using var module = Towers(Common).Build();
        var common = module.get_parameter("task_a.tower.0.layers.0.weight")!;
        Assert.Contains(module.SharedParameters(), parameter => ReferenceEquals(parameter, common));
        foreach (var task in new[] { "a", "b" }) Assert.DoesNotContain(module.TaskParameters(task), parameter => ReferenceEquals(parameter, common));
        var owned = module.SharedParameters().Concat(module.TaskParameters("a")).Concat(module.TaskParameters("b")).ToArray();
        Assert.Equal(module.parameters().Count(), owned.Length);
        Assert.Equal(owned.Length, owned.Distinct<TorchSharp.Modules.Parameter>(ReferenceEqualityComparer.Instance).Count());
    }

    [Fact]
    public void Two_builds_share_nothing_and_neither_do_single_task_copies()
    {
        using var first = Towers(Common).Build();
        using var second = Towers(Common).Build();
        Assert.NotSame(first.get_parameter("task_b.tower.layers.0.weight"), second.get_parameter("task_b.tower.layers.0.weight"));
        using var single = Towers(Common).SingleTask().Build();
        Assert.NotSame(single.get_parameter("task_a.tower.0.layers.0.weight"), single.get_parameter("task_b.tower.layers.0.weight"));

        // Within a copy the places do share.
        using var both = Model.Named("both").Input(4).Backbone(Common).Task("a", Head.Regress(), tower: Common).Task("b", Head.Regress(), tower: Common).SingleTask().Build();
        foreach (var (trunk, task) in new[] { (0, "a"), (1, "b") })
            Assert.Same(both.get_parameter($"trunk_{trunk}.backbone.layers.0.weight"), both.get_parameter($"task_{task}.tower.layers.0.weight"));
        Assert.NotSame(both.get_parameter("trunk_0.backbone.layers.0.weight"), both.get_parameter("trunk_1.backbone.layers.0.weight"));
    }

    [Fact]
    public void Each_call_of_Shared_makes_a_module_of_its_own()
    {
        var module = Block.Linear(3).Shared().Then(Block.Linear(3).Shared()).Build(Shape.Of(3));
        Assert.NotSame(module.get_parameter("0.weight"), module.get_parameter("1.weight"));
        Assert.Equal(Common, Common.Shared());
    }

    [Fact]
    public void It_can_be_laid_out_flat_and_stepped_as_one()
    {
        using var module = Towers(Common).Build();
        var x = Values.Normal(1, 5, 3);
        using var optimizer = new FlatOptimizer(module.named_parameters(), parameters => optim.SGD(parameters, 0.1));
        var weight = module.get_parameter("task_b.tower.layers.0.weight")!;
        var before = weight.clone();
        var outputs = module.Forward(x);
        (outputs[0].square().sum() + outputs[1].square().sum()).backward();
        var expected = before - 0.1 * weight.grad!;
        optimizer.Step();
        Assert.NotNull(optimizer.Flat);
        Assert.True(Values.Difference(weight, expected) <= 1e-6);
        Assert.Equal(0, Values.Difference(module.get_parameter("task_a.tower.0.layers.0.weight")!, weight));
    }

    [Fact]
    public void It_cannot_stand_where_inputs_differ()
    {
        var model = Model.Named("m").Input(3).Backbone(Common.Then(Block.Linear(5))).Task("a", Head.Regress(), tower: Common);
        Assert.Equal("the shared block 'mlp' stands where it gets 3 features and where it gets 5 features; one module needs the same input everywhere: "
            + "mark only the part with equal inputs, or drop .Shared()", Assert.Throws<DeclarationException>(() => model.Build()).Message);
    }

    [Fact]
    public void A_failed_build_leaves_no_scope_behind()
    {
        Assert.Throws<DeclarationException>(() => Block.Linear(3).Then(Block.Conv(2)).Build(Shape.Of(3)));
        var block = Block.Linear(3).Shared();
        Assert.NotSame(block.Build(Shape.Of(3)), block.Build(Shape.Of(3)));
    }

    private static readonly Block Still = Block.Mlp(4).WithNormalisation(Normalisation.Batch).WithDropout(0.5).Freeze();

    [Fact]
    public void A_frozen_block_computes_as_in_evaluation_and_passes_gradients_on()
    {
        var module = Block.Linear(3).Then(Still).Build(Shape.Of(3));
        module.train();
        var x = Values.Normal(1, 6, 3);
        var before = module.state_dict()["1.block.norms.0.running_mean"].clone();
        var output = module.call(x);
        Assert.Equal(0, Values.Difference(module.call(x), output));
        output.sum().backward();
        Assert.NotNull(module.get_parameter("0.weight")!.grad);
        Assert.Null(module.get_parameter("1.block.layers.0.weight")!.grad);
        Assert.Equal(0, Values.Difference(module.state_dict()["1.block.norms.0.running_mean"], before));
        module.eval();
        Assert.Equal(0, Values.Difference(module.call(x), output));
    }

    [Fact]
    public void A_frozen_block_counts_as_nobodys()
    {
        var model = Model.Named("frozen").Input(10).Backbone(Still).Task("a", Head.Regress()).Task("b", Head.Regress());
        Assert.Equal(2 * 5, model.ParameterCount);
        using var module = model.Build();
        Assert.Empty(module.SharedParameters());
        Assert.Equal(2, module.TaskParameters("a").Count);
        Assert.Contains("frozen (mlp 4 ReLU batch norm dropout 0.5)", model.ToString());
    }

    [Fact]
    public void Training_leaves_a_frozen_block_and_changes_a_shared_one()
    {
        var model = Model.Named("m").Input(3).Backbone(Still)
            .Task("a", Head.Regress(), tower: Common).Task("b", Head.Regress(), tower: Common);
        var examples = Examples.Joint(Values.Normal(1, 20, 3), ("a", Values.Normal(2, 20)), ("b", Values.Normal(3, 20)));
        manual_seed(7);
        using var fresh = model.Build();
        var run = model.Train(new DataSplits(examples, examples, examples), t => t.Adam(0.05).Epochs(3).Batch(10), seed: 7);
        var (before, after) = (fresh.state_dict(), run.Module.state_dict());
        foreach (var name in before.Keys.Where(name => name.StartsWith("trunk", StringComparison.Ordinal)))
            Assert.True(Values.Difference(before[name].to(ScalarType.Float32), after[name].to(ScalarType.Float32)) == 0, name);
        Assert.True(Values.Difference(before["task_a.tower.layers.0.weight"], after["task_a.tower.layers.0.weight"]) > 0.01);
        Assert.Equal(0, Values.Difference(after["task_b.tower.layers.0.weight"], after["task_a.tower.layers.0.weight"]));
    }
}
