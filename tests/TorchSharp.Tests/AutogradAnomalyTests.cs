using System.Runtime.InteropServices;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace TorchSharp.Tests;

public class AutogradAnomalyTests
{
    // 0 * d(sqrt)/dx at 0 is 0 * infinity.
    private static Tensor NaNInBackward(Tensor x) => x.sqrt() * 0;

    [Fact]
    public void A_NaN_in_backward_names_its_operator_and_the_call_that_recorded_it()
    {
        var x = zeros(2, dtype: float64, requires_grad: true);
        NaNInBackward(x).sum().backward();
        Assert.True(x.grad!.isnan().all().item<bool>());
        using (detect_anomaly())
        {
            var y = NaNInBackward(x).sum();
            var error = Assert.Throws<ExternalException>(() => y.backward());
            Assert.Contains("SqrtBackward0", error.Message);
            Assert.Contains("nan", error.Message);
            Assert.Contains(nameof(NaNInBackward), error.Message);
            Assert.Contains("AutogradAnomalyTests.cs:line", error.Message);
        }
        NaNInBackward(x).sum().backward();
    }

    [Fact]
    public void Other_errors_tell_the_call_too_and_a_NaN_need_not_be_one()
    {
        var x = ones(2, dtype: float64, requires_grad: true);
        using (detect_anomaly(check_nan: false))
        {
            NaNInBackward(x - 1).sum().backward();
            var inner = x * 1;
            var y = Changed(inner).sum();
            inner.mul_(2);
            var error = Assert.Throws<ExternalException>(() => y.backward());
            Assert.Contains("inplace", error.Message);
            Assert.Contains(nameof(Changed), error.Message);
        }

        static Tensor Changed(Tensor value) => value.pow(2);
    }

    [Fact]
    public void An_operator_recorded_in_a_backward_pass_tells_of_that_pass()
    {
        var x = zeros(1, dtype: float64, requires_grad: true);
        using var _ = detect_anomaly();
        // d/dx x^1.5 is fine at 0; its own derivative there is infinite, and 0 times it is no number.
        var first = grad([x.pow(1.5).sum()], [x], create_graph: true)[0];
        var error = Assert.Throws<ExternalException>(() => (first * 0).sum().backward());
        Assert.Contains("PowBackward0", error.Message);
        Assert.Contains("backward pass of", error.Message);
    }

    [Fact]
    public void Modes_nest_and_come_back()
    {
        Assert.False(AnomalyMode.IsEnabled);
        using (set_detect_anomaly(true, check_nan: false))
        {
            Assert.True(AnomalyMode.IsEnabled);
            Assert.False(AnomalyMode.ShouldCheckNaN);
            using (set_detect_anomaly(false)) Assert.False(AnomalyMode.IsEnabled);
            Assert.True(AnomalyMode.IsEnabled);
            Assert.False(AnomalyMode.ShouldCheckNaN);
        }
        Assert.False(AnomalyMode.IsEnabled);
        Assert.True(AnomalyMode.ShouldCheckNaN);
    }

    [Fact]
    public void A_custom_function_is_called_by_its_own_name()
    {
        var x = zeros(1, requires_grad: true);
        using var _ = detect_anomaly();
        var y = Broken.apply(x);
        var error = Assert.Throws<ExternalException>(() => y.backward());
        Assert.Contains("'the broken one' returned nan", error.Message);
        Assert.Contains(nameof(A_custom_function_is_called_by_its_own_name), error.Message);
    }

    private sealed class Broken : SingleTensorFunction<Broken>
    {
        public override string Name => "the broken one";

        public override Tensor forward(AutogradContext ctx, params object?[] vars) => (Tensor)vars[0]! * 2;

        public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output) => [grad_output / 0 * 0];
    }
}
