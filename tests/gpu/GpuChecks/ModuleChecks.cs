using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Tests;
using TorchSharp.Tests.Modules;
using TorchSharp.Tests.Optimizers;
using static TorchSharp.torch;

namespace GpuChecks;

/// <summary>The modules and optimisers of the unit tests on the device beside the CPU in double precision.</summary>
internal static class ModuleChecks
{
    private const int Steps = 20;

    // What they draw differs from device to device, whatever the seed.
    private static readonly string[] random = ["dropout", "rrelu", "fractional max pool"];

    public static void Run(Report report, Device device)
    {
        foreach (var name in Reference.Modules.Under("modules/").Where(name => !random.Any(name.Contains))) report.Check($"module {name}", () => Compare(name, device));
        foreach (var name in Cases.Optimizers) report.Check($"optimiser {name}", () => Train(name, device));
    }

    private static void Compare(string name, Device device)
    {
        var (expected, actual) = (ModuleCases.Make(name), ModuleCases.Make(name));
        actual.Module.load_state_dict(expected.Module.state_dict());
        expected.Module.to(ScalarType.Float64);
        actual.Module.to(device);
        var wanted = Evaluate(expected, input => input.to(ScalarType.Float64));
        var found = Evaluate(actual, input => input.to(device));
        Assert.Equal(wanted.Select(pair => pair.Name), found.Select(pair => pair.Name));
        foreach (var ((what, left), (_, right)) in wanted.Zip(found)) Closeness.Require(left, right, Closeness.Single, what);
    }

    private static List<(string Name, Tensor Value)> Evaluate(ModuleCase made, Func<Tensor, Tensor> place)
    {
        var inputs = made.Inputs().Select(input => place(input).requires_grad_()).ToArray();
        var outputs = made.Run(inputs);
        outputs.Where(output => output.is_floating_point())
            .Select(output => (output * Reference.Pattern(output.shape).to(output.dtype, output.device)).sum()).Aggregate((left, right) => left + right).backward();
        return
        [
            .. outputs.Select((output, k) => ($"output {k}", output)),
            .. inputs.Where(input => input.grad is not null).Select((input, k) => ($"gradient of input {k}", input.grad!)),
            .. made.Module.named_parameters().Where(pair => pair.parameter.grad is not null).Select(pair => ($"gradient of {pair.name}", pair.parameter.grad!)),
            .. made.Module.named_buffers().Select(pair => (pair.name, pair.buffer)),
        ];
    }

    private static void Train(string name, Device device)
    {
        Sequential Trained(ScalarType type, Device where)
        {
            var net = Cases.Net(type).to(where);
            using var optimizer = Cases.Make(name, net.parameters());
            var (x, y) = (Reference.Pattern([8, 3]).to(type, where), Reference.Pattern([8, 2], 0.7, 0.2).to(type, where));
            for (var step = 0; step < Steps; step++)
            {
                optimizer.zero_grad();
                nn.functional.mse_loss(net.call(x), y).backward();
                optimizer.step();
            }
            return net;
        }

        var (expected, actual) = (Trained(ScalarType.Float64, CPU), Trained(ScalarType.Float32, device));
        foreach (var ((what, left), (_, right)) in expected.named_parameters().Zip(actual.named_parameters()))
            Closeness.Require(left, right, 1e-3, what);
    }
}
