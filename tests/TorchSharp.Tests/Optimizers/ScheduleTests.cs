using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim.lr_scheduler;

namespace TorchSharp.Tests.Optimizers;

/// <summary>Forty epochs of each schedule, on two groups with rates of their own, against Python's.</summary>
public class ScheduleTests
{
    private static SGD Optimizer()
    {
        var slow = new SGD.ParamGroup(One(), new SGD.Options { LearningRate = 0.04 });
        return optim.SGD([new SGD.ParamGroup { Parameters = One() }, slow], 0.4, momentum: 0.9);
    }

    private static Adam AdamOptimizer()
    {
        var slow = new Adam.ParamGroup(One(), new Adam.Options { LearningRate = 0.04 });
        return optim.Adam([new Adam.ParamGroup { Parameters = One() }, slow], 0.4);
    }

    private static Parameter[] One() => [nn.Parameter(zeros(1))];

    private static LRScheduler Make(string name, optim.Optimizer o) => name switch
    {
        "step" => StepLR(o, 3, 0.5),
        "multi step" => MultiStepLR(o, [5, 12, 12, 20], 0.3),
        "exponential" => ExponentialLR(o, 0.9),
        "cosine" => CosineAnnealingLR(o, 8, 0.01),
        "lambda" => LambdaLR(o, epoch => 1.0 / (1 + epoch)),
        "lambdas" => new impl.LambdaLR(o, [epoch => Math.Pow(0.9, epoch), epoch => 1.0 / (1 + epoch)]),
        "multiplicative" => MultiplicativeLR(o, epoch => 1 - 0.01 * epoch),
        "constant" => ConstantLR(o, 0.25, 7),
        "linear" => LinearLR(o, 0.2, 0.9, 12),
        "polynomial" => PolynomialLR(o, 30, 2),
        "polynomial of power one" => PolynomialLR(o, 20),
        "one cycle" => OneCycleLR(o, 1.0, total_steps: 40),
        "one cycle in three phases" => OneCycleLR(
            o, [1.0, 0.5], epochs: 4, steps_per_epoch: 10, pct_start: 0.4, anneal_strategy: impl.OneCycleLR.AnnealStrategy.Linear,
            base_momentum: [0.7, 0.7], max_momentum: [0.9, 0.9], div_factor: 10, final_div_factor: 100, three_phase: true),
        "one cycle without momentum" => OneCycleLR(o, 1.0, total_steps: 45, cycle_momentum: false),
        "one cycle of betas" => OneCycleLR(o, 1.0, total_steps: 40),
        "cyclic" => CyclicLR(o, 0.1, 0.9, step_size_up: 5, step_size_down: 8),
        "cyclic triangular2" => CyclicLR(
            o, [0.1, 0.01], [0.9, 0.2], step_size_up: 6, mode: impl.CyclicLR.Mode.Triangular2, base_momentum: [0.6, 0.6], max_momentum: [0.95, 0.95]),
        "cyclic exp range" => CyclicLR(o, 0.1, 0.9, step_size_up: 6, mode: impl.CyclicLR.Mode.ExpRange, gamma: 0.97, cycle_momentum: false),
        "cyclic by a function" => CyclicLR(
            o, 0.1, 0.9, step_size_up: 6, scale_fn: x => 1 / (1 + 0.1 * x), scale_mode: impl.CyclicLR.ScaleMode.Iterations),
        "plateau" => ReduceLROnPlateau(o, factor: 0.5, patience: 3, cooldown: 2, min_lr: [0.01, 0.02]),
        "plateau upwards" => ReduceLROnPlateau(o, mode: "max", factor: 0.3, patience: 2, threshold: 0.01, threshold_mode: "abs"),
        "warm-up" => SequentialLR(o, [LinearLR(o, 0.1, total_iters: 5), CosineAnnealingLR(o, 35)], [5]),
        "three in sequence" => SequentialLR(o, [ConstantLR(o, 0.1, 3), ExponentialLR(o, 0.8), StepLR(o, 4, 0.5)], [6, 15]),
        "chained" => ChainedLR([ConstantLR(o, 0.1, 4), ExponentialLR(o, 0.9), CosineAnnealingLR(o, 50)]),
        _ => throw new ArgumentException($"no schedule is made for the reference '{name}'"),
    };

