using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Models;

/// <summary>The kernel that mixes experts against the same sums written with operators, whose gradients autograd knows.</summary>
public class MixtureTests
{
    private const int Rows = 130;

    // Five experts, the last of which nobody sees; three consumers, of which two see the same.
    private static readonly int[][] Seen = [[0, 1, 2, 3], [2], [3, 2, 0]];

    // As a wide bank of two leaves them, as a loop of two does, and one alone.
    private static Tensor[] Features(int width) =>
        [Values.Normal(1, 2, Rows, width).transpose(0, 1).requires_grad_(), Values.Normal(2, Rows, 2, width).requires_grad_(),
            Values.Normal(3, Rows, 1, width).requires_grad_()];

    private static Tensor[] Weights() => [.. Seen.Select((places, k) => Values.Normal(4 + k, Rows, places.Length).requires_grad_())];

    private static List<Tensor> ByOperators(Tensor[] features, Tensor[] weights)
    {
        var all = cat(features, 1);
        return [.. Seen.Select((places, k) => (all.index_select(1, tensor(Array.ConvertAll(places, place => (long)place))) * weights[k].unsqueeze(2)).sum([1L]))];
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(45, 1)]
    [InlineData(64, 2)]
    public void Mixtures_and_gradients_are_those_of_operators(int width, int threads)
    {
        set_num_threads(threads);
        var (features, weights) = (Features(width), Weights());
        var (mixed, expected) = (Mixture.Of(Seen, features, weights), ByOperators(features, weights));
        foreach (var (left, right) in mixed.Zip(expected)) Assert.True(Values.Difference(left, right) <= 1e-5);
        Tensor[] inputs = [.. features, .. weights];
        Tensor[] upstream = [.. Seen.Select((_, k) => Values.Normal(9 + k, Rows, width))];
        var given = autograd.grad(mixed, inputs, upstream);
        foreach (var (left, right) in given.Zip(autograd.grad(expected, inputs, upstream, allow_unused: true)))
            Assert.True(Values.Difference(left, right ?? zeros_like(left)) <= 1e-4);
        set_num_threads(1);
    }

    [Fact]
    public void A_consumer_without_a_gradient_gives_its_weights_none()
    {
        var (features, weights) = (Features(8), Weights());
        var mixed = Mixture.Of(Seen, features, weights);
        var gradients = autograd.grad([mixed[1].sum()], [.. features, .. weights], allow_unused: true);
        Assert.Null(gradients[3]);
        Assert.Null(gradients[5]);
        var expected = autograd.grad([ByOperators(features, weights)[1].sum()], [features[1], weights[1]]);
        Assert.True(Values.Difference(expected[0], gradients[1]) <= 1e-5);
        Assert.True(Values.Difference(expected[1], gradients[4]) <= 1e-5);
        Assert.Equal(0, gradients[0].abs().max().item<float>());
    }

    [Fact]
    public void Gradients_of_gradients_are_those_of_operators()
    {
        var (features, weights) = (Features(5), Weights());
        Tensor[] inputs = [.. features, .. weights];
        IList<Tensor> Second(List<Tensor> mixed)
        {
            var first = autograd.grad([mixed.Select(part => part.pow(3).sum()).Aggregate((a, b) => a + b)], inputs, create_graph: true, allow_unused: true);
            return autograd.grad([first.Where(gradient => gradient is not null).Select(gradient => gradient.square().sum()).Aggregate((a, b) => a + b)],
                inputs, allow_unused: true);
        }
        foreach (var (left, right) in Second(Mixture.Of(Seen, features, weights)).Zip(Second(ByOperators(features, weights))))
        {
            var expected = right ?? zeros_like(left);
            Assert.True(Values.Difference(left, expected) <= 1e-5 * (1 + expected.abs().max().item<float>()));
        }
    }

    [Fact]
    public void Gradients_of_all_tasks_at_once_are_those_of_one_after_the_other()
    {
        manual_seed(3);
        var model = Model.Named("m").Input(6).Experts(ExpertBank.Shared(2, Block.Mlp(5)).PerTask(1))
            .Task("a", Head.Regress()).Task("b", Head.Regress()).Task("c", Head.Regress());
        using var module = model.Build();
        var x = Values.Normal(1, 9, 6);
        Tensor[] losses = [.. module.Forward(x).Select(output => output.square().mean())];
        using var one = TaskGradients.Of(losses, module.parameters(), TaskGradientMode.Loop, retainGraph: true);
        using var all = TaskGradients.Of(losses, module.parameters(), TaskGradientMode.Batched);
        Assert.True(Values.Difference(one.Rows(), all.Rows()) <= 1e-6);
    }

    [Fact]
    public void A_large_bank_goes_expert_by_expert_to_the_same_numbers()
    {
        manual_seed(2);
        var bank = new WideExperts(3, Shape.Of(4), Block.Mlp(8, 5));
        var x = Values.Normal(1, 8200, 4);
        var pieces = bank.Pieces(x);
        Assert.Equal(3, pieces.Count);
        var together = bank.call(x);
        Assert.True(Values.Difference(cat([.. pieces], 1), together) <= 1e-6);
        Tensor[] weights = [.. bank.parameters()];
        var upstream = Values.Normal(2, 8200, 3, 5);
        foreach (var (left, right) in autograd.grad([cat([.. pieces], 1)], weights, [upstream]).Zip(autograd.grad([together], weights, [upstream])))
            Assert.True(Values.Difference(left, right) <= 1e-3);
    }
}
