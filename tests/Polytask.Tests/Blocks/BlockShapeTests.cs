using FsCheck;
using FsCheck.Fluent;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Blocks;

/// <summary>For every block and random inputs that it takes: the built module gives the declared shape, and gradients reach the input or the weights.</summary>
public class BlockShapeTests
{
    // For each block a draw of an input shape and a block that takes it. Widths are multiples of 4, for two heads of an even width.
    private static readonly Dictionary<string, Func<StableRandom, (Shape Input, Block Block)>> Draws = new()
    {
        ["mlp"] = r => (Any(r), Block.Mlp(Sizes(r)).WithNormalisation((Normalisation)r.NextBelow(3)).WithDropout(0.2)),
        ["linear output"] = r => (Any(r), Block.Mlp(Sizes(r)).WithLinearOutput()),
        ["hyper"] = r => (Shape.Of(5 + Few(r)), Block.Hyper(3, Block.Mlp(Sizes(r)), Block.Mlp(4))),
        ["hyper of low rank"] = r => (Shape.Of(5 + Few(r)), Block.Hyper(2, Block.Mlp(Sizes(r))).WithRank(Few(r))),
        ["chain"] = r => (Any(r), Block.Flatten().Then(Block.Linear(Few(r))).Then(Block.Mlp(Sizes(r)))),
        ["repeat"] = r => (Shape.Of(Few(r)), Block.Mlp(Sizes(r)).Repeat(3)),
        ["shared"] = r => (Shape.Of(4), Block.Linear(4).Shared().Repeat(3)),
        ["frozen"] = r => (Shape.Of(Few(r)), Block.Linear(3).Then(Block.Mlp(2).Freeze())),
        ["initialised"] = r => (Sequence(r), Block.Transformer(2, heads: 2).WithHidden(5).InitialisedNormal(0.1)),
        ["residual of features"] = r => (Shape.Of(Few(r)), Block.Residual(Block.Mlp(Sizes(r)))),
        ["residual of a sequence"] = r => (Sequence(r), Block.Residual(Block.Gru(Few(r)))),
        ["residual of an image"] = r => (Image(r), Block.Residual(Block.ResNet([2, 3]))),
        ["adapter"] = r => (r.NextBelow(2) == 0 ? Shape.Of(Few(r)) : Sequence(r), Block.Adapter(Few(r))),
        ["parallel"] = r => (Image(r), Block.Parallel(Block.Conv(Few(r)), Block.Conv([2], kernel: 1))),
        ["parallel sequences"] = r => (Sequence(r), Block.Parallel(Block.Gru(Few(r)), Block.Tcn(3))),
        ["sum"] = r => (Any(r), Block.Parallel(Block.Mlp(3), Block.Mlp(2, 3)).Summed()),
        ["split"] = r => (Shape.Of(7), Block.Split((2, Block.Mlp(Sizes(r))), (5, Block.Linear(Few(r))))),
        ["per token"] = r => (Sequence(r), Block.PerToken(Block.Mlp(Sizes(r)))),
        ["pool"] = r => (r.NextBelow(2) == 0 ? Sequence(r) : Image(r), Block.GlobalPool((Pooling)r.NextBelow(3))),
        ["token"] = r => (Sequence(r), Block.Token(r.NextBelow(2) == 0 ? 1 : -1)),
        ["reshape"] = r => Reshaped(Few(r)),
        ["conv"] = r => (Image(r), Block.Conv(Sizes(r), kernel: 3, pool: 1)),
        ["resnet"] = r => (Image(r), Block.ResNet(Sizes(r), blocks: 1 + r.NextBelow(2))),
        ["encoder"] = r => (Image(r), Block.ConvEncoder(Sizes(r))),
        ["unet"] = r => (Image(r), Block.UNet([2, .. Sizes(r)])),
        ["patches"] = r => (Shape.Of(2, 4, 6), Block.Patches(2, Few(r))),
        ["grid"] = r => (Shape.Of(9, Few(r)), Block.TokenGrid()),
        ["grid of rows"] = r => (Shape.Of(6, Few(r)), Block.TokenGrid(2)),
        ["enlarge"] = r => (Image(r), Block.Enlarge(1 + r.NextBelow(3), Few(r))),
        ["vit"] = r => (Shape.Of(1, 4, 8), Block.Vit(4, 8, Block.Transformer(1, heads: 2))),
        ["gru"] = r => (Sequence(r), Block.Gru(Few(r), 1 + r.NextBelow(2))),
        ["lstm"] = r => (Sequence(r), Block.Lstm(Few(r)).Bidirectional().LastState()),
        ["tcn"] = r => (Sequence(r), Block.Tcn(Sizes(r), kernel: 2 + r.NextBelow(2)).WithDropout(0.1)),
        ["last state of a tcn"] = r => (Sequence(r), Block.Tcn(Sizes(r), kernel: 2 + r.NextBelow(2)).LastState()),
        ["positions"] = r => (Sequence(r), Block.Positions((PositionEncoding)r.NextBelow(2))),
        ["extra tokens"] = r => (Sequence(r), Block.ExtraTokens((int)Few(r))),
        ["attention"] = r => (Sequence(r), Block.Attention(2).Causal().Rotary()),
        ["attention of a head's width"] = r => (Sequence(r), Block.Attention(3).WithHeadWidth(Few(r))),
        ["transformer"] = r => (Sequence(r), Block.Transformer(2, heads: 2).WithHidden(Few(r)).WithDropout(0.1)),
        ["transformer of convolutions"] = r => (Sequence(r), Block.Transformer(1, Block.TokenConv(3))),
        ["transformer of perceptrons"] = r => (Sequence(r), Block.Transformer(1, Block.TokenMlp(Few(r)))),
        ["decoder"] = r => (Shape.Of(5, 4), Block.Transformer(1, heads: 2).Causal().AttendingTo(Block.Transformer(1, heads: 1), 1 + r.NextBelow(4), 2)),
        ["induced attention"] = r => (Sequence(r), Block.InducedAttention(2, heads: 2)),
        ["pooling attention"] = r => (Sequence(r), Block.PoolingAttention((int)Few(r), heads: 2)),
        ["deep sets"] = r => (Sequence(r), Block.DeepSets(Block.Mlp(Sizes(r)), Block.Mlp(Sizes(r)))),
        ["feature tokens"] = r => (Shape.Of(3), Block.FeatureTokens([0, 0, 0], Few(r))),
        ["tabular"] = r => (Shape.Of(3), Block.Tabular([0, 0, 0], tasks: 1 + r.NextBelow(3), width: 4).WithHeads(2).WithHidden(5).WithDepth(2)),
        ["gcn"] = r => (Shape.Of(4, Few(r)), Block.Gcn(Graph.Of(4, (0, 1), (2, 3)), Sizes(r)).WithDropout(0.1)),
        ["gcn of each example"] = r => (Shape.Of(3, 3 + Few(r)), Block.Gcn(Sizes(r))),
        ["message passing"] = r => (Shape.Of(4, Few(r)), Block.MessagePassing(Graph.Of(4, (0, 1), (2, 3)), Block.Mlp(Sizes(r)), Block.Mlp(Sizes(r)))),
        ["message passing of each example"] = r => (Shape.Of(3, 3 + Few(r)), Block.MessagePassing(Block.Mlp(4), Block.Mlp(Sizes(r)))),
    };

