using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Optimizers;

/// <summary>The optimisers, schedules and the small net of tests/peers/optimizers_reference.py, by the same names.</summary>
internal static class Cases
{
    public static ReferenceFile Reference { get; } = new("optimizers");

    public static IEnumerable<string> Optimizers =>
        Reference.Under().Where(name => !name.StartsWith("lbfgs", StringComparison.Ordinal) && name is not ("schedule" or "jump"));

    public static OptimizerHelper Make(string name, IEnumerable<Parameter> p) => name switch
    {
        "sgd" => optim.SGD(p, 0.05),
        "sgd with decay" => optim.SGD(p, 0.05, weight_decay: 0.1),
        "sgd with momentum" => optim.SGD(p, 0.02, momentum: 0.9, dampening: 0.1, weight_decay: 0.01),
        "sgd by nesterov" => optim.SGD(p, 0.02, momentum: 0.8, nesterov: true),
        "sgd upwards" => optim.SGD(p, 0.001, momentum: 0.5, weight_decay: 0.1, maximize: true),
        "adam" => optim.Adam(p, 0.01),
        "adam with decay" => optim.Adam(p, 0.01, 0.8, 0.99, eps: 1e-6, weight_decay: 0.1),
        "adam by amsgrad" => optim.Adam(p, 0.05, amsgrad: true),
        "adam upwards" => optim.Adam(p, 0.001, maximize: true),
        "adamw" => optim.AdamW(p, 0.01, weight_decay: 0.1),
        "adamw by amsgrad" => optim.AdamW(p, 0.05, amsgrad: true),
        "adamw upwards" => optim.AdamW(p, 0.001, weight_decay: 0.1, maximize: true),
        "adagrad" => optim.Adagrad(p, 0.1),
        "adagrad with decays" => optim.Adagrad(p, 0.1, lr_decay: 0.05, weight_decay: 0.1, initial_accumulator_value: 0.2, eps: 1e-6),
        "adadelta" => optim.Adadelta(p),
        "adadelta with decay" => optim.Adadelta(p, 0.5, rho: 0.8, eps: 1e-4, weight_decay: 0.1),
        "adadelta upwards" => optim.Adadelta(p, 0.1, maximize: true),
        "adamax" => optim.Adamax(p, 0.02),
        "adamax with decay" => optim.Adamax(p, 0.02, 0.8, 0.95, eps: 1e-6, weight_decay: 0.1),
        "asgd" => optim.ASGD(p, 0.05),
        "asgd with decay" => optim.ASGD(p, 0.05, lambd: 0.01, alpha: 0.6, t0: 20, weight_decay: 0.1),
        "asgd upwards" => optim.ASGD(p, 0.001, maximize: true),
        "nadam" => optim.NAdam(p, 0.01),
        "nadam with decay" => optim.NAdam(p, 0.01, 0.8, 0.99, eps: 1e-6, weight_decay: 0.1, momentum_decay: 0.01),
        "radam" => optim.RAdam(p, 0.01),
        "radam with decay" => optim.RAdam(p, 0.01, 0.8, 0.99, eps: 1e-6, weight_decay: 0.1),
        "rmsprop" => optim.RMSProp(p, 0.01),
        "rmsprop with momentum" => optim.RMSProp(p, 0.005, alpha: 0.9, eps: 1e-6, weight_decay: 0.1, momentum: 0.8),
        "rmsprop centered" => optim.RMSProp(p, 0.005, alpha: 0.9, eps: 1e-4, centered: true),
        "rmsprop centered with momentum" => optim.RMSProp(p, 0.002, alpha: 0.9, eps: 1e-4, momentum: 0.7, centered: true),
        "rmsprop upwards" => optim.RMSProp(p, 0.001, maximize: true),
        "rprop" => optim.Rprop(p, 0.01),
        "rprop with bounds" => optim.Rprop(p, 0.02, etaminus: 0.4, etaplus: 1.3, min_step: 1e-4, max_step: 0.05),
        "rprop upwards" => optim.Rprop(p, 0.001, maximize: true),
        _ => throw new ArgumentException($"no optimiser is made for the reference '{name}'"),
    };

    public static Sequential Net(ScalarType type = ScalarType.Float32)
    {
        var net = nn.Sequential(nn.Linear(3, 9), nn.Tanh(), nn.Linear(9, 2));
        using var off = no_grad();
        foreach (var parameter in net.parameters()) parameter.copy_(Tests.Reference.Pattern(parameter.shape, 0.5));
        return net.to(type);
    }

    /// <summary>The closure that trains the net on the reference's rows.</summary>
    public static Func<Tensor> Closure(Sequential net, optim.Optimizer optimizer)
    {
        var type = net.parameters().First().dtype;
        var (x, y) = (Tests.Reference.Pattern([8, 3]).to(type), Tests.Reference.Pattern([8, 2], 0.7, 0.2).to(type));
        return () =>
        {
            optimizer.zero_grad();
            var loss = nn.functional.mse_loss(net.call(x), y);
            loss.backward();
            return loss;
        };
    }

    public static void Train(Sequential net, optim.Optimizer optimizer, int steps)
    {
        var closure = Closure(net, optimizer);
        for (var step = 0; step < steps; step++) optimizer.step(closure);
    }
}
