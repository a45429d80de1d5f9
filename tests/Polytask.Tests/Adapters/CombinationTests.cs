using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask.Tests.Adapters;

/// <summary>ScaLearn and AdapterFusion: what their card asks for.</summary>
public sealed class CombinationTests
{
    private static readonly string[] Three = ["a", "b", "c"];

    private static readonly Tensor X = AdaptedModules.Rows.DetachFromDisposeScope();

    // Two layers of width 5, with adapters of three tasks that are not at their start.
    private static (Sequential Net, Adaptation Sources) Sources(bool scrambled = true)
    {
        manual_seed(1);
        var net = nn.Sequential(nn.Linear(6, 5), nn.GELU(), nn.Linear(5, 5));
        var sources = Adapter.Series(2).On(net, Three);
        if (scrambled) sources.Scramble();
        return (net, sources);
    }

    private static IEnumerable<Tensor> Omegas(Adaptation combination) => combination.parameters();

    [Theory]
    [InlineData(ScaLearnKind.ScaLearn)]
    [InlineData(ScaLearnKind.Uniform)]
    [InlineData(ScaLearnKind.PlusPlus)]
    [InlineData(ScaLearnKind.UniformPlusPlus)]
    public void One_source_alone_is_its_model_and_none_is_the_frozen_one(ScaLearnKind kind)
    {
        var (net, sources) = Sources();
        var alone = Three.Select(task => sources.For(task, () => net.call(X))).ToArray();
        using var combination = Adapter.ScaLearn(kind).On(sources);
        Assert.False(sources.IsOn);
        using var off = no_grad();
        for (var s = 0; s < 3; s++)
        {
            foreach (var omega in Omegas(combination)) omega.zero_()[s] = ones(omega.shape[1]);
            Assert.True(Values.Difference(alone[s], net.call(X)) <= 1e-6);
        }
        foreach (var omega in Omegas(combination)) omega.zero_();
        var frozen = net.call(X);
        combination.Remove();
        Assert.Equal(0, Values.Difference(frozen, net.call(X)));
    }

    [Theory]
    [InlineData(ScaLearnKind.ScaLearn, 2 * 3 * 5)]
    [InlineData(ScaLearnKind.Uniform, 2 * 3)]
    [InlineData(ScaLearnKind.PlusPlus, 3 * 5)]
    [InlineData(ScaLearnKind.UniformPlusPlus, 3)]
    public void The_four_kinds_have_L_n_d_and_L_n_and_n_d_and_n_numbers(ScaLearnKind kind, long count)
    {
        var (_, sources) = Sources();
        using (var one = Adapter.ScaLearn(kind).On(sources)) Assert.Equal(count, one.AddedCount);
        using var two = Adapter.ScaLearn(kind).On(sources, "x", "y");
        Assert.Equal(2 * count, two.AddedCount);
    }

    // The paper's sizes: 8 scales of 768 at a layer for AdapterFusion's 3 d² + 2 d, 0.347 %.
    [Fact]
    public void Scales_cost_a_third_of_a_percent_of_attention()
    {
        using var layer = nn.Linear(4, 768);
        var sources = Adapter.Series(1).On(layer, [.. Enumerable.Range(0, 8).Select(i => $"t{i}")]);
        using (var fusion = Adapter.Fusion().On(sources)) Assert.Equal(3 * 768 * 768 + 2 * 768, fusion.AddedCount);
        using var scales = Adapter.ScaLearn().On(sources);
        Assert.Equal(0.00347, scales.AddedCount / (3.0 * 768 * 768 + 2 * 768), 5);
    }

    [Fact]
    public void Equal_numbers_in_a_vector_are_the_number()
    {
        var (net, sources) = Sources();
        Tensor With(ScaLearnKind kind)
        {
            using var combination = Adapter.ScaLearn(kind).On(sources);
            using var off = no_grad();
            foreach (var omega in Omegas(combination)) omega.copy_(tensor(new[] { 0.3f, -1, 2 }).unsqueeze(1).expand_as(omega));
            return net.call(X);
        }
        var expected = With(ScaLearnKind.Uniform);
        foreach (var kind in Enum.GetValues<ScaLearnKind>()) Assert.True(Values.Difference(expected, With(kind)) <= 1e-6);
    }

    [Fact]
    public void Scales_start_around_two_over_n_and_train_alone()
    {
        var (net, sources) = Sources();
        using var combination = Adapter.ScaLearn(dropout: 0.3).On(sources, "x", "y");
        Assert.All(Omegas(combination), omega => Assert.True((omega.detach() - 2.0 / 3).abs().max().item<float>() < 0.01));
        combination.Step("x", () => net.call(X));
        foreach (var (name, parameter) in combination.named_parameters())
            Assert.Equal(name.Contains(".x.", StringComparison.Ordinal), parameter.grad is not null);
        Assert.All(sources.parameters().Concat(net.parameters()), parameter => Assert.Null(parameter.grad));
        Assert.Throws<InvalidOperationException>(() => combination.Merge("x"));
    }

    // o = h + V Σ_s softmax_s((Q h + q) · (K u_s + k)) u_s, from the sums.
    [Fact]
    public void Fusion_attends_to_the_updates()
    {
        manual_seed(2);
        using var layer = nn.Linear(6, 5);
        var sources = Adapter.Series(2).On(layer, Three);
        sources.Scramble();
        var h = layer.forward(X);
        var u = Three.Select(task => sources.For(task, () => layer.call(X)) - h).ToArray();
        using var fusion = Adapter.Fusion().On(sources);
        fusion.Scramble();
        Tensor P(string name) => fusion.get_parameter($"layers.fusion.{name}")!;
        var q = h.matmul(P("query.weight").t()) + P("query.bias");
        var scores = u.Select(each => ((each.matmul(P("key.weight").t()) + P("key.bias")) * q).sum([1L], keepdim: true).exp()).ToArray();
        var total = scores.Aggregate((sum, next) => sum + next);
        var mixed = u.Zip(scores, (each, score) => each * score / total).Aggregate((sum, next) => sum + next);
        Assert.True(Values.Difference(h + mixed.matmul(P("value.weight").t()), layer.call(X)) <= 1e-4);
        layer.call(X).square().sum().backward();
        Assert.All(fusion.parameters(), parameter => Assert.NotNull(parameter.grad));
        Assert.All(sources.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void Over_sources_at_their_start_both_are_the_identity()
    {
        var (net, sources) = Sources(scrambled: false);
        sources.Remove();
        var before = net.call(X);
        foreach (var combination in new[] { Adapter.ScaLearn(), Adapter.Fusion() })
        {
            using var adaptation = combination.On(sources);
            Assert.Equal(0, Values.Difference(before, net.call(X)));
        }
    }

    [Fact]
    public void Sources_without_tasks_and_widths_that_differ_are_refused()
    {
        using var net = AdaptedModules.Net();
        var one = Adapter.Series(2).On(net);
        Assert.StartsWith("ScaLearn combines adapters of several tasks, each with its own, but got series adapter 2 GELU on Sequential",
            Assert.Throws<DeclarationException>(() => Adapter.ScaLearn().On(one)).Message);
        one.Remove();
        var three = Adapter.Series(2).On(net, Three);
        Assert.Equal("ScaLearn++ has one vector for all layers, but layer '2' gives 4 features and another 5; take ScaLearnKind.ScaLearn or "
            + "UniformPlusPlus, or adapt layers of one width",
            Assert.Throws<DeclarationException>(() => Adapter.ScaLearn(ScaLearnKind.PlusPlus).On(three)).Message);
    }
}
