using System.Diagnostics;
using System.Globalization;
using TorchSharp;

namespace Benchmarks;

/// <summary>The step of <see cref="Mlp"/> beside the same step in Python's torch, alternated so that both meet the same machine.</summary>
internal static class TrainingStep
{
    private const int Steps = 400;
    private const int Rounds = 15;

    public static void Run()
    {
        torch.set_num_threads(1);
        var ours = new Mlp();
        using var python = Peer.Start("mlp_step.py");
        var version = python.StandardOutput.ReadLine() ?? throw new InvalidOperationException("Python's torch did not start: apt-get install python3-torch");
        var (here, there) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            ours.Steps(Steps);
            var mine = clock.Elapsed.TotalSeconds;
            python.StandardInput.WriteLine(Steps);
            var theirs = double.Parse(python.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
            if (round == 0) continue; // warm-up
            here.Add(mine / Steps);
            there.Add(theirs / Steps);
        }
        python.StandardInput.Close();
        var (a, b) = (Median(here), Median(there));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"MLP training step, one thread: {a * 1e6:0} us here, {b * 1e6:0} us in Python's torch {version}, ratio {Median(here.Zip(there, (x, y) => x / y)):0.00} (median of {Rounds} alternated runs of {Steps})"));
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
