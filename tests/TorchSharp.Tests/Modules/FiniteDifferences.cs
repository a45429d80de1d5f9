using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Modules;

/// <summary>Each module's gradients against central differences, in double precision.</summary>
public class FiniteDifferences
{
    // The gradients of a padding row, of rows scaled by how often they occur, and of rows cut to a largest norm are no slopes of the output.
    public static TheoryData<string> ModuleNames => [.. Reference.Modules.Under("modules/").Where(name => name is not ("embedding" or "embedding with a largest norm" or "embedding bag of maxima"))];

    [Theory]
    [MemberData(nameof(ModuleNames))]
    public void Gradients_are_slopes(string name)
    {
        manual_seed(3);
        var made = ModuleCases.Make(name);
        var module = made.Module;
        module.to(ScalarType.Float64);
        var inputs = made.Inputs().Select(input => input.to(ScalarType.Float64).requires_grad_()).ToArray();

        // What a module draws, it draws anew at each call: from the same seed, so that only the moved element differs.
        Tensor Loss()
        {
            manual_seed(5);
            return ModuleCases.Sum(made.Run(inputs));
        }

        double Value()
        {
            using var scope = NewDisposeScope();
            using var off = no_grad();
            return Loss().item<double>();
        }

        Loss().backward();
        foreach (var (what, tensor) in module.named_parameters().Select(pair => (pair.name, (Tensor)pair.parameter)).Concat(inputs.Select((input, k) => ($"input {k}", input))))
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
                var above = Value();
                cells[k] = before - step;
                var below = Value();
                cells[k] = before;
                Assert.True(Math.Abs((above - below) / (2 * step) - analytic[k]) < 1e-6 * Math.Max(1, Math.Abs(analytic[k])), $"{what}[{k}]: {analytic[k]}, slope {(above - below) / (2 * step)}");
            }
        }
    }
}
