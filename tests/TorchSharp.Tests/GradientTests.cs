using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>
/// Every operator of the table has samples, whose gradients are checked against central differences, or is in the list of those that
/// have none. A row without either fails <see cref="Every_operator_has_a_sample_or_is_known_to_have_no_gradient"/>.
/// </summary>
public class GradientTests
{
    private static readonly OperatorSamples samples = new(CPU, float64);

    public static TheoryData<string> Names() => [.. samples.ByName.Keys];

    [Theory, MemberData(nameof(Names))]
    public void The_gradient_is_the_slope(string name)
    {
        foreach (var sample in samples.ByName[name])
        {
            using var scope = NewDisposeScope();
            var inputs = sample.Inputs.Select(x => x.detach().clone().requires_grad_()).ToArray();
            var output = sample.Of(inputs);
            var weights = randn(output.shape, float64, generator: new Generator(7));
            var found = autograd.grad([(output * weights).sum()], inputs, allow_unused: true);
            using var _ = no_grad();
            double Loss() => (sample.Of(inputs) * weights).sum().item<double>();
            for (var k = 0; k < inputs.Length; k++)
            {
                var values = inputs[k].data<double>();
                for (long at = 0; at < values.Count; at++)
                {
                    const double step = 1e-6;
                    var before = values[at];
                    values[at] = before + step;
                    var above = Loss();
                    values[at] = before - step;
                    var below = Loss();
                    values[at] = before;
                    var slope = (above - below) / (2 * step);
                    var gradient = found[k] is null ? 0 : found[k].data<double>()[at];
                    Assert.True(Math.Abs(slope - gradient) <= 1e-5 * (1 + Math.Abs(slope)), $"{name}, input {k}[{at}]: slope {slope}, gradient {gradient}");
                }
            }
        }
    }

    [Fact]
    public void Every_operator_has_a_sample_or_is_known_to_have_no_gradient()
    {
        var names = OperatorTableTests.All().Select(r => r.Native.StartsWith('_') ? r.Native : r.Native.TrimEnd('_')).Distinct();
        var forgotten = string.Join(", ", names.Where(n => !samples.ByName.ContainsKey(n) && !OperatorSamples.WithoutGradient.Contains(n)));
        Assert.Equal("", forgotten);
    }
}
