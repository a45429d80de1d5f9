using System.Globalization;
using TorchSharp;

namespace Benchmarks;

/// <summary>Resident memory over 10,000 steps of a plain loop without any dispose scope.</summary>
internal static class PlainLoopMemory
{
    public static void Run()
    {
        torch.set_num_threads(1);
        var mlp = new Mlp();
        mlp.Steps(500);
        var (first, highest) = (Memory.Resident(), 0.0);
        for (var i = 0; i < 95; i++)
        {
            mlp.Steps(100);
            highest = Math.Max(highest, Memory.Resident());
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"plain loop, 10,000 steps: {first:0} MB resident after 500 steps, at most {highest - first:+0;-0} MB more afterwards"));
    }
}
