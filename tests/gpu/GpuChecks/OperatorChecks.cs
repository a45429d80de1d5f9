using TorchSharp;
using TorchSharp.Tests;
using static TorchSharp.torch;

namespace GpuChecks;

/// <summary>Every operator sample of the unit tests: value and gradients in float32 on the device, beside those in float64 on the CPU.</summary>
internal static class OperatorChecks
{
    public static void Run(Report report, Device device)
    {
        var (here, there) = (new OperatorSamples(CPU, ScalarType.Float64), new OperatorSamples(device, ScalarType.Float32));
        foreach (var (name, samples) in here.ByName)
        {
            for (var k = 0; k < samples.Count; k++)
            {
                var (expected, actual) = (samples[k], there.ByName[name][k]);
                report.Check($"operator {name} {k}", () => Compare(expected, actual));
            }
        }
    }

    private static void Compare(OperatorSample expected, OperatorSample actual)
    {
        var (wanted, found) = (Evaluate(expected), Evaluate(actual));
        Closeness.Require(wanted[0]!, found[0]!, Closeness.Single, "value");
        for (var k = 1; k < wanted.Length; k++)
        {
            Assert.Equal(wanted[k] is null, found[k] is null);
            if (wanted[k] is { } gradient) Closeness.Require(gradient, found[k]!, Closeness.Single, $"gradient {k - 1}");
        }
    }

    /// <summary>The value, then the gradient of a weighted sum of it by each input.</summary>
    private static Tensor?[] Evaluate(OperatorSample sample)
    {
        var inputs = sample.Inputs.Select(x => x.detach().clone().requires_grad_()).ToArray();
        var output = sample.Of(inputs);
        var weights = Reference.Pattern(output.shape).to(output.dtype, output.device);
        return [output, .. autograd.grad([(output * weights).sum()], inputs, allow_unused: true)];
    }
}
