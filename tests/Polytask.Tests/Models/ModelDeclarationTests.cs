namespace Polytask.Tests.Models;

public class ModelDeclarationTests
{
    private static readonly Model Mmoe = Model.Named("mmoe").Input(40).Backbone(Block.Mlp(128)).Experts(8, Block.Mlp(64, 32))
        .Task("income", Head.Classify(9)).Task("married", Head.Binary(), loss: Loss.Focal(2)).Weigh(Weighting.Uncertainty());

    [Fact]
    public void Every_step_returns_a_new_model_and_leaves_the_old_one_alone()
    {
        var shared = Mmoe.Renamed("shared bottom").WithoutExperts();
        Assert.NotNull(Mmoe.ExpertBank);
        Assert.Null(shared.ExpertBank);
        Assert.Equal("mmoe", Mmoe.Name);
    }

    [Fact]
    public void Parameters_are_as_many_as_the_layers_have()
    {
        // backbone, 8 experts of two layers, two gates without bias, two heads, two log variances
        var expected = 40 * 128 + 128 + 8 * (128 * 64 + 64 + 64 * 32 + 32) + 2 * (128 * 8) + (32 * 9 + 9) + (32 + 1) + 2;
        Assert.Equal(expected, Mmoe.ParameterCount);
    }

    [Fact]
    public void Counting_parameters_does_not_change_what_is_drawn_next()
    {
        TorchSharp.torch.manual_seed(3);
        _ = Mmoe.ParameterCount;
        var counted = TorchSharp.torch.rand(4).Numbers();
        TorchSharp.torch.manual_seed(3);
        Assert.Equal(TorchSharp.torch.rand(4).Numbers(), counted);
    }

    [Fact]
    public void A_tree_shows_every_part_with_its_shapes()
    {
        var tree = Mmoe.ToString();
        Assert.StartsWith("mmoe: 40 features, ", tree);
        foreach (var part in new[] { "mlp 128 ReLU", "40 features → 128 features", "8 x mlp 64-32 ReLU", "a softmax gate per task", "task 'income'", "classify 9 classes", "focal, gamma 2", "uncertainty" })
            Assert.Contains(part, tree);
    }

    public static TheoryData<string, Func<Model>> Mistakes => new()
    {
        { "task 'income': head expects 64 features, expert 'mlp' gives 32", () => Model.Named("m").Input(40).Experts(2, Block.Mlp(32)).Task("income", Head.Classify(9, features: 64)) },
        { "task 'income': head expects 64 features, tower 'linear' gives 8", () => Model.Named("m").Input(40).Task("income", Head.Classify(9, features: 64), tower: Block.Linear(8)) },
        { "task 'income': head expects 64 features, backbone 'mlp' gives 16", () => Model.Named("m").Task("income", Head.Classify(9, features: 64)).Backbone(Block.Mlp(16)).Input(40) },
        { "model 'm': backbone: a conv block takes channels x height x width, but gets 40 features; declare the input as Input(channels, height, width)", () => Model.Named("m").Input(40).Backbone(Block.Conv(8)) },
        { "model 'm': backbone: pooling by 2 after each of 4 layers leaves nothing of 1 x 8 x 8; use fewer layers or a smaller pool", () => Model.Named("m").Input(1, 8, 8).Backbone(Block.Conv([8, 8, 8, 8], pool: 2)) },
        { "model 'm': there already is a task 'a'; give each task a name of its own", () => Model.Named("m").Task("a", Head.Binary()).Task("a", Head.Binary()) },
        { "task 'a': the loss 'focal, gamma 2' cannot train a regress head; its own loss is 'mean squared error'", () => Model.Named("m").Task("a", Head.Regress(), loss: Loss.Focal()) },
        { "model 'm': an expert bank needs at least 1 expert, but got 0", () => Model.Named("m").Experts(0, Block.Mlp(4)) },
        { "an mlp needs the width of at least one layer, for example Block.Mlp(64)", () => Model.Named("m").Backbone(Block.Mlp()) },
        { "a classification head needs at least 2 classes, but got 1; for yes or no use Head.Binary()", () => Model.Named("m").Task("a", Head.Classify(1)) },
        { "a model needs a name; results are reported under it", () => Model.Named(" ") },
        { "model 'm' has no task 'incme'; it has 'income'; did you mean 'income'?", () => Model.Named("m").Input(4).Task("income", Head.Binary()).Only("incme") },
        { "model 'm' without any task was asked for; name at least one of 'a'", () => Model.Named("m").Task("a", Head.Binary()).Only() },
        {
            "model 'm': the task 'HOME.TYPE' may not have a '.' (it parts the names of weights) or a '/' (it parts a task from its metric) in its name; "
                + "rename it, in a table's target with .Named(\"...\")",
            () => Model.Named("m").Task("HOME.TYPE", Head.Classify(5))
        },
        { "a shape needs dimensions of at least 1, but [1, 0, 4] holds 0", () => Model.Named("m").Input(1, 0, 4) },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void A_mistake_is_reported_by_the_step_that_makes_it(string message, Func<Model> declare) =>
        Assert.Equal(message, Assert.Throws<DeclarationException>(declare).Message);

    [Fact]
    public void A_part_that_is_null_is_named()
    {
        Assert.Equal("block", Assert.Throws<ArgumentNullException>(() => Model.Named("m").Backbone(null!)).ParamName);
        Assert.Equal("head", Assert.Throws<ArgumentNullException>(() => Model.Named("m").Task("a", null!)).ParamName);
        Assert.Equal("weighting", Assert.Throws<ArgumentNullException>(() => Model.Named("m").Weigh(null!)).ParamName);
    }

    [Fact]
    public void Only_the_named_tasks_stay_in_the_order_declared()
    {
        var three = Mmoe.Task("home", Head.Classify(5)).Only("home", "income");
        Assert.Equal(["income", "home"], three.Tasks.Select(task => task.Name));
        Assert.Equal(2, Mmoe.Tasks.Length);
    }

    [Fact]
    public void A_model_without_input_or_tasks_is_not_built()
    {
        Assert.Equal("model 'm' has no input; add .Input(features) or .Input(channels, height, width)",
            Assert.Throws<DeclarationException>(() => Model.Named("m").Task("a", Head.Binary()).Build()).Message);
        Assert.Equal("model 'm' has no task; add .Task(name, head)", Assert.Throws<DeclarationException>(() => Model.Named("m").Input(3).Build()).Message);
    }
}
