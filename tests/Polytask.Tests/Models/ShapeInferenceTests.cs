using FsCheck;
using FsCheck.Fluent;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Models;

/// <summary>What a declaration says about shapes is what the built module gives.</summary>
public class ShapeInferenceTests
{
    private static readonly Gen<(Shape Input, Block Block)> Cases =
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select Draw(StableRandom.For(seed, "blocks"));

    private static (Shape, Block) Draw(StableRandom random)
    {
        long[] Widths() => [.. Enumerable.Range(0, 1 + random.NextBelow(3)).Select(_ => 1L + random.NextBelow(6))];
        var flat = random.NextBelow(2) == 0;
        var input = flat ? Shape.Of(1 + random.NextBelow(7)) : Shape.Of(1 + random.NextBelow(3), 8 + random.NextBelow(5), 8 + random.NextBelow(5));
        Block block = flat
            ? random.NextBelow(2) == 0 ? Block.Mlp(Widths()).WithDropout(0.1) : Block.Linear(1 + random.NextBelow(5), bias: false)
            : Block.Conv(Widths(), kernel: 1 + 2 * random.NextBelow(2), pool: 1 + random.NextBelow(2));
        for (var more = random.NextBelow(3); more > 0; more--)
            block = block.Then(random.NextBelow(2) == 0 ? Block.Mlp(Widths()).WithActivation(Activation.Tanh) : Block.Linear(1 + random.NextBelow(5)));
        return (input, block);
    }

    [Fact]
    public void A_built_block_gives_the_declared_shape() => Prop.ForAll(Arb.From(Cases), @case =>
    {
        using var scope = NewDisposeScope();
        var (input, block) = @case;
        var output = block.Build(input).call(rand([3, .. input]));
        return output.shape.SequenceEqual([3, .. block.Output(input, "test")]);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_module_of_ones_own_is_held_to_the_shape_it_declares()
    {
        var right = Block.Of("own", Shape.Of(5), () => nn.Linear(3, 5));
        Assert.Equal([2, 5], right.Build(Shape.Of(3)).call(rand(2, 3)).shape);
        var wrong = Block.Of("own", Shape.Of(6), () => nn.Linear(3, 5));
        Assert.Equal("block 'own' was declared to give 6 features, but its module gives 5 features", Assert.Throws<DeclarationException>(() => wrong.Build(Shape.Of(3))).Message);
        Assert.StartsWith("block 'own' cannot take 4 features: ", Assert.Throws<DeclarationException>(() => right.Build(Shape.Of(4))).Message);
    }

    [Fact]
    public void The_check_of_a_module_leaves_no_trace_in_it()
    {
        var module = Block.Of("norm", Shape.Of(4), () => nn.BatchNorm1d(4)).Build(Shape.Of(4));
        Assert.True(module.training);
        Assert.Equal([0.0, 0, 0, 0], module.state_dict()["running_mean"].Numbers());
        Assert.Equal([1.0, 1, 1, 1], module.state_dict()["running_var"].Numbers());
    }

    [Fact]
    public void Embeddings_look_up_each_category_in_rows_of_its_own()
    {
        manual_seed(1);
        // columns: a category of 3 levels, a number, a category of 2 levels
        var block = Block.Embed([3, 0, 2], dimension: 4);
        var module = block.Build(Shape.Of(3));
        var table = module.state_dict()["table.weight"];
        var output = module.call(tensor(new float[,] { { 2, 0.5f, 1 }, { 0, -1, 0 } }));
        Assert.Equal([2, 9], output.shape);
        Assert.Equal(Shape.Of(9), block.Output(Shape.Of(3), "test"));
        Assert.Equal([.. table[2].Numbers(), .. table[4].Numbers(), 0.5], output[0].Numbers());
        Assert.Equal([.. table[0].Numbers(), .. table[3].Numbers(), -1], output[1].Numbers());
    }
}
