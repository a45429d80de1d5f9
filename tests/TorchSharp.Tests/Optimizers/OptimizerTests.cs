using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Optimizers;

public class OptimizerTests
{
    [Fact]
    public void Linear_regression_reaches_the_closed_form_optimum()
    {
        manual_seed(2);
        var x = randn(64, 4, dtype: ScalarType.Float64);
        var y = x.mm(tensor(new[] { 1.0, -2.0, 0.5, 3.0 }).reshape(4, 1)) + 0.1 * randn(64, 1, dtype: ScalarType.Float64);
        using var net = nn.Linear(4, 1, hasBias: false, dtype: ScalarType.Float64);
        using var optimizer = optim.SGD(net.parameters(), 0.2, momentum: 0.5);
        for (var step = 0; step < 400; step++)
        {
            optimizer.zero_grad();
            nn.functional.mse_loss(net.call(x), y).backward();
            optimizer.step();
        }
        var optimum = x.t().mm(x).inverse().mm(x.t()).mm(y);
        Assert.True(net.weight.allclose(optimum.t(), 1e-9, 1e-9));
    }

    [Fact]
    public void Groups_have_options_of_their_own()
    {
        using var still = nn.Linear(2, 2);
        using var moving = nn.Linear(2, 2);
        using var optimizer = optim.Adam(
            [new Adam.ParamGroup(still.parameters(), lr: 0.0), new Adam.ParamGroup { Parameters = moving.parameters() }], 0.1);
        var (stillBefore, movingBefore) = (still.weight.clone(), moving.weight.clone());
        moving.call(still.call(ones(3, 2))).sum().backward();
        optimizer.step();
        Assert.True(still.weight.Equals(stillBefore));
        // Adam's first step moves every element with a gradient by the learning rate.
        Assert.True((moving.weight - movingBefore).abs().allclose(full([2, 2], 0.1f), 1e-4, 1e-4));
        Assert.Equal([0.0, 0.1], optimizer.ParamGroups.Select(group => group.LearningRate));
        Assert.Throws<ArgumentException>(() => optimizer.add_param_group(new Adam.ParamGroup(still.parameters())));
        Assert.Throws<ArgumentException>(() => optim.Adam(still.parameters(), lr: -1));
        Assert.Throws<ArgumentException>(() => optim.SGD(still.parameters(), 0.1, nesterov: true));
    }

    [Fact]
    public void Parameters_without_a_gradient_stay_and_closures_are_called_with_gradients_on()
    {
        using var net = nn.Linear(2, 2);
        var before = net.weight.clone();
        using var optimizer = optim.Adam(net.parameters(), 0.1);
        optimizer.step();
        Assert.True(net.weight.Equals(before));
        using (no_grad())
        {
            var loss = optimizer.step(() =>
            {
                var value = net.call(ones(1, 2)).sum();
                value.backward();
                return value;
            });
            Assert.True(loss!.requires_grad);
        }
        Assert.False(net.weight.Equals(before));
    }

    /// <summary>Memory with gaps cannot be taken in one pass, so the two parameters take the two roads of Adam's step.</summary>
    [Fact]
    public void A_transposed_parameter_moves_as_a_plain_one_does()
    {
        manual_seed(4);
        var plain = nn.Parameter(randn(5, 7));
        var transposed = nn.Parameter(plain.detach().t().contiguous().t());
        var slopes = randn(5, 7);
        using var optimizer = optim.AdamW([plain, transposed], 0.1, weight_decay: 0.1);
        for (var step = 0; step < 20; step++)
        {
            optimizer.zero_grad();
            ((plain * slopes).sin().sum() + (transposed * slopes).sin().sum()).backward();
            optimizer.step();
        }
        Assert.False(transposed.is_contiguous());
        Assert.True(plain.allclose(transposed, 1e-5, 1e-5));
    }

    [Fact]
    public void Changing_a_parameter_between_forward_and_backward_is_an_error()
    {
        using var net = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 1));
        using var optimizer = optim.Adam(net.parameters(), 0.1);
        var loss = net.call(ones(1, 2)).sum();
        loss.backward();
        var stale = net.call(ones(1, 2)).sum();
        optimizer.step();
        var error = Assert.ThrowsAny<Exception>(() => stale.backward());
        Assert.Contains("modified by an inplace operation", error.Message);
    }
}
