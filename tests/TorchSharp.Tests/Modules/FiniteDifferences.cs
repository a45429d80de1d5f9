using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Modules;

/// <summary>Each module's gradients against central differences, in double precision.</summary>
public class FiniteDifferences
{
    public static TheoryData<string> ModuleNames => AgainstPython.ModuleNames;

    [Theory]
    [MemberData(nameof(ModuleNames))]
    public void Gradients_are_slopes(string name)
    {
        manual_seed(3);
        var (module, shape) = ModuleCases.Make(name);
        module.to(ScalarType.Float64);
        var input = Reference.Pattern(shape, 2).to(ScalarType.Float64).requires_grad_();
        using var first = module.call(input);
        var coefficients = Reference.Pattern(first.shape).to(ScalarType.Float64);
        double Loss()
        {
            using var scope = NewDisposeScope();
            using var off = no_grad();
            return (module.call(input) * coefficients).sum().item<double>();
        }

        (module.call(input) * coefficients).sum().backward();
        foreach (var (what, tensor) in module.named_parameters().Select(pair => (pair.name, (Tensor)pair.parameter)).Append(("input", input)))
        {
            var analytic = Reference.Doubles(tensor.grad!);
            using var values = tensor.detach();
            const double step = 1e-5;
            for (var k = 0; k < analytic.Length; k += Math.Max(1, analytic.Length / 12))
            {
                // The k-th element in row-major order, through the flattened view that shares the memory.
                using var flat = values.view(-1);
                var cells = flat.data<double>();
                var before = cells[k];
                cells[k] = before + step;
                var above = Loss();
                cells[k] = before - step;
                var below = Loss();
                cells[k] = before;
                Assert.True(Math.Abs((above - below) / (2 * step) - analytic[k]) < 1e-6 * Math.Max(1, Math.Abs(analytic[k])), $"{what}[{k}]: {analytic[k]}, slope {(above - below) / (2 * step)}");
            }
        }
    }
}
