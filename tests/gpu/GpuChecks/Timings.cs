using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace GpuChecks;

/// <summary>Medians of repeated runs; peers of operator_overhead.py and mmoe_step.py, under the same names.</summary>
internal static class Timings
{
    private const int Rounds = 9;

    public static void Run(Report report, Device device, bool brief)
    {
        set_num_threads(1);
        var calls = brief ? 2_000 : 20_000;
        var (a, b) = (ones(8, 8, device: device), ones(8, 8, device: device));
        using (no_grad()) report.Timing("x + y", Median(device, calls, () => (a + b).Dispose()));
        a.requires_grad_();
        report.Timing("x + y with gradients", Median(device, calls, () => (a + b).Dispose()));

        var batch = brief ? 256 : 4096;
        var steps = brief ? 2 : 50;
        var eager = new MmoeStep(device, batch);
        eager.Run(3);
        report.Timing($"MMoE step, batch {batch}", Median(device, steps, () => eager.Run(1)));
        if (device.type != DeviceType.CUDA) return;
        using var graph = new MmoeStep(device, batch).Capture(out var replay, warmUp: 3);
        report.Timing($"MMoE step, batch {batch}, graph", Median(device, steps, replay));
        backends.cuda.matmul.allow_tf32 = true;
        var faster = new MmoeStep(device, batch);
        faster.Run(3);
        report.Timing($"MMoE step, batch {batch}, TF32", Median(device, steps, () => faster.Run(1)));
        backends.cuda.matmul.allow_tf32 = false;
    }

    /// <summary>Microseconds of one call, the device's work included.</summary>
    private static double Median(Device device, int calls, Action call)
    {
        var times = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            Synchronize(device);
            var clock = Stopwatch.StartNew();
            for (var k = 0; k < calls; k++) call();
            Synchronize(device);
            if (round > 0) times.Add(clock.Elapsed.TotalMicroseconds / calls);
        }
        return times.Order().ElementAt(Rounds / 2);
    }

    private static void Synchronize(Device device)
    {
        if (device.type == DeviceType.CUDA) cuda.synchronize(device);
    }
}
