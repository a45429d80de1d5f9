using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Heads;

/// <summary>What heads share: their layer, heads of the user's own, heads that read other tasks, rows with some labels missing.</summary>
public class HeadTests
{
    private static Model Two(Head second) => Model.Named("m").Input(3).Task("a", Head.Regress()).Task("b", second);

    private static readonly Head Doubled = Head.Regress().Combining(["a"], (own, others) => own + 2 * others[0]);

    [Fact]
    public void The_layer_of_a_head_keeps_its_name_in_the_weights_also_behind_an_image()
    {
        var names = Model.Named("m").Input(1, 4, 4).Backbone(Block.Conv(2)).Task("a", Head.Classify(3)).Build().state_dict();
        Assert.Equal([3, 32], names["task_a.output.weight"].shape);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_head_combines_its_own_output_with_those_of_tasks_before_it(bool single)
    {
        manual_seed(1);
        var model = Two(Doubled);
        var module = (single ? model.SingleTask() : model).Build();
        var x = Values.Normal(1, 5, 3);
        var weights = module.state_dict();
        Tensor Unit(string task) => (x.matmul(weights[$"task_{task}.output.weight"].t()) + weights[$"task_{task}.output.bias"]).squeeze(1);
        var expected = Unit("b") + 2 * Unit("a");
        Assert.True(Values.Difference(expected, module.Forward(x)[1]) < 1e-6);
        Assert.True(Values.Difference(expected, module.Forward("b", x)) < 1e-6);
        Assert.True(Values.Difference(Unit("a"), module.Forward(x)[0]) < 1e-6);
    }

    [Fact]
    public void The_tasks_that_a_head_reads_are_declared_before_it()
    {
        string Refusal(Model model) => Assert.Throws<DeclarationException>(model.Build).Message;
        Assert.Equal("task 'b': its head reads the task 'a', which must be declared before it in model 'm'; before it comes none", Refusal(Two(Doubled).Only("b")));
        Assert.Equal("task 'b': its head reads the task 'a', which must be declared before it in model 'm'; declare it earlier",
            Refusal(Model.Named("m").Input(3).Task("b", Doubled).Task("a", Head.Regress())));
        Assert.Equal("a regress head that combines outputs must name at least one task to read",
            Assert.Throws<DeclarationException>(() => Head.Regress().Combining([], (own, _) => own)).Message);
    }

    [Fact]
    public void A_head_of_the_users_own_trains_with_its_loss_and_is_judged_by_its_metrics()
    {
        var head = Head.Of("map", 2, Loss.Of("absolute", (z, y) => (z - y).abs().flatten(1).mean([1])),
            [new("mae", false, (z, y) => (z - y).abs().mean().item<float>())], shape => nn.Conv2d(shape[0], 2, 1));
        var examples = Examples.Joint(Values.Normal(2, 6, 1, 4, 4), ("a", Values.Normal(3, 6, 2, 4, 4)));
        var run = Model.Named("m").Input(1, 4, 4).Task("a", head).Train(new DataSplits(examples, examples, examples), t => t.Epochs(2));
        Assert.Equal([6, 2, 4, 4], run.Module.Forward(examples.Inputs("a"))[0].shape);
        Assert.Equal("head 'map' needs at least 1 output, but got 0",
            Assert.Throws<DeclarationException>(() => Head.Of("map", 0, Loss.MeanSquaredError(), [])).Message);
    }
}
