using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Blocks;

public class SequenceTests
{
    public static readonly TheoryData<string> Causal = ["tcn", "transformer", "rotary", "convolutions", "gru"];

    [Theory]
    [MemberData(nameof(Causal))]
    public void A_causal_block_reads_the_past_and_not_the_future(string name)
    {
        manual_seed(2);
        Block block = name switch
        {
            "tcn" => Block.Tcn([4, 4, 4], kernel: 2),
            "transformer" => Block.Transformer(2, heads: 2).Causal(),
            "rotary" => Block.Transformer(2, heads: 2).Causal().Rotary(),
            "convolutions" => Block.Transformer(2, Block.TokenConv(4, causal: true)),
            _ => Block.Gru(4),
        };
        var reads = Dependence(block.Build(Shape.Of(6, 4)), 6, 4);
        for (var output = 0; output < 6; output++)
            for (var input = 0; input < 6; input++)
                Assert.Equal(input <= output, reads[output, input]);
    }

    [Fact]
    public void A_tcn_reads_as_far_back_as_it_says()
    {
        // (kernel - 1)(2^(layers + 1) - 2) = 6 steps back with two layers of kernel 2.
        manual_seed(4);
        var module = Block.Tcn([8, 8], kernel: 2).Build(Shape.Of(10, 3));
        var reads = Dependence(module, 10, 3);
        for (var input = 0; input < 10; input++) Assert.Equal(input >= 9 - 6, reads[9, input]);
    }

