using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask.Tests.Tensors;

/// <summary>The gradient scaler beside PyTorch's, whose rules it follows.</summary>
public class GradientScalerTests
{
    /// <summary>What tests/peers/gradient_scaler_reference.py prints with PyTorch 2.14.1: scale, steps since it changed, the two parameters.</summary>
    private static readonly double[][] Reference =
    [
        [1024.0, 1, 0.875, -1.125], [1024.0, 2, 0.625, -1.25], [256.0, 0, 0.625, -1.25], [256.0, 1, 0.75, -1.375], [256.0, 2, 0.6875, -1.5],
        [1024.0, 0, 0.65625, -1.625], [1024.0, 1, 0.90625, -1.75], [256.0, 0, 0.90625, -1.75], [256.0, 1, 0.78125, -1.875],
        [64.0, 0, 0.78125, -1.875], [64.0, 1, 0.40625, -2.0], [64.0, 2, 0.53125, -2.125],
    ];

    private static readonly float[] Gradients = [1, 2, 3e36f, -1, 0.5f, 0.25f, -2, float.PositiveInfinity, 1, float.NaN, 3, -1];

    private static (Parameter Parameter, optim.Optimizer Optimizer) One(params float[] values)
    {
        var parameter = nn.Parameter(tensor(values));
        return (parameter, optim.SGD([parameter], 0.125));
    }

    private static void Backward(GradientScaler scaler, Parameter parameter, float gradient)
    {
        parameter.grad = null;
        scaler.Scale((parameter * tensor(new[] { gradient, 1 })).sum()).backward();
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Scales_and_steps_are_PyTorchs(bool reload)
    {
        var (parameter, optimizer) = One(1, -1);
        var scaler = new GradientScaler(1024, 4, 0.25, 3);
        for (var k = 0; k < Gradients.Length; k++)
        {
            Backward(scaler, parameter, Gradients[k]);
            var before = parameter.data<float>().ToArray();
            var stepped = scaler.Step(optimizer);
            Assert.Equal(!before.SequenceEqual(parameter.data<float>()), stepped);
            scaler.Update();
            var state = scaler.Save();
            double[] found = [scaler.CurrentScale, state.StepsSinceChange, .. parameter.data<float>().Select(x => (double)x)];
            Assert.Equal(Reference[k], found);
            if (!reload) continue;
            scaler = new GradientScaler();
            scaler.Load(state);
        }
    }

    [Fact]
    public void Unscaled_gradients_are_those_without_a_scaler_and_are_unscaled_once()
    {
        var (parameter, optimizer) = One(1, -1);
        var scaler = new GradientScaler(1024);
        Backward(scaler, parameter, 0.75f);
        Assert.Equal([768, 1024], parameter.grad!.data<float>());
        scaler.Unscale(optimizer);
        Assert.Equal([0.75f, 1], parameter.grad!.data<float>());
        Assert.True(scaler.Step(optimizer));
        Assert.Equal([1 - 0.75f / 8, -1.125f], parameter.data<float>());
    }

    [Fact]
    public void One_optimisers_overflow_holds_back_that_optimiser_and_makes_the_scale_smaller()
    {
        var (first, firstOptimizer) = One(1, 1);
        var (second, secondOptimizer) = One(1, 1);
        var scaler = new GradientScaler(8);
        Backward(scaler, first, float.NegativeInfinity);
        Backward(scaler, second, 1);
        Assert.False(scaler.Step(firstOptimizer));
        Assert.True(scaler.Step(secondOptimizer));
        scaler.Update();
        Assert.Equal(4, scaler.CurrentScale);
        Assert.Equal([1f, 1], first.data<float>());
    }

    [Fact]
    public void The_scale_does_not_grow_past_the_range_of_float32()
    {
        var (parameter, optimizer) = One(1, 1);
        var scaler = new GradientScaler(2e38, growthInterval: 1);
        parameter.grad = zeros(2);
        scaler.Step(optimizer);
        scaler.Update();
        Assert.Equal((float)2e38, scaler.CurrentScale);
        scaler.Update(16);
        Assert.Equal(16, scaler.CurrentScale);
    }

    [Fact]
    public void A_scaler_that_is_off_changes_nothing()
    {
        var (parameter, optimizer) = One(1, -1);
        var scaler = new GradientScaler(1024, enabled: false);
        Backward(scaler, parameter, float.PositiveInfinity);
        Assert.Equal([float.PositiveInfinity, 1], parameter.grad!.data<float>());
        scaler.Unscale(optimizer);
        Assert.True(scaler.Step(optimizer));
        scaler.Update();
        Assert.Equal(1, scaler.CurrentScale);
        Assert.Equal([float.NegativeInfinity, -1.125f], parameter.data<float>());
    }

    [Fact]
    public void Calls_out_of_order_are_refused()
    {
        var (parameter, optimizer) = One(1, 1);
        var scaler = new GradientScaler();
        Assert.Contains("before Step", Assert.Throws<InvalidOperationException>(() => scaler.Update()).Message);
        Backward(scaler, parameter, 1);
        scaler.Unscale(optimizer);
        Assert.Contains("unscaled already", Assert.Throws<InvalidOperationException>(() => scaler.Unscale(optimizer)).Message);
        scaler.Step(optimizer);
        Assert.Contains("after Step", Assert.Throws<InvalidOperationException>(() => scaler.Unscale(optimizer)).Message);
        Assert.Contains("twice", Assert.Throws<InvalidOperationException>(() => scaler.Step(optimizer)).Message);
        scaler.Update();
        var half = nn.Parameter(ones(2, dtype: ScalarType.Float16));
        half.grad = ones(2, dtype: ScalarType.Float16);
        Assert.Contains("float16", Assert.Throws<InvalidOperationException>(() => scaler.Step(optim.SGD([half], 0.1))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradientScaler(growthFactor: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradientScaler(backoffFactor: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradientScaler(0));
    }
}