    public static TheoryData<string> Names => new(Draws.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_built_block_gives_the_declared_shape(string name)
    {
        var cases = from seed in Gen.Choose(0, int.MaxValue - 1) select Draws[name](StableRandom.For(seed, name));
        Prop.ForAll(Arb.From(cases), @case =>
        {
            using var scope = NewDisposeScope();
            var (input, block) = @case;
            var x = rand([3, .. input]).requires_grad_();
            using var module = block.Build(input);
            var output = module.call(x);
            output.square().sum().backward();
            return output.shape.SequenceEqual([3, .. block.Output(input, "test")]) && x.grad is not null && output.isfinite().all().item<bool>();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(12));
    }

    [Fact]
    public void Blocks_that_read_numbers_of_tokens_and_branches_give_the_declared_shape()
    {
        var ids = tensor(new float[,] { { 0, 2, 1 }, { 2, 2, 0 } });
        Assert.Equal([2, 3, 4], Block.Tokens(3, 4).Build(Shape.Of(3)).call(ids).shape);
        Assert.Equal(Shape.Of(3, 4), Block.Tokens(3, 4).Output(Shape.Of(3), "test"));
        var choose = Block.Choose(1, Block.Mlp(2), Block.Linear(2), Block.Linear(2));
        Assert.Equal([2, 2], choose.Build(Shape.Of(3)).call(ids).shape);
        Assert.Equal(Shape.Of(2), choose.Output(Shape.Of(3), "test"));
        var tokens = Block.FeatureTokens([3, 0, 2], 4);
        Assert.Equal([2, 3, 4], tokens.Build(Shape.Of(3)).call(ids).shape);
    }

    private static (Shape, Block) Reshaped(long size) => (Shape.Of(2, size, 3), Block.Reshape(6, size).Then(Block.Flatten()));

    private static long Few(StableRandom random) => 1 + random.NextBelow(4);

    private static long[] Sizes(StableRandom random) => [.. Enumerable.Range(0, 1 + random.NextBelow(3)).Select(_ => 1L + random.NextBelow(5))];

    private static Shape Sequence(StableRandom random) => Shape.Of(2 + random.NextBelow(5), 4 * (1 + random.NextBelow(2)));

    private static Shape Image(StableRandom random) => Shape.Of(1 + random.NextBelow(3), 5 + random.NextBelow(5), 5 + random.NextBelow(5));

    private static Shape Any(StableRandom random) => random.NextBelow(3) switch
    {
        0 => Shape.Of(Few(random)),
        1 => Sequence(random),
        _ => Image(random),
    };
}
