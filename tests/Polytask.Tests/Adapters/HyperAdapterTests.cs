using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Adapters;

public sealed class HyperAdapterTests
{
    // Central differences over every number of vectors, mixing map and generators.
    [Fact]
    public void Gradients_reach_all_that_makes_the_weights()
    {
        using var net = AdaptedModules.Net().to(ScalarType.Float64);
        using var adaptation = Adapter.Hyper(2, 3).WithActivation(Activation.Tanh).On(net, "a", "b");
        adaptation.Scramble();
        var (x, weights) = (AdaptedModules.Rows.to(ScalarType.Float64), Values.Normal(6, 7, 4).to(ScalarType.Float64));
        Tensor Loss() => adaptation.For("a", () => (net.call(x) * weights).sum()) + adaptation.For("b", () => net.call(x).square().sum());
        Loss().backward();
        foreach (var (name, parameter) in adaptation.named_parameters())
        {
            Assert.Equal(ScalarType.Float64, parameter.dtype);
            var gradient = parameter.grad!.reshape(-1).Numbers();
            using var off = no_grad();
            var flat = parameter.detach().view(-1);
            for (var i = 0; i < flat.shape[0]; i++)
            {
                const double step = 1e-6;
                flat[i].add_(step);
                var up = Loss().item<double>();
                flat[i].sub_(2 * step);
                var down = Loss().item<double>();
                flat[i].add_(step);
                Assert.True(Math.Abs((up - down) / (2 * step) - gradient[i]) <= 1e-6 * (1 + Math.Abs(gradient[i])), $"{name}[{i}]");
            }
        }
    }

    // With G c = 0 the constants g alone make the weights: an adapter like any other, for each task and layer the same.
    [Fact]
    public void Made_weights_are_those_of_a_bottleneck()
    {
        using var layer = nn.Linear(6, 4);
        using var adaptation = Adapter.Hyper(2, 3).WithActivation(Activation.Tanh).On(layer, "a", "b");
        using var off = no_grad();
        adaptation.get_parameter("common.width_4.weight")!.zero_();
        var g = adaptation.get_parameter("common.width_4.bias")!.copy_(Values.Normal(4, 22));
        var h = layer.forward(AdaptedModules.Rows);
        var (up, upBias, down, downBias) = (g[..8].reshape(4, 2), g[8..12], g[12..20].reshape(2, 4), g[20..]);
        var expected = h + (h.matmul(down.t()) + downBias).tanh().matmul(up.t()) + upBias;
        foreach (var task in adaptation.Tasks)
            Assert.True(Values.Difference(expected, adaptation.For(task, () => layer.call(AdaptedModules.Rows))) <= 1e-5);
    }

    [Fact]
    public void Tasks_differ_once_trained_and_a_new_one_costs_its_vector()
    {
        using var net = AdaptedModules.Net();
        long two, three;
        using (var adaptation = Adapter.Hyper(2, 3).On(net, "a", "b"))
        {
            adaptation.Scramble();
            two = adaptation.AddedCount;
            var x = AdaptedModules.Rows;
            Assert.True(Values.Difference(adaptation.For("a", () => net.call(x)), adaptation.For("b", () => net.call(x))) > 1e-3);
        }
        using (var adaptation = Adapter.Hyper(2, 3).On(net, "a", "b", "c")) three = adaptation.AddedCount;
        Assert.Equal(3, three - two);
    }
}
