using System.Diagnostics;
using System.Globalization;
using Polytask;
using TorchSharp;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>
/// The Gramian of eight tasks' gradients with respect to a shared network (64-256-256, batch 256), forward pass included, beside the same loop over
/// tasks in Python's torch.
/// </summary>
internal static class TaskGradients
{
    private const int Tasks = 8;
    private const int Steps = 20;

    public static void Run()
    {
        set_num_threads(1);
        var (here, there, ratio, version) = Alternated.Run("task_gradients.py", Steps, Stepper(TaskGradientMode.Loop));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Gramian of {Tasks} tasks' gradients, one pass for each: {here * 1e3:0.00} ms, "
            + $"{there * 1e3:0.00} ms in Python's torch {version}, ratio {ratio:0.00}"));
        var (batched, _, batchedRatio, _) = Alternated.Run("task_gradients.py", Steps, Stepper(TaskGradientMode.Batched));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"the same in one batched pass: {batched * 1e3:0.00} ms, ratio {batchedRatio:0.00}"));
    }

    private static Func<int, double> Stepper(TaskGradientMode mode)
    {
        manual_seed(0);
        var shared = nn.Sequential(nn.Linear(64, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU());
        var heads = Enumerable.Range(0, Tasks).Select(_ => nn.Linear(256, 1)).ToArray();
        var (x, y) = (randn(256, 64), randn(256, Tasks));
        return steps =>
        {
            var clock = Stopwatch.StartNew();
            for (var step = 0; step < steps; step++)
            {
                using var scope = NewDisposeScope();
                var hidden = shared.call(x);
                Tensor[] losses = [.. heads.Select((head, task) => nn.functional.mse_loss(head.call(hidden).squeeze(1), y.select(1, task)))];
                Polytask.TaskGradients.Of(losses, shared.parameters(), mode).Gramian();
            }
            return clock.Elapsed.TotalSeconds;
        };
    }
}
