using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Adapters;

/// <summary>Prompts, prefixes, and adapters at modules that know of padding.</summary>
public sealed class TokenAdapterTests
{
    private static readonly Tensor X = Values.Normal(3, 2, 5, 8).DetachFromDisposeScope();

    private static nn.Module<Tensor, Tensor> Transformer(Block? mixer = null)
    {
        manual_seed(2);
        return (mixer is null ? Block.Transformer(2, 2) : Block.Transformer(2, mixer)).Build(Shape.Of(5, 8));
    }

    // A prompt of written tokens is the written prompt: the transformer over [P; x], without the outputs at P.
    [Fact]
    public void A_prompt_is_read_before_the_tokens_and_its_outputs_are_left_out()
    {
        using var net = Transformer();
        var written = Values.Normal(4, 3, 8);
        var expected = net.call(cat([written.expand(2, -1, -1), X], 1)).narrow(1, 3, 5);
        using var prompt = Adapter.Prompt(3).On(net);
        Assert.Equal(3 * 8, prompt.AddedCount);
        using (no_grad()) prompt.get_parameter("layers.prompt.tokens")!.copy_(written);
        Assert.True(Values.Difference(expected, net.call(X)) <= 1e-6);
        net.call(X).square().sum().backward();
        Assert.NotNull(prompt.get_parameter("layers.prompt.tokens")!.grad);
        Assert.All(net.parameters(), parameter => Assert.Null(parameter.grad));
    }

    // In a chain the transformer is called with a mask of padding, through which no hook runs.
    [Fact]
    public void A_prompt_stands_in_a_model_with_padding_too()
    {
        manual_seed(5);
        var chain = Block.Tokens(10, 8).WithPadding(0).Then(Block.Transformer(1, 2)).Build(Shape.Of(4));
        var tokens = tensor(new float[,] { { 3, 4, 0, 0 }, { 1, 2, 3, 4 } });
        var alone = tensor(new float[,] { { 3, 4, 5, 6 } }).narrow(1, 0, 2);
        var before = chain.call(tokens);
        using var prompt = Adapter.Prompt(2).On(chain);
        prompt.Scramble();
        var prompted = chain.call(tokens);
        Assert.Equal(before.shape, prompted.shape);
        // Padding is unseen: the first two tokens give what they give without it.
        Assert.True(Values.Difference(prompted[0].narrow(0, 0, 2), chain.call(alone)[0]) <= 1e-5);
        Assert.True(Values.Difference(before, prompted) > 1e-3);
        prompt.Remove();
        Assert.Equal(0, Values.Difference(before, chain.call(tokens)));
    }

    // softmax(q [P_K; K]^T / √e) [P_V; V] from the sums, for each head; a causal token sees the prefix and those before it.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_prefix_is_seen_by_every_token(bool causal)
    {
        manual_seed(6);
        using var net = (causal ? Block.Attention(2).Causal() : Block.Attention(2)).Build(Shape.Of(5, 8));
        using var prefix = Adapter.Prefix(3).On(net);
        Assert.Equal(2 * 3 * 8, prefix.AddedCount);
        prefix.Scramble();
        Tensor P(string name) => net.get_parameter(name)!;
        var all = (X.matmul(P("in_proj.weight").t()) + P("in_proj.bias")).chunk(3, -1);
        var heads = new List<Tensor>();
        for (var head = 0; head < 2; head++)
        {
            Tensor Part(Tensor wide) => wide.narrow(-1, head * 4, 4);
            Tensor Before(string name) => Part(prefix.get_parameter($"layers.prefix.{name}")!).expand(2, -1, -1);
            var scores = Part(all[0]).matmul(cat([Before("keys"), Part(all[1])], 1).transpose(1, 2)) / 2;
            if (causal) scores = scores.masked_fill(ones(5, 8, dtype: ScalarType.Bool).triu(4), double.NegativeInfinity);
            heads.Add(scores.softmax(-1).matmul(cat([Before("values"), Part(all[2])], 1)));
        }
        var expected = cat([.. heads], -1).matmul(P("out_proj.weight").t()) + P("out_proj.bias");
        Assert.True(Values.Difference(expected, net.call(X)) <= 1e-5);
        net.call(X).square().sum().backward();
        Assert.All(prefix.parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    [Fact]
    public void Prefixes_differ_between_tasks_and_leave_the_module_as_it_was()
    {
        using var net = Transformer();
        var before = net.call(X);
        using var prefix = Adapter.Prefix(2).On(net, "a", "b");
        Assert.Equal(2 * 2 * 2 * 2 * 8, prefix.AddedCount);
        prefix.Step("a", () => net.call(X).select(2, 0));
        Assert.True(Values.Difference(prefix.For("a", () => net.call(X)), prefix.For("b", () => net.call(X))) > 1e-3);
        Assert.Throws<InvalidOperationException>(() => prefix.Merge("a"));
        prefix.Remove();
        Assert.Equal(0, Values.Difference(before, net.call(X)));
    }

    // The mixer of a layer is called with the mask of padding; the update of its output is seen all the same.
    [Fact]
    public void A_bottleneck_after_attention_changes_what_comes_after()
    {
        using var net = Transformer();
        var before = net.call(X);
        using var series = Adapter.Series(2).WithWidth(8).At("layers.0.mixer").On(net);
        Assert.Equal(0, Values.Difference(before, net.call(X)));
        series.Scramble();
        Assert.True(Values.Difference(before, net.call(X)) > 1e-3);
    }

    [Fact]
    public void An_adapter_where_attention_looks_elsewhere_says_that_it_cannot_run()
    {
        using var net = Block.PoolingAttention(2, 2).Build(Shape.Of(5, 8));
        using (Adapter.Prefix(2).On(net)) net.call(X);
        using var series = Adapter.Series(2).WithWidth(8).At(net.named_modules().First(pair => pair.module.GetName() == "attention").name).On(net);
        Assert.StartsWith("an adapter stands at attention from one set of tokens to another, where it cannot run",
            Assert.Throws<InvalidOperationException>(() => net.call(X)).Message);
    }

    [Fact]
    public void Modules_without_tokens_are_refused()
    {
        using var net = AdaptedModules.Net();
        Assert.Equal("prompt: Sequential has no transformers; name the layers with .At(...): it has '', '0', '1' and '2'",
            Assert.Throws<DeclarationException>(() => Adapter.Prompt(2).On(net)).Message);
        Assert.Equal("prefix: layer '0' is a Linear, no attention of Block.Attention",
            Assert.Throws<DeclarationException>(() => Adapter.Prefix(2).At("0").On(net)).Message);
        Assert.Equal("a prompt has at least 1 token, but got 0", Assert.Throws<DeclarationException>(() => Adapter.Prompt(0)).Message);
    }
}
