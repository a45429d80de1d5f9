using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Optimizers;

/// <summary>Fifty steps of each optimiser on one small net, and the schedules, against Python's.</summary>
public class AgainstPython
{
    internal static OptimizerHelper Make(string name, IEnumerable<Parameter> parameters) => name switch
    {
        "sgd" => optim.SGD(parameters, 0.05),
        "sgd with momentum" => optim.SGD(parameters, 0.02, momentum: 0.9, dampening: 0.1, weight_decay: 0.01),
        "sgd by nesterov" => optim.SGD(parameters, 0.02, momentum: 0.8, nesterov: true),
        "sgd upwards" => optim.SGD(parameters, 0.001, maximize: true),
        "adam" => optim.Adam(parameters, 0.01),
        "adam with decay" => optim.Adam(parameters, 0.01, 0.8, 0.99, eps: 1e-6, weight_decay: 0.1),
        "adam by amsgrad" => optim.Adam(parameters, 0.05, amsgrad: true),
        "adam upwards" => optim.Adam(parameters, 0.001, maximize: true),
        "adamw" => optim.AdamW(parameters, 0.01, weight_decay: 0.1),
        "adamw by amsgrad" => optim.AdamW(parameters, 0.05, amsgrad: true),
        _ => throw new ArgumentException($"no optimiser is made for the reference '{name}'"),
    };

    internal static Sequential Net(ScalarType type = ScalarType.Float32)
    {
        var net = nn.Sequential(nn.Linear(3, 9), nn.Tanh(), nn.Linear(9, 2));
        using var off = no_grad();
        foreach (var parameter in net.parameters()) parameter.copy_(Reference.Pattern(parameter.shape, 0.5));
        return net.to(type);
    }

    public static TheoryData<string> Names => [.. Reference.Names("optimizers")];

    [Theory]
    [MemberData(nameof(Names))]
    public void Fifty_steps_end_where_Python_ends(string name) => Steps(name, ScalarType.Float32, 1e-5);

    /// <summary>Double precision takes the road of plain operators where single precision may take a shorter one.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Fifty_steps_in_double_precision_end_there_too(string name) => Steps(name, ScalarType.Float64, 1e-4);

    private static void Steps(string name, ScalarType type, double tolerance)
    {
        using var net = Net(type);
        using var optimizer = Make(name, net.parameters());
        var (x, y) = (Reference.Pattern([8, 3]).to(type), Reference.Pattern([8, 2], 0.7, 0.2).to(type));
        for (var step = 1; step <= 50; step++)
        {
            optimizer.zero_grad();
            nn.functional.mse_loss(net.call(x), y).backward();
            optimizer.step();
            if (step is 1 or 10 or 50)
                Reference.Equal(Reference.Of("optimizers", name, step.ToString()), nn.utils.parameters_to_vector(net.parameters()), tolerance, $"{name} after {step}");
        }
    }

    [Theory]
    [InlineData("step")]
    [InlineData("cosine")]
    [InlineData("lambda")]
    public void Schedule_sets_the_rates_that_Python_sets(string name)
    {
        using var optimizer = optim.SGD([nn.Parameter(zeros(1))], 0.4);
        var schedule = name switch
        {
            "step" => optim.lr_scheduler.StepLR(optimizer, 3, 0.5),
            "cosine" => optim.lr_scheduler.CosineAnnealingLR(optimizer, 8, 0.01),
            _ => optim.lr_scheduler.LambdaLR(optimizer, epoch => 1.0 / (1 + epoch)),
        };
        foreach (var expected in Reference.Of("schedules", name).EnumerateArray())
        {
            Assert.Equal(expected.GetDouble(), optimizer.ParamGroups.Single().LearningRate, 9);
            Assert.Equal(expected.GetDouble(), schedule.get_last_lr().Single(), 9);
            schedule.step();
        }
    }
}
