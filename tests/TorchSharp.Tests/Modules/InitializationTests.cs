using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Modules;

/// <summary>Initial values against Python's draws of the same seed, and against what they are for.</summary>
public class InitializationTests
{
    private static readonly ReferenceFile reference = new("initializations");

    [Fact]
    public void Draws_are_Pythons()
    {
        void Same(string name, Func<Tensor, Tensor> fill, params long[] shape)
        {
            manual_seed(11);
            var parameter = nn.Parameter(empty(shape));
            Assert.Same(parameter, fill(parameter));
            Assert.True(parameter.requires_grad);
            reference.Equal(name, parameter, 1e-6);
        }
        Same("truncated normal", t => nn.init.trunc_normal_(t, 0.5, 2.0, -1.0, 2.5), 5, 6);
        Same("sparse", t => nn.init.sparse_(t, 0.3, 0.5), 7, 4);
        Same("dirac", nn.init.dirac_, 3, 4, 3, 2);
        Same("eye", nn.init.eye_, 3, 4);
    }

    /// <summary>Mean and variance of the truncated normal distribution in closed form, with φ and Φ at the bounds.</summary>
    [Fact]
    public void Truncated_normal_values_lie_within_their_bounds_and_have_their_moments()
    {
        const int count = 100_000;
        using var generator = new Generator(4);
        var values = nn.init.trunc_normal_(empty(count, dtype: float64), 0.5, 2.0, -1.0, 2.5, generator);
        Assert.InRange(values.min().item<double>(), -1, 2.5);
        Assert.InRange(values.max().item<double>(), -1, 2.5);
        var (low, high) = (-0.75, 1.0);
        double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
        var mass = (special.ndtr(tensor(high)) - special.ndtr(tensor(low))).item<double>();
        var shift = (Density(low) - Density(high)) / mass;
        var variance = 4 * (1 + (low * Density(low) - high * Density(high)) / mass - shift * shift);
        Assert.InRange(values.mean().item<double>() - (0.5 + 2 * shift), -5 * Math.Sqrt(variance / count), 5 * Math.Sqrt(variance / count));
        Assert.InRange(values.var().item<double>() / variance, 0.98, 1.02);
    }

    [Fact]
    public void A_Dirac_kernel_hands_its_input_on()
    {
        using var signal = randn(2, 3, 9);
        using var weight = nn.init.dirac_(empty(3, 3, 5));
        Assert.True(nn.functional.conv1d(signal, weight, padding: 2).allclose(signal));
        using var image = randn(1, 2, 5, 6);
        Assert.True(nn.functional.conv2d(image, nn.init.dirac_(empty(2, 2, 3, 3)), padding: [1, 1]).allclose(image));
    }

    [Theory]
    [InlineData(nn.init.NonlinearityType.Linear, 0.0, 1.0)]
    [InlineData(nn.init.NonlinearityType.Sigmoid, 0.0, 1.0)]
    [InlineData(nn.init.NonlinearityType.Conv2D, 0.0, 1.0)]
    [InlineData(nn.init.NonlinearityType.Tanh, 0.0, 5.0 / 3)]
    [InlineData(nn.init.NonlinearityType.ReLU, 0.0, 1.4142135623730951)]
    [InlineData(nn.init.NonlinearityType.LeakyReLU, 0.2, 1.3867504905630728)]
    public void Gains_are_those_of_the_papers(nn.init.NonlinearityType kind, double slope, double gain) =>
        Assert.Equal(gain, nn.init.calculate_gain(kind, slope), 12);

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        Assert.Contains("matrix", Assert.Throws<ArgumentException>(() => nn.init.eye_(zeros(3))).Message);
        Assert.Contains("matrix", Assert.Throws<ArgumentException>(() => nn.init.sparse_(zeros(3, 3, 3), 0.5)).Message);
        Assert.Contains("three to five dimensions, got 2", Assert.Throws<ArgumentException>(() => nn.init.dirac_(zeros(3, 3))).Message);
        Assert.Contains("two or more", Assert.Throws<ArgumentException>(() => nn.init.kaiming_normal_(zeros(3))).Message);
    }

    [Fact]
    public void Gradients_are_clipped_by_any_norm()
    {
        using var net = nn.Linear(2, 1);
        Assert.Equal(0, nn.utils.clip_grad_norm_(net.parameters(), 1));
        net.weight.grad = tensor(new[] { -3f, 1f }).reshape(1, 2);
        net.bias!.grad = tensor(new[] { 4f });
        Assert.Equal(8, nn.utils.clip_grad_norm_(net.parameters(), 100, 1), 6);
        Assert.Equal(4, nn.utils.clip_grad_norm_(net.parameters(), 2, double.PositiveInfinity), 6);
        Assert.Equal([-1.5, 0.5], Reference.Doubles(net.weight.grad!).Select(value => Math.Round(value, 5)));
        Assert.Equal(2, Reference.Doubles(net.bias!.grad!)[0], 5);
    }

    /// <summary>A vector is made and taken apart in the graph: gradients flow through it.</summary>
    [Fact]
    public void Gradients_flow_through_a_vector_of_parameters()
    {
        using var net = nn.Linear(2, 1);
        (nn.utils.parameters_to_vector(net.parameters()) * tensor(new[] { 1f, 2f, 3f })).sum().backward();
        Assert.Equal([1.0, 2.0], Reference.Doubles(net.weight.grad!));
        Assert.Equal([3.0], Reference.Doubles(net.bias!.grad!));
    }
}
