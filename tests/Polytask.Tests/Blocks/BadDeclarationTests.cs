namespace Polytask.Tests.Blocks;

/// <summary>What does not fit is said where it is declared, with what was expected, what was given and what to do.</summary>
public class BadDeclarationTests
{
    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_block_that_cannot_take_its_input_says_where_and_why(string message, Block block, Shape input) =>
        Assert.Equal(message, Assert.Throws<DeclarationException>(() => block.Output(input, "backbone")).Message);

    public static TheoryData<string, Block, Shape> Shapes => new()
    {
        { "backbone: a gru takes a sequence, length x channels, but gets 4 features; declare the input as Input(Shape.Of(length, channels)), "
            + "or make a sequence of it with Block.Tokens or Block.Reshape", Block.Gru(2), Shape.Of(4) },
        { "backbone: an adapter reads features or a sequence [length, features], but gets 1 x 4 x 4; flatten it first with Block.Flatten()",
            Block.Adapter(2), Shape.Of(1, 4, 4) },
        { "backbone: a unet takes channels x height x width, but gets 4 x 4; declare the input as Input(channels, height, width)", Block.UNet(2, 2), Shape.Of(4, 4) },
        { "backbone: the residual block around 'token' gets 4 x 4 and gives 4 features, and no projection adds these: both must be features, "
            + "sequences of one length, or images of one size or smaller by a whole factor", Block.Residual(Block.Token(0)), Shape.Of(4, 4) },
        { "backbone: of the parallel blocks 'gru' gives 4 x 2, but 'token' gives 3 features; all dimensions but the channels must be equal to lie side by side",
            Block.Parallel(Block.Gru(2), Block.Token(0)), Shape.Of(4, 3) },
        { "backbone: of the parallel blocks 'mlp' gives 2 features, but 'linear' gives 3 features; a sum needs equal shapes",
            Block.Parallel(Block.Mlp(2), Block.Linear(3)).Summed(), Shape.Of(4) },
        { "backbone: the parts of the split have 2 + 3 = 5 features, but it gets 4 features", Block.Split((2, Block.Mlp(1)), (3, Block.Mlp(1))), Shape.Of(4) },
        { "backbone: of the branches to choose from, 0 'mlp' gives 2 features, but 1 'linear' gives 3 features; give them equal outputs",
            Block.Choose(0, Block.Mlp(2), Block.Linear(3)), Shape.Of(4) },
        { "backbone: attention with 3 heads needs a width that is a multiple of 3, but gets 5 x 4; change the heads or the width, or give .WithHeadWidth(...)",
            Block.Attention(3), Shape.Of(5, 4) },
        { "backbone: mixer: rotary attention turns pairs of numbers, but a head is 1 wide; make it even", Block.Transformer(1, heads: 4).Rotary(), Shape.Of(5, 4) },
        { "backbone: mixer: the attention mask is over 3 tokens, but there are 5",
            Block.Transformer(1, heads: 2).WithMask(AttentionMask.Over(("a", 3))), Shape.Of(5, 4) },
        { "backbone: a transformer's mixer gives the shape it gets, but 'gru' gets 5 x 4 and gives 5 x 3", Block.Transformer(1, Block.Gru(3)), Shape.Of(5, 4) },
        { "backbone: the encoder reads the first 5 tokens, which leaves the decoder none of 5",
            Block.Transformer(1, heads: 2).AttendingTo(Block.Transformer(1, heads: 2), 5, heads: 2), Shape.Of(5, 4) },
        { "backbone: a decoder of width 4 attends to tokens of that width, but the encoder 'gru' gives 3 x 7",
            Block.Transformer(1, heads: 2).AttendingTo(Block.Gru(7), 3, heads: 2), Shape.Of(5, 4) },
        { "backbone: token 5 was asked for, but there are 5 tokens, 0 to 4", Block.Token(5), Shape.Of(5, 4) },
        { "backbone: 2 x 3 (6 values) cannot be reshaped to 4 x 2 (8 values)", Block.Reshape(4, 2), Shape.Of(2, 3) },
        { "backbone: 6 tokens do not fill a grid of equal sides; say how many rows the image has in patches, and leave out extra tokens",
            Block.TokenGrid(), Shape.Of(6, 2) },
        { "backbone: patches of 3 x 3 do not fill an image of 6 x 8; take a side that divides both, or pad the images", Block.Patches(3, 4), Shape.Of(1, 6, 8) },
        { "backbone: token vectors are for a row of token numbers, but the block gets 5 x 4", Block.Tokens(9, 4), Shape.Of(5, 4) },
        { "backbone: the feature tokens describe 2 columns, but get 3 features", Block.Tabular([0, 4], tasks: 1), Shape.Of(3) },
        { "backbone: the graph of the gcn has 3 nodes, but the input is 4 x 2 (nodes x features)", Block.Gcn(Graph.Of(3, (0, 1)), 2), Shape.Of(4, 2) },
        { "backbone: gcn without a graph reads 4 edge weights in front of each node's features, but gets 4 x 4; "
            + "give it a graph or put the adjacency matrix in front of the features", Block.Gcn(2), Shape.Of(4, 4) },
        { "backbone: the hypernetwork takes 3 features as its condition and the others as its input, but gets 3 features", Block.Hyper(3, Block.Mlp(2)), Shape.Of(3) },
        { "backbone: global pooling takes length x channels or channels x height x width, but gets 3 features", Block.GlobalPool(), Shape.Of(3) },
        { "backbone: a block per token gives features, but 'reshape' gives 2 x 2", Block.PerToken(Block.Reshape(2, 2)), Shape.Of(3, 4) },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Numbers_that_make_no_block_are_refused(string message, Func<Block> declare) =>
        Assert.Equal(message, Assert.Throws<DeclarationException>(() => declare()).Message);

    public static TheoryData<string, Func<Block>> Values => new()
    {
        { "a gru needs at least 1 unit, but got 0", () => Block.Gru(0) },
        { "a tcn's kernel reads at least 2 steps, but got 1", () => Block.Tcn([4], kernel: 1) },
        { "dropout needs a probability of at least 0 and below 1, but got 1", () => Block.Mlp(3).WithDropout(1) },
        { "a unet has at least 2 stages, but got 1; for one use Block.Conv", () => Block.UNet(4) },
        { "parallel blocks are at least 2, but got 1", () => Block.Parallel(Block.Mlp(1)) },
        { "a block is repeated at least 1 time, but got 0", () => Block.Mlp(1).Repeat(0) },
        { "initial weights need a standard deviation above 0, but got 0", () => Block.Mlp(1).InitialisedNormal(0) },
        { "the padding must be one of the 5 tokens, 0 to 4, but got 5", () => Block.Tokens(5, 2).WithPadding(5) },
        { "Causal() is for a transformer with attention; its mixer 'token conv' must see to that itself", () => Block.Transformer(1, Block.TokenConv(3)).Causal() },
        { "a token convolution that is not causal reads an odd number of tokens, but got 4", () => Block.TokenConv(4) },
        { "a hypernetwork makes linear layers; drop .WithNormalisation from its network",
            () => Block.Hyper(1, Block.Mlp(2).WithNormalisation(Normalisation.Layer)) },
        { "cardinalities are 0 (a numeric column) or the number of levels, for at least 1 column, but got [2, -1]", () => Block.FeatureTokens([2, -1], 4) },
        { "message passing collects by Pooling.Sum or Pooling.Mean", () => Block.MessagePassing(Block.Mlp(1), Block.Mlp(1)).WithPooling(Pooling.Max) },
    };

    [Fact]
    public void The_part_of_a_model_is_named() => Assert.StartsWith("model 'm': backbone: a tcn takes a sequence",
        Assert.Throws<DeclarationException>(() => Model.Named("m").Input(4).Backbone(Block.Tcn(2))).Message);
}
