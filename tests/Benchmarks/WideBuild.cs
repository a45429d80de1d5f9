using System.Diagnostics;
using System.Globalization;
using Polytask;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>Declaring and building a model of 1,000 experts and 100 tasks with a gate and a head each.</summary>
internal static class WideBuild
{
    private const int Experts = 1000, Tasks = 100;

    public static void Run()
    {
        manual_seed(0);
        var before = Memory.Resident();
        var clock = Stopwatch.StartNew();
        var model = Model.Named("wide").Input(128).Experts(Experts, Block.Mlp(64, 32));
        for (var task = 0; task < Tasks; task++) model = model.Task($"t{task}", Head.Regress(), Block.Mlp(16));
        var declared = clock.Elapsed;
        using var module = model.Build();
        var built = clock.Elapsed;
        var count = module.parameters().Sum(parameter => parameter.numel());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Experts} experts and {Tasks} tasks ({count:N0} parameters, {count * 4e-6:0} MB): declared in {declared.TotalSeconds:0.00} s, "
            + $"declared and built in {built.TotalSeconds:0.00} s; {Memory.Peak() - before:0} MB more resident at the peak"));
    }
}
