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

    public static void Run(Report report, Device device)
    {
        foreach (var name in Reference.Names("modules")) report.Check($"module {name}", () => Compare(name, device));
        foreach (var name in Cases.Optimizers) report.Check($"optimiser {name}", () => Train(name, device));
    }

    private static void Compare(string name, Device device)
    {
        var (expected, shape) = ModuleCases.Make(name);
        var (actual, _) = ModuleCases.Make(name);
        actual.load_state_dict(expected.state_dict());
        expected.to(ScalarType.Float64);
        actual.to(device);
        var (wanted, found) = (Evaluate(expected, Reference.Pattern(shape, 2).to(ScalarType.Float64)), Evaluate(actual, Reference.Pattern(shape, 2).to(device)));
        Assert.Equal(wanted.Select(pair => pair.Name), found.Select(pair => pair.Name));
        foreach (var ((what, left), (_, right)) in wanted.Zip(found)) Closeness.Require(left, right, Closeness.Single, what);
    }

    private static List<(string Name, Tensor Value)> Evaluate(nn.Module<Tensor, Tensor> module, Tensor input)
    {
        input.requires_grad_();
        var output = module.call(input);
        (output * Reference.Pattern(output.shape).to(output.dtype, output.device)).sum().backward();
        return
        [
            ("output", output), ("input's gradient", input.grad!),
            .. module.named_parameters().Select(pair => ($"gradient of {pair.name}", pair.parameter.grad!)),
            .. module.named_buffers().Select(pair => (pair.name, pair.buffer)),
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
