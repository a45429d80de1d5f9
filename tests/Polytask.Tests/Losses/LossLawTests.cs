using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Losses;

/// <summary>What every loss must obey: its gradient, and rows without a label.</summary>
public class LossLawTests
{
    public static TheoryData<string> Names => [.. LossCases.Names];

    // A row of no weight, and rows of different weights.
    private static Tensor Weights(Tensor target) => target.shape[0] == 2
        ? tensor(new[] { 1.0, 0.25 })
        : tensor(new[] { 1.0, 0.5, 1, 0.25, 1, 0 });

    private static Tensor Gradient(Loss loss, Tensor output, Tensor target, Tensor? weights)
    {
        var z = output.detach().clone().requires_grad_();
        loss.Mean(z, target, weights).backward();
        return z.grad!;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_is_that_of_finite_differences(string name)
    {
        var (loss, output, target) = LossCases.Of(name);
        // Re-balance weights of the variational loss are constants in its gradient.
        if (name == "variational pu") loss = Loss.VariationalPu();
        var weights = Weights(target);
        var gradient = Gradient(loss, output, target, weights).flatten().Numbers();
        using var untracked = no_grad();
        const double step = 1e-5;
        Assert.Contains(gradient, value => value != 0);
        for (var i = 0; i < gradient.Length; i++)
        {
            var shift = zeros(gradient.Length, dtype: ScalarType.Float64);
            shift[i] = tensor(step);
            shift = shift.reshape(output.shape);
            var difference = (loss.Mean(output + shift, target, weights) - loss.Mean(output - shift, target, weights)).item<double>() / (2 * step);
            Assert.Equal(difference, gradient[i], 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_row_without_weight_changes_nothing(string name)
    {
        var (loss, output, target) = LossCases.Of(name);
        var weights = ones(target.shape[0], dtype: ScalarType.Float64);
        weights[-1] = tensor(0.0);
        var without = loss.Mean(output.narrow(0, 0, output.shape[0] - 1), target.narrow(0, 0, target.shape[0] - 1)).item<double>();
        var (other, filled) = (output.clone(), target.clone());
        other[-1] = other[-1] * 3 + 1;
        filled[-1] = zeros_like(filled[-1]); // as a missing label is filled
        Assert.Equal(without, loss.Mean(other, filled, weights).item<double>(), 1e-9);
        Assert.All(Gradient(loss, other, filled, weights)[-1].flatten().Numbers(), value => Assert.Equal(0, value));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Without_any_label_the_loss_and_its_gradient_are_zero(string name)
    {
        var (loss, output, target) = LossCases.Of(name);
        var weights = zeros(target.shape[0], dtype: ScalarType.Float64);
        Assert.Equal(0, loss.Mean(output, zeros_like(target), weights).item<double>());
        Assert.All(Gradient(loss, output, zeros_like(target), weights).flatten().Numbers(), value => Assert.Equal(0, value));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Equal_weights_are_no_weights(string name)
    {
        var (loss, output, target) = LossCases.Of(name);
        Assert.Equal(loss.Mean(output, target).item<double>(), loss.Mean(output, target, full(target.shape[0], 0.5, dtype: ScalarType.Float64)).item<double>(), 1e-9);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Single_precision_and_float_weights_are_taken(string name)
    {
        var (loss, output, target) = LossCases.Of(name);
        if (target.is_floating_point()) target = target.to(ScalarType.Float32);
        var value = loss.Mean(output.to(ScalarType.Float32), target, ones(target.shape[0]));
        Assert.Equal(ScalarType.Float32, value.dtype);
        Assert.Equal(loss.Mean(output, target).to(ScalarType.Float64).item<double>(), value.item<float>(), 1e-4);
    }
}
