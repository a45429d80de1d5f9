using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask.Tests.Adapters;

/// <summary>Small pretrained modules, and what tests of adapters ask of them.</summary>
internal static class AdaptedModules
{
    /// <summary>6 → 5 → GELU → 4, weights from a seed.</summary>
    public static Sequential Net(int seed = 1)
    {
        manual_seed(seed);
        return nn.Sequential(nn.Linear(6, 5), nn.GELU(), nn.Linear(5, 4));
    }

    /// <summary>[2, 8, 8] → conv, batch norm, ReLU, grouped conv with stride → linear 3.</summary>
    public static Sequential ConvNet(int seed = 1)
    {
        manual_seed(seed);
        return nn.Sequential(nn.Conv2d(2, 4, 3, padding: 1L), nn.BatchNorm2d(4), nn.ReLU(), nn.Conv2d(4, 6, 3, stride: 2L, groups: 2),
            nn.Flatten(), nn.Linear(54, 3));
    }

    public static Tensor Rows => Values.Normal(2, 7, 6);

    public static Tensor Images => Values.Normal(3, 5, 2, 8, 8);

    /// <summary>Every parameter of an adaptation gets other values, so that nothing is at its start.</summary>
    public static void Scramble(this Adaptation adaptation, int seed = 5)
    {
        using var off = no_grad();
        foreach (var (name, parameter) in adaptation.named_parameters())
            if (parameter.requires_grad) parameter.add_(Values.Normal(seed + name.Length, parameter.shape).mul(0.3).to(parameter.dtype));
    }

    /// <summary>The values of a state dictionary as they are now.</summary>
    public static Dictionary<string, double[]> Snapshot(this nn.Module module) =>
        module.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.Numbers());

    /// <summary>Bit for bit the state dictionary that it was.</summary>
    public static void AssertIs(this nn.Module module, Dictionary<string, double[]> snapshot)
    {
        var now = module.Snapshot();
        Assert.Equal(snapshot.Keys, now.Keys);
        foreach (var (name, values) in snapshot) Assert.Equal(values, now[name]);
    }

    /// <summary>One step of Adam on a task's loss.</summary>
    public static void Step(this Adaptation adaptation, string? task, Func<Tensor> output)
    {
        var optimizer = optim.Adam(adaptation.parameters().Where(parameter => parameter.requires_grad), 0.05);
        for (var i = 0; i < 3; i++)
        {
            optimizer.zero_grad();
            adaptation.For(task, () => output().square().sum()).backward();
            optimizer.step();
        }
    }
}
