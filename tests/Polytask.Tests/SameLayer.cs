using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests;

/// <summary>A layer of ours against the layer of the engine that it stands for: the same first numbers from one seed, the same outputs and gradients.</summary>
internal static class SameLayer
{
    /// <param name="expected">Makes the engine's layer.</param>
    /// <param name="given">Makes ours, with parameters of the same names.</param>
    /// <param name="input">The shape of a batch.</param>
    public static void As(Func<nn.Module<Tensor, Tensor>> expected, Func<nn.Module<Tensor, Tensor>> given, params long[] input)
    {
        manual_seed(3);
        var reference = expected();
        manual_seed(3);
        var module = given();
        var (left, right) = (Values.Normal(4, input).requires_grad_(), Values.Normal(4, input).requires_grad_());
        var (first, second) = (reference.call(left), module.call(right));
        Assert.True(Values.Difference(first, second) < 1e-5);

        var weights = Values.Normal(5, first.shape);
        (first * weights).sum().backward();
        (second * weights).sum().backward();
        Assert.True(Values.Difference(left.grad!, right.grad!) < 1e-5);
        foreach (var (name, parameter) in reference.named_parameters())
            Assert.True(Values.Difference(parameter.grad!, module.get_parameter(name)!.grad!) < 1e-4, name);
    }
}