    // Sequences shorter and longer than what the last step reads, and steps that a thinning hits or misses.
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(7, 2)]
    [InlineData(12, 4)]
    [InlineData(30, 3)]
    [InlineData(41, 3)]
    [InlineData(30, 3, true)]
    public void The_last_state_of_a_tcn_is_its_last_output(long steps, long kernel, bool isNormalised = false)
    {
        manual_seed(6);
        var block = Block.Tcn([4, 5, 5], kernel);
        if (isNormalised) block = block.WithWeightNorm();
        var (all, last) = (block.Build(Shape.Of(steps, 3)), block.LastState().Build(Shape.Of(steps, 3)));
        last.load_state_dict(all.state_dict());
        var (x, y) = (Values.Normal(3, 2, steps, 3).requires_grad_(), Values.Normal(3, 2, steps, 3).requires_grad_());
        var (expected, found) = (all.call(x).select(1, -1), last.call(y));
        Assert.True(Values.Difference(expected.detach(), found.detach()) <= 1e-6);
        expected.square().sum().backward();
        found.square().sum().backward();
        Assert.True(Values.Difference(x.grad!, y.grad!) <= 1e-5);
        foreach (var (a, b) in all.parameters().Zip(last.parameters())) Assert.True(Values.Difference(a.grad!, b.grad!) <= 1e-4);
    }

    [Fact]
    public void Hidden_groups_are_not_read()
    {
        var mask = AttentionMask.Over(("task", 2), ("feature", 3)).Hide("task", from: "task").Hide("task", from: "feature");
        var reads = Dependence(Block.Attention(2).WithMask(mask).Build(Shape.Of(5, 4)), 5, 4);
        for (var output = 0; output < 5; output++)
            for (var input = 0; input < 5; input++)
                Assert.Equal(input >= 2 || input == output, reads[output, input]);
        Assert.Equal("task hidden from task, task hidden from feature", mask.ToString());
        Assert.Equal("the attention mask has no group 'tasks'; it has 'task' and 'feature'; did you mean 'task'?",
            Assert.Throws<DeclarationException>(() => mask.Hide("tasks", from: "feature")).Message);
    }

    [Theory]
    [InlineData("transformer")]
    [InlineData("gru")]
    [InlineData("max")]
    [InlineData("set")]
    public void The_length_that_a_sequence_is_padded_to_changes_nothing(string name)
    {
        manual_seed(5);
        var tokens = Block.Tokens(6, 4).WithPadding(0);
        var block = name switch
        {
            "transformer" => tokens.Then(Block.Positions()).Then(Block.Transformer(2, heads: 2)).Then(Block.GlobalPool()),
            "gru" => tokens.Then(Block.Gru(3, layers: 2).Bidirectional().LastState()),
            "max" => tokens.Then(Block.Lstm(3).Bidirectional()).Then(Block.GlobalPool(Pooling.Max)),
            _ => tokens.Then(Block.ExtraTokens(1)).Then(Block.InducedAttention(2, heads: 2)).Then(Block.PoolingAttention(1, heads: 1)),
        };
        var module = block.Build(Shape.Of(7));
        var plain = module.call(tensor(new float[,] { { 3, 5, 1 } }));
        var padded = module.call(tensor(new float[,] { { 3, 5, 1, 0, 0, 0, 0 }, { 2, 4, 4, 1, 5, 3, 2 }, { 0, 0, 0, 0, 0, 0, 0 } }));
        Assert.True(Values.Difference(padded[0], plain[0]) <= 1e-5);
        Assert.True(padded.isfinite().all().item<bool>());
        Assert.True(Values.Difference(padded[1], plain[0]) > 1e-3);
    }

    [Fact]
    public void A_transformer_has_the_parameters_of_its_formula()
    {
        static long Count(Block block, params long[] input) => block.Build(Shape.Of(input)).parameters().Sum(parameter => parameter.numel());
        Assert.Equal(17_152, Count(Block.Transformer(2, heads: 2).WithHidden(64), 8, 32));
        Assert.Equal(67_072, Count(Block.Transformer(2, heads: 4).WithHidden(128), 8, 64));
        const long d = 8, f = 12;
        var (layer, cross) = (4 * d * d + 2 * d * f + 9 * d + f, 4 * d * d + 6 * d);
        Assert.Equal(3 * (layer + cross) + 2 * d + layer + 2 * d,
            Count(Block.Transformer(3, heads: 2).WithHidden(f).AttendingTo(Block.Transformer(1, heads: 2).WithHidden(f), 4, heads: 2), 6, d));
    }

    [Fact]
    public void Rotary_products_depend_on_the_distance_alone()
    {
        var (query, key) = (Values.Normal(1, 1, 8).expand(6, 8), Values.Normal(2, 1, 8).expand(6, 8));
        var products = AttentionModule.Rotated(query).mm(AttentionModule.Rotated(key).t());
        for (var i = 1; i < 6; i++)
            for (var j = 1; j < 6; j++)
                Assert.Equal(products[i - 1, j - 1].item<float>(), products[i, j].item<float>(), 1e-4);
        Assert.True(Math.Abs(products[0, 0].item<float>() - products[0, 3].item<float>()) > 1e-2);
    }

    [Fact]
    public void Sinusoidal_positions_in_closed_form()
    {
        var given = Block.Positions(PositionEncoding.Sinusoidal).Build(Shape.Of(3, 4)).call(zeros(1, 3, 4))[0];
        Assert.True(Values.Difference(given, tensor(new float[,]
        {
            { 0, 1, 0, 1 },
            { MathF.Sin(1), MathF.Cos(1), MathF.Sin(0.01f), MathF.Cos(0.01f) },
            { MathF.Sin(2), MathF.Cos(2), MathF.Sin(0.02f), MathF.Cos(0.02f) },
        })) <= 1e-6);
    }

    [Fact]
    public void Token_numbers_outside_the_vocabulary_are_refused()
    {
        var block = Block.Tokens(6, 4).Then(Block.Transformer(1, heads: 2));
        foreach (var bad in new[] { -1, 6, 0.5f, float.NaN })
        {
            var error = Assert.Throws<DataException>(() => block.Check("topic", "train", tensor(new float[,] { { 0, 5, bad } })));
            Assert.StartsWith("task 'topic', train split: the 6 tokens are numbered 0 to 5, but the inputs hold ", error.Message);
        }
        block.Check("topic", "train", tensor(new float[,] { { 0, 5, 3 } }));
    }

    // [output position, input position]: does the one change with the other?
    private static bool[,] Dependence(nn.Module<Tensor, Tensor> module, int length, int width)
    {
        var x = Values.Normal(7, 1, length, width).requires_grad_();
        var output = module.call(x);
        var weights = Values.Normal(8, output.shape[2]);
        var reads = new bool[length, length];
        for (var position = 0; position < length; position++)
        {
            var gradient = autograd.grad([output[0, position].dot(weights)], [x], retain_graph: true)[0];
            for (var input = 0; input < length; input++) reads[position, input] = gradient[0, input].abs().sum().item<float>() > 0;
        }
        return reads;
    }
}
