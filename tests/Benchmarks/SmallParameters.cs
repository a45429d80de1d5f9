using System.Diagnostics;
using System.Globalization;
using Polytask;
using TorchSharp;
using TorchSharp.Modules;

namespace Benchmarks;

/// <summary>
/// A step of Adam over 200 parameters of 64 elements, through flat parameters and one by one, beside Python's with foreach=True. Each step finds new
/// gradients, as after a backward pass; making them is not timed, gathering them is.
/// </summary>
internal static class SmallParameters
{
    private const int Count = 200;
    private const int Steps = 200;

    public static void Run()
    {
        torch.set_num_threads(1);
        var (flat, there, ratio, version) = Alternated.Run("small_parameters.py", Steps, Stepper(flat: true));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Adam over {Count} parameters of 64: {flat * 1e6:0} us flat, "
            + $"{there * 1e6:0} us in Python's torch {version} with foreach=True, ratio {ratio:0.000}"));
        var (singly, _, singlyRatio, _) = Alternated.Run("small_parameters.py", Steps, Stepper(flat: false));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the same one by one: {singly * 1e6:0} us, ratio {singlyRatio:0.000}"));
    }

    private static Func<int, double> Stepper(bool flat)
    {
        var parameters = Enumerable.Range(0, Count).Select(i => ($"p{i}", torch.nn.Parameter(torch.randn(64)))).ToArray();
        var gradients = parameters.Select(pair => torch.randn(64)).ToArray();
        var flatly = flat ? new FlatOptimizer(parameters, all => torch.optim.Adam(all, 1e-3)) : null;
        var singly = flat ? null : torch.optim.Adam(parameters.Select(pair => pair.Item2), 1e-3);
        return steps =>
        {
            var clock = new Stopwatch();
            for (var step = 0; step < steps; step++)
            {
                for (var i = 0; i < Count; i++) parameters[i].Item2.grad = gradients[i];
                clock.Start();
                flatly?.Step();
                singly?.step();
                clock.Stop();
            }
            return clock.Elapsed.TotalSeconds;
        };
    }
}
