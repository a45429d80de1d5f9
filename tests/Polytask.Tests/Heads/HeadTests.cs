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

    [Fact]
    public void A_head_of_the_users_own_takes_any_loss() => Assert.Equal("cross-entropy",
        Model.Named("m").Task("a", Head.Of("own", 2, Loss.MeanSquaredError(), []), loss: Loss.CrossEntropy()).Tasks[0].Loss.Name);

    [Fact]
    public void A_head_reads_its_token()
    {
        var model = Model.Named("m").Input(Shape.Of(5, 3)).Task("a", Head.Classify(4).Token(0)).Task("b", Head.Regress().Token(4));
        var (module, x) = (model.Build(), Values.Normal(1, 6, 5, 3));
        Assert.Equal([4, 3], module.state_dict()["task_a.output.weight"].shape);
        var changed = x.clone();
        changed.narrow(1, 1, 3).zero_();
        Assert.Equal(0, Values.Difference(module.Forward("a", x), module.Forward("a", changed)));
        Assert.Equal(0, Values.Difference(module.Forward("b", x), module.Forward("b", changed)));
        changed.select(1, 4).zero_();
        Assert.Equal(0, Values.Difference(module.Forward("a", x), module.Forward("a", changed)));
        Assert.NotEqual(0, Values.Difference(module.Forward("b", x), module.Forward("b", changed)));
    }

    public static TheoryData<string, Func<object>> Mistakes => new()
    {
        { "task 'a': head reads token 5 of tokens x features, the input gives 5 x 3", () => Model.Named("m").Input(Shape.Of(5, 3)).Task("a", Head.Binary().Token(5)) },
        { "task 'a': head reads token 0 of tokens x features, the input gives 5 features", () => Model.Named("m").Input(5).Task("a", Head.Binary().Token(0)) },
        { "tokens are numbered from 0, but got -1", () => Head.Binary().Token(-1) },
        { "a tag head reads more than one token; leave out .Token(0)", () => Head.Tag(3).Token(0) },
        { "task 'a': a segment head reads maps, channels x height x width, but the input gives 5 features", () => Model.Named("m").Input(5).Task("a", Head.Segment(3)) },
        { "task 'a': a detect head reads maps, channels x height x width, but the input gives 5 features", () => Model.Named("m").Input(5).Task("a", Head.Detect(3)) },
        { "task 'a': a tag head reads a sequence, tokens x features, but the input gives 5 features", () => Model.Named("m").Input(5).Task("a", Head.Tag(3)) },
        { "task 'a': an embedding pair reads 2 x features, one row for each side, but the input gives 5 features", () => Model.Named("m").Input(5).Task("a", Head.RepresentPairs(3)) },
        { "a multi-label head needs at least 1 label, but got 0", () => Head.MultiLabel(0) },
        { "an ordinal head needs at least 2 levels, but got 1", () => Head.Ordinal(1) },
        { "an ordinal conditional head needs at least 2 levels, but got 1", () => Head.OrdinalConditional(1) },
        { "task 'a': the loss 'corn' cannot train a ordinal head; its own loss is 'cumulative link'", () => Fitted(Head.Ordinal(3), Loss.Corn()) },
        { "an ordinal softmax head needs at least 2 levels, but got 1", () => Head.OrdinalSoftmax(1) },
        { "quantile levels rise, but 0.5 comes after 0.9", () => Head.Quantiles(0.9, 0.5) },
        { "a Gaussian head needs at least 1 value, but got 0", () => Head.Gaussian(0) },
        { "a hazard head needs at least 1 interval, but got 0", () => Head.Hazard(0) },
        { "an embedding needs at least 1 dimension, but got 0", () => Head.Represent(0) },
        { "an embedding needs at least 1 dimension, but got 0", () => Head.RepresentPairs(0) },
        { "an imitating head needs at least 2 classes, but got 1", () => Head.Imitate(1) },
        { "a segmentation head needs at least 2 classes, but got 1; for one kind of edge or region use Head.Edges()", () => Head.Segment(1) },
        { "a detection head needs at least 1 class, but got 0", () => Head.Detect(0) },
        { "a detection head gives at least 1 box, but got 0", () => Head.Detect(1, 0) },
        { "a tagging head needs at least 2 tags, but got 1", () => Head.Tag(1) },
        { "a binary head that combines outputs must name at least one task to read", () => Head.Product() },
        { "task 'a': the loss 'dice' cannot train a classify head; its own loss is 'cross-entropy'", () => Fitted(Head.Classify(3), Loss.Dice()) },
        { "task 'a': the loss 'class-weighted cross-entropy' cannot train a classify head; its own loss is 'cross-entropy'", () => Fitted(Head.Classify(3), Loss.CrossEntropy(classWeights: [1, 2])) },
        { "task 'a': the loss 'pinball 0.5' cannot train a quantiles head; its own loss is 'pinball 0.1, 0.9'", () => Fitted(Head.Quantiles(0.1, 0.9), Loss.Pinball(0.5)) },
        { "task 'a': the loss 'listnet' cannot train a cox head; its own loss is 'Cox partial likelihood'", () => Fitted(Head.Cox(), Loss.ListNet()) },
        { "task 'a': the loss 'cross-entropy + 2 x (boundary)' cannot train a tag head; its own loss is 'cross-entropy'", () => Fitted(Head.Tag(3), Loss.Sum((1, Loss.CrossEntropy()), (2, Loss.Boundary()))) },
        { "task 'a': the loss 'absolute error, worst 0.1' cannot train a count head; its own loss is 'Poisson likelihood'", () => Fitted(Head.Count(), Loss.WorstRows(Loss.AbsoluteError(), 0.1)) },
    };

    private static Model Fitted(Head head, Loss loss) => Model.Named("m").Task("a", head, loss: loss);

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void A_mistake_in_a_declaration_is_refused(string message, Func<object> declare) =>
        Assert.Equal(message, Assert.Throws<DeclarationException>(declare).Message);
}