    private static double Measured(int epoch) =>
        1.0 / (1 + Math.Min(epoch, 8)) + (epoch is >= 8 and < 20 ? 0.05 : 0) - (epoch > 25 ? 0.02 * (epoch - 25) : 0) + 0.001 * (epoch % 3);

    private static double Momentum(object group) => group is optim.IMomentum momentum ? momentum.Momentum : ((optim.IBetas)group).Betas.Item1;

    public static TheoryData<string> Names => [.. Cases.Reference.Under("schedule/")];

    public static TheoryData<string> Jumps => [.. Cases.Reference.Under("jump/")];

    [Theory]
    [MemberData(nameof(Names))]
    public void Rates_and_momenta_are_Pythons(string name) => Run($"schedule/{name}", name, jump: null);

    [Theory]
    [MemberData(nameof(Jumps))]
    public void A_jump_to_an_epoch_starts_from_the_initial_rates(string name) => Run($"jump/{name}", name, jump: 9);

    private static void Run(string key, string name, int? jump)
    {
        using optim.Optimizer optimizer = name == "one cycle of betas" ? AdamOptimizer() : Optimizer();
        var schedule = Make(name, optimizer);
        var rows = new List<double>();
        var epochs = (int)Cases.Reference[key].shape[0];
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            Assert.Equal(optimizer.ParamGroups.Select(group => group.LearningRate), schedule.get_last_lr());
            rows.AddRange(optimizer.ParamGroups.SelectMany(group => new[] { group.LearningRate, Momentum(group) }));
            if (schedule is impl.ReduceLROnPlateau) schedule.step(Measured(epoch));
            else if (epoch == jump) schedule.step((int?)17);
            else schedule.step();
        }
        Cases.Reference.Equal(key, tensor(rows).reshape(epochs, 2, 2), 1e-12);
    }

    [Fact]
    public void A_schedule_goes_on_from_a_rate_that_was_set_by_hand()
    {
        using var optimizer = Optimizer();
        var schedule = ExponentialLR(optimizer, 0.5);
        schedule.step();
        optimizer.ParamGroups.First().LearningRate = 1;
        schedule.step();
        Assert.Equal([0.5, 0.01], schedule.get_last_lr());
    }

    [Fact]
    public void Wrong_settings_are_named()
    {
        using var optimizer = Optimizer();
        using var other = Optimizer();
        using var withoutMomentum = optim.Adagrad([nn.Parameter(zeros(1))]);
        void Wrong(string expected, Action make) => Assert.Contains(expected, Assert.ThrowsAny<ArgumentException>(make).Message);
        Wrong("Expected 2 lr_lambdas, one for each parameter group, got 1", () => new impl.LambdaLR(optimizer, [epoch => 1.0]));
        Wrong("same optimizer", () => SequentialLR(optimizer, [StepLR(optimizer, 1), StepLR(other, 1)], [2]));
        Wrong("got 1 schedulers and 1 milestones", () => SequentialLR(optimizer, [StepLR(optimizer, 1)], [2]));
        Wrong("must support momentum", () => OneCycleLR(withoutMomentum, 1.0, total_steps: 5));
        Wrong("must support momentum", () => CyclicLR(withoutMomentum, 0.1, 1.0));
        Wrong("total_steps OR", () => OneCycleLR(optimizer, 1.0));
        Wrong("steps_per_epoch", () => OneCycleLR(optimizer, 1.0, epochs: 3));
        Wrong("mode up is unknown", () => ReduceLROnPlateau(optimizer, "up"));
        Wrong("Factor should be < 1.0", () => ReduceLROnPlateau(optimizer, factor: 1));
        Wrong("step_size", () => StepLR(optimizer, 0));
        Assert.Throws<ArgumentNullException>(() => StepLR(null!, 1));
        Assert.Throws<InvalidOperationException>(() => ReduceLROnPlateau(optimizer).step());
        var cycle = OneCycleLR(optimizer, 1.0, total_steps: 2);
        cycle.step();
        cycle.step();
        Assert.Contains("total steps is 2", Assert.Throws<InvalidOperationException>(cycle.step).Message);
    }
}
