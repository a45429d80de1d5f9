using System.Diagnostics;
using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>
/// What a call of an operator costs where there is hardly anything to compute, with the disposal of its result, beside the same call in Python's torch.
/// Both sides call the operator through a delegate (a lambda there), and rounds alternate so that both meet the same machine.
/// </summary>
internal static class OperatorOverhead
{
    private const int Calls = 20_000;
    private const int Rounds = 15;

    public static void Run()
    {
        set_num_threads(1);
        using var python = Peer.Start("operator_overhead.py");
        var version = python.StandardOutput.ReadLine() ?? throw new InvalidOperationException("Python's torch did not start: apt-get install python3-torch");
        Console.WriteLine($"ns per call on 8 x 8 float32 with disposal, one thread, here and in Python's torch {version} (median of {Rounds} alternated rounds of {Calls} calls)");
        var ratios = new List<double>();
        foreach (var (name, call) in Operators())
        {
            var (here, there) = (new List<double>(), new List<double>());
            for (var round = 0; round <= Rounds; round++)
            {
                var mine = Time(call);
                python.StandardInput.WriteLine($"{name} {Calls}");
                var theirs = double.Parse(python.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
                if (round == 0) continue; // warm-up
                here.Add(mine / Calls * 1e9);
                there.Add(theirs / Calls * 1e9);
            }
            ratios.Add(Median(here.Zip(there, (a, b) => a / b)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-14} {Median(here),6:0} {Median(there),6:0}  ratio {ratios[^1]:0.00}"));
        }
        python.StandardInput.Close();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"geometric mean of the ratios: {Math.Exp(ratios.Average(Math.Log)):0.00}"));
    }

    private static (string Name, Action Call)[] Operators()
    {
        var (x, y) = (ones(8, 8), ones(8, 8));
        var (w, b) = (ones(8, 8), ones(8));
        var (p, q) = (ones(8, 8, requires_grad: true), ones(8, 8, requires_grad: true));
        var index = tensor(new long[] { 0, 2, 4 });
        var target = zeros(8, 8);
        return
        [
            ("add", () => (x + y).Dispose()),
            ("add, recorded", () => (p + q).Dispose()),
            ("mul by number", () => (x * 2.0).Dispose()),
            ("relu", () => x.relu().Dispose()),
            ("matmul", () => x.matmul(y).Dispose()),
            ("sum over dim", () => x.sum(dim: 0).Dispose()),
            ("view", () => x.view(64).Dispose()),
            ("reshape", () => x.reshape(4, 16).Dispose()),
            ("transpose", () => x.transpose(0, 1).Dispose()),
            ("x[3]", () => x[3].Dispose()),
            ("index_select", () => x.index_select(0, index).Dispose()),
            ("cat", () => cat([x, y], 0).Dispose()),
            ("linear", () => nn.functional.linear(x, w, b).Dispose()),
            ("softmax", () => x.softmax(1).Dispose()),
            ("mean", () => x.mean().Dispose()),
            ("add_", () => target.add_(y)),
        ];
    }

    private static double Time(Action call)
    {
        var clock = Stopwatch.StartNew();
        for (var k = 0; k < Calls; k++) call();
        return clock.Elapsed.TotalSeconds;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
