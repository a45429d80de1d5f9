using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Blocks;

public class TabularTests
{
    private static readonly Tensor Rows = tensor(new float[,] { { 1, 0.5f, 0 }, { 0, -1, 1 }, { 2, 0.3f, 1 } });

    private static Tabular Spec() => Block.Tabular([3, 0, 2], tasks: 2, width: 4).WithHeads(2).WithHidden(8);

    // Does the output of task 0's token change with the token of task 1?
    private static bool Leaks(Tabular spec)
    {
        using var module = Wide(spec);
        module.call(Rows)[0, 0].dot(Values.Normal(1, 4)).backward();
        return module.get_parameter("tasks")!.grad![1].abs().sum().item<float>() > 0;
    }

    [Fact]
    public void Masked_task_tokens_do_not_see_each_other()
    {
        var spec = Spec().WithoutRowAttention();
        Assert.False(Leaks(spec));
        Assert.True(Leaks(spec.WithMask(TaskTokenMask.None)));
        // Two blocks: by way of the features, unless those do not look at tasks either.
        Assert.True(Leaks(spec.WithDepth(2)));
        Assert.False(Leaks(spec.WithDepth(2).WithMask(TaskTokenMask.TasksFromTasks | TaskTokenMask.TasksFromFeatures)));
    }

    [Fact]
    public void Rows_see_each_other_only_through_row_attention()
    {
        var others = cat([Rows.narrow(0, 0, 1), Rows.narrow(0, 1, 2).flip(0)], 0);
        var changed = Rows.clone();
        changed[1, 1] = tensor(4f);
        using var columns = Wide(Spec().WithoutRowAttention());
        Assert.Equal(0, Values.Difference(columns.call(Rows)[0], columns.call(changed)[0]));
        using var both = Wide(Spec());
        Assert.True(Values.Difference(both.call(Rows)[0], both.call(changed)[0]) > 1e-6);
        // Without rotary positions the order of the other rows does not matter.
        Assert.True(Values.Difference(both.call(Rows)[0], both.call(others)[0]) <= 1e-5);
        using var rotary = Wide(Spec().WithRotaryRows());
        Assert.True(Values.Difference(rotary.call(Rows)[0], rotary.call(others)[0]) > 1e-5);
    }

    [Fact]
    public void Feature_tokens_keep_the_order_of_the_columns()
    {
        var module = Block.FeatureTokens([3, 0, 2], 4).Build(Shape.Of(3));
        var table = module.state_dict()["table.weight"];
        var tokens = module.call(Rows);
        Assert.Equal(table[1].Numbers(), tokens[0, 0].Numbers());
        Assert.Equal(table[3].Numbers(), tokens[0, 2].Numbers());
        var number = nn.functional.layer_norm(0.5 * module.get_parameter("weight")![0] + module.get_parameter("bias")![0], [4]);
        Assert.True(Values.Difference(tokens[0, 1], number) <= 1e-6);
    }

    [Fact]
    public void Its_weights_start_as_in_the_paper()
    {
        manual_seed(1);
        using var module = Block.Tabular([0, 0], tasks: 2).Build(Shape.Of(2));
        Assert.Equal(0.01, module.get_parameter("columns.0.linear1.weight")!.std().item<float>(), 0.0005);
        Assert.All(module.get_parameter("rows.0.linear1.bias")!.Numbers(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Tasks_read_their_tokens_in_a_model()
    {
        var model = Model.Named("multitab").Input(3).Backbone(Spec().WithoutRowAttention())
            .Task("a", Head.Binary(), tower: Block.Token(0).Then(Block.Mlp(5))).Task("b", Head.Regress(), tower: Block.Token(1));
        using var module = model.Build();
        var outputs = module.Forward(Rows);
        Assert.Equal([3], outputs[0].shape);
        outputs[1].sum().backward();
        Assert.Equal(0, module.get_parameter("trunk.backbone.tasks")!.grad![0].abs().sum().item<float>());
        Assert.Contains("tabular transformer, 2 task tokens and 3 feature tokens in 4, 1 block over columns, 2 heads, mask TasksFromTasks", model.ToString());
    }

    // Weights of the paper's size would leave differences below rounding.
    private static nn.Module<Tensor, Tensor> Wide(Tabular spec)
    {
        manual_seed(3);
        return spec.InitialisedNormal(0.7).Build(Shape.Of(3));
    }
}
